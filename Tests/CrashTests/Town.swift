import AsyncHTTPClient
import Foundation
import LoadKit
import Notation
import Operations
import Proofs
import Vocabulary

/// A clinic, two pharmacies and what they need at a server: trust, prices, families.
struct Town: Sendable {
    let pki: SpecimenPKI
    let clinicKey: String
    let pharmacyKeys: [String]

    /// Before the server starts: its trust folder and its merchants.
    init(trust: String, command: GodkendCommand, merchants: String) async throws {
        pki = try SpecimenPKI(at: Self.now())
        for file in try SpecimenTrust.evidence(of: pki, listsAt: pki.moment) {
            let url = URL(fileURLWithPath: trust).appendingPathComponent(file.name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: url)
        }
        clinicKey = try await command.addMerchant(
            "klinik", name: "Klinikken", kind: "filer", merchants: merchants)
        var keys: [String] = []
        for (id, gln) in zip(["svanen", "loeven"], SpecimenTrust.pharmacies) {
            keys.append(
                try await command.addMerchant(
                    id, name: "\(id.capitalized) Apotek", kind: "pharmacy", gln: gln, merchants: merchants))
        }
        pharmacyKeys = keys
    }

    /// Somebody with prescriptions, and who may draw on them.
    struct Family: Sendable {
        let patient: SpecimenPatient
        /// The patient, and the holder of a power of attorney: each is asked in an app of their own, so that
        /// both can be asked at once (SCA-12).
        let drawers: [Wallet]
    }

    private static let families: [(patient: SpecimenPatient, holder: SpecimenPatient)] = [
        (.kaja, .lonni), (.niels, .ruddi), (.einer, .nancy), (.muhammed, .aage),
    ]

    /// After the start: the price list and the families. Their apps may confirm at once only where
    /// `enrolment.hold_seconds` is 0.
    func settle(_ server: ServerProcess, command: GodkendCommand, client: HTTPClient) async throws -> [Family]
    {
        let list = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Fixtures/prices/2026-11-16.csv").standardizedFileURL
        let yesterday = LocalDate(pki.moment).adding(days: -1)
        try await command.importPrices(list, validFrom: "\(yesterday)", state: server.state)
        let issuer = try IssuerSocket(state: server.state, client: client)
        let caller = HTTPCaller(base: server.base, client: client)
        var found: [Family] = []
        for (patient, holder) in Self.families {
            let drawers = [
                try await Self.customer(patient, issuer, caller),
                try await Self.customer(holder, issuer, caller),
            ]
            try await issuer.perform(
                "relation.add",
                [
                    "kind": "power_of_attorney", "patient": .text(patient.number),
                    "holder": .text(drawers[1].customer.text),
                ])
            found.append(Family(patient: patient, drawers: drawers))
        }
        return found
    }

    private static func customer(
        _ person: SpecimenPatient, _ issuer: IssuerSocket, _ caller: HTTPCaller
    ) async throws -> Wallet {
        try await issuer.customer(
            cpr: person.number, name: person.name, userID: person.rawValue, card: try card(of: person),
            at: caller)
    }

    /// A number of each person's own that the sandbox bank approves.
    private static func card(of person: SpecimenPatient) throws -> String {
        let place = 10 + (SpecimenPatient.allCases.firstIndex(of: person) ?? 0)
        let numbers = (0...9).map { "420000000\(place)\($0)4242" }
        guard let good = numbers.first(where: { (try? CardNumber($0)) != nil }) else {
            throw LoadFailure("no card number for \(person.rawValue)")
        }
        return good
    }

    static func now() -> Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}
