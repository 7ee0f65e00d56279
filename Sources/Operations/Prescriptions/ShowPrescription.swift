package import Decisions
package import Lifecycles
import Notation
import Proofs
import Records
package import Vocabulary

/// A record as a pharmacy that may see it, or its filer, gets it.
package struct PrescriptionView: Sendable {
    package let row: FiledPrescription
    /// Differs when what is shown does: the `ETag`.
    package let tag: Int
    package let opened: OpenedRecord
    /// By the record's lines; empty for a record that is not authentic.
    package let coverage: [(line: PrescribedLine, coverage: LineCoverage)]

    /// Last day of the last line; nil for a record that is not authentic.
    package var validTo: LocalDate? { opened.row.validTo }

    /// The FHIR bundle byte for byte as it was signed; nil unless the record is authentic.
    package var bundle: [UInt8]? {
        guard row.isAuthentic, opened.content != nil else { return nil }
        let parts = opened.compact.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 ? Base64URL.decode(parts[1]) : nil
    }
}

extension Gateway {
    /// One record, for its filer, for a pharmacy with an approved look-up of the patient, or for one with a
    /// hold of its own; nobody else learns that it exists. Each look leaves a leaf (RX-PRIVACY). With `wait`
    /// it answers as soon as what is shown differs from the known tag; without, one look a second.
    package func prescription(
        _ id: PrescriptionID, caller: Caller, wait: WaitRequest?
    ) async throws(Refusal) -> PrescriptionView {
        if wait == nil { try slowDown("\(caller.key.text) \(id.text)") }
        return try await refusing {
            let view = try await waiting(for: id.text, wait, version: \.tag) {
                try await self.view(try await self.visible(id, to: caller))
            }
            try await ledger.submit(
                RecordLook(subject: id.text, merchant: caller.merchant.id, outcome: "record_shown"))
            return view
        }
    }

    /// The record if the caller may see it; else it is not there.
    func visible(_ id: PrescriptionID, to caller: Caller) async throws -> OpenedRecord {
        guard caller.kind == .secret else { throw Refusal(.secretKeyRequired) }
        guard caller.merchant.kind != .webshop else { throw Refusal(.merchantKindNotAllowed) }
        guard let opened = try await opened(id, isLive: caller.isLive) else { throw Refusal(.notFound) }
        let (owner, time) = (caller.owner, clock.time())
        let row = opened.row
        let isFiler = caller.merchant.kind == .filer && row.owner == owner
        let isPharmacy = try pharmacyFacts(caller)?.isListed ?? false
        let isAllowed = try await ledger.read { db in
            if try isFiler || HoldReading.hasOwn(of: id, merchant: owner.merchant, in: db) { return true }
            guard isPharmacy, let patient = row.patientHash else { return false }
            return try LookupRow.isOpen(for: owner, patientHash: patient, at: time, in: db)
        }
        guard isAllowed else { throw Refusal(.notFound) }
        return opened
    }

    func view(_ opened: OpenedRecord) async throws -> PrescriptionView {
        let today = LocalDate(clock.now())
        let facts = try await recordFacts(opened, lines: opened.content?.lines.map(\.id) ?? [])
        let row = opened.row
        let coverage = facts.compactMap { facts -> (line: PrescribedLine, coverage: LineCoverage)? in
            guard let line = facts.line, let coverage = LineCoverage(of: facts, today: today) else {
                return nil
            }
            return (line, coverage)
        }
        let shown = FiledPrescription(
            id: row.id, record: opened.examination.unverifiedContent?.identity.value,
            version: row.version, kind: row.kind, status: row.status(on: today),
            checks: CheckDocument.json(opened.checks),
            isAuthentic: opened.isAuthentic)
        return PrescriptionView(
            row: shown, tag: Self.tag(of: shown, row, coverage.map(\.coverage)), opened: opened,
            coverage: coverage)
    }

    /// A digest of all that can change: what is left of a record depends on its holds and on the day.
    private static func tag(
        of shown: FiledPrescription, _ row: PrescriptionRow, _ coverage: [LineCoverage]
    ) -> Int {
        let lines = coverage.map { line in
            "\(line.handedOver) \(line.held) \(line.left) \(line.nextHandover ?? 0) "
                + (line.nextFrom?.description ?? "never")
        }
        let state = ["\(row.tag) \(row.filing) \(shown.status.rawValue)"] + lines
        let digest = Digest.sha256(state.joined(separator: "\n").utf8 + shown.checks.written())
        return digest.prefix(6).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The facts about lines of a record as the patient's own order would find them; takes no lock.
    func recordFacts(_ opened: OpenedRecord, lines: [String]) async throws -> [RecordFacts] {
        guard let content = opened.content else { return [] }
        let time = clock.time()
        let (row, standing) = (opened.row, opened.standing)
        return try await ledger.read { db in
            try lines.enumerated().map { index, name in
                let asking = RecordFactsReading.Asking(
                    patient: .same, revocation: standing, isDrawnTwice: lines[..<index].contains(name))
                return try RecordFactsReading.facts(row, content, line: name, asking, at: time, in: db)
            }
        }
    }
}
