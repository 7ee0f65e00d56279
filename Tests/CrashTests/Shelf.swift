import LoadKit
import Notation
import Proofs
import TestKit
import Vocabulary

/// A record that the clinic filed.
struct FiledRecord: Sendable, Hashable {
    /// `prx_…`
    let id: String
    /// As its prescriber named it.
    let name: String
}

/// The record that a family draws on now. When it is used up or given up, the clinic files the next.
actor Shelf {
    /// Handovers of each record, and packages of each handover.
    static let handovers = 3
    static let packages: Int64 = 2

    private let patient: SpecimenPatient
    private let pki: SpecimenPKI
    private let clinic: Persistence
    private let lineHandovers: Int
    private var filing: (number: Int, task: Task<FiledRecord, any Error>)?
    private var number = 0

    init(
        of patient: SpecimenPatient, pki: SpecimenPKI, clinic: Persistence,
        handovers: Int = Shelf.handovers
    ) {
        self.patient = patient
        self.pki = pki
        self.clinic = clinic
        lineHandovers = handovers
    }

    /// The record of now. Whoever comes while it is being filed gets the same one.
    func record() async throws -> FiledRecord {
        if let filing { return try await filing.task.value }
        number += 1
        let mine = number
        let task = Task { try await file("\(patient.rawValue)-\(mine)") }
        filing = (mine, task)
        do {
            return try await task.value
        } catch {
            if filing?.number == mine { filing = nil }
            throw error
        }
    }

    /// Nobody draws on it any more.
    func retire(_ record: FiledRecord) {
        if record.name == "\(patient.rawValue)-\(number)" { filing = nil }
    }

    /// The prescriber takes the record back.
    func cancel(_ record: FiledRecord) async throws {
        let text = try pki.cancel(
            record: record.name, version: 1, reason: "another medicine instead", by: .doctor, at: Self.now())
        let reply = try await clinic.post("/v1/prescriptions/\(record.id)/cancel", ["jws": .text(text)])
        guard reply.status == 200 else { throw LoadFailure("cancel of a record: \(reply.summary)") }
        retire(record)
    }

    private func file(_ name: String) async throws -> FiledRecord {
        let now = Self.now()
        let line = try RecordDraft.line(
            product: Till.product, packages: "\(Self.packages)", handovers: lineHandovers, interval: nil)
        let content = try RecordDraft.content([line], of: patient, record: name, at: now)
        let text = try pki.sign(content, by: .doctor, at: now)
        let reply = try await clinic.post("/v1/prescriptions", ["jws": .text(text)])
        guard reply.status == 201, reply["authentic"]?.bool == true, let id = reply["id"]?.text else {
            throw LoadFailure("a record was not filed: \(reply.summary)")
        }
        return FiledRecord(id: id, name: name)
    }

    private static func now() -> Instant { Town.now() }
}
