import Notation
import Operations
import Proofs
import Vocabulary

/// The fixtures of the pharmacy: trust folders, certificates, signed records by case name, and the tables
/// that say what is what.
struct PharmacyFixtures {
    /// One file, by its path inside the folder.
    struct File {
        let path: String
        let bytes: [UInt8]
        var isSecret = false
    }

    let pki: SpecimenPKI

    init(at moment: Instant) throws {
        pki = try SpecimenPKI(at: moment)
    }

    /// Everything; the keys only where they are asked for.
    func files(withKeys: Bool) throws -> [File] {
        let specimens = try SpecimenCase.allCases.map(pki.prescription)
        return try trust("trust", listsAt: pki.moment.adding(seconds: -3_600))
            + trust("trust-stale", listsAt: pki.moment.adding(days: -2))
            + certificates() + specimens.flatMap(Self.files)
            + [
                text("cases.csv", cases(specimens)), text("patients.csv", Self.patients),
                text("relations.csv", relations),
            ] + (withKeys ? try keys() : [])
    }

    private func trust(_ folder: String, listsAt moment: Instant) throws -> [File] {
        try SpecimenTrust.evidence(of: pki, listsAt: moment).map {
            File(path: "\(folder)/\($0.name)", bytes: $0.bytes)
        }
    }

    private func certificates() -> [File] {
        let authorities = SpecimenAuthority.allCases.map { authority in
            text("certificates/\(authority.rawValue).pem", SpecimenPKI.pem([pki.certificate(of: authority)]))
        }
        return authorities
            + SpecimenSigner.allCases.map { signer in
                text("certificates/\(signer.rawValue)-chain.pem", SpecimenPKI.pem(pki.chain(of: signer)))
            }
    }

    private func keys() throws -> [File] {
        try SpecimenSigner.allCases.map { signer in
            let pem = try SpecimenPKI.keyPEM(of: signer)
            return File(path: "keys/\(signer.rawValue).pem", bytes: [UInt8](pem.utf8), isSecret: true)
        }
    }

    /// The signed text, the payload, and the OCSP response where there is one.
    private static func files(_ specimen: SpecimenPrescription) -> [File] {
        let name = specimen.name.rawValue
        return [
            File(path: "prescriptions/\(name).jws", bytes: [UInt8]((specimen.compact + "\n").utf8)),
            File(path: "prescriptions/\(name).json", bytes: specimen.payload),
        ] + specimen.stapled.map { File(path: "ocsp/\(name).der", bytes: $0) }
    }

    private func text(_ path: String, _ text: String) -> File {
        File(path: path, bytes: [UInt8](text.utf8))
    }

    private func cases(_ specimens: [SpecimenPrescription]) -> String {
        var table = Table([
            "case", "file", "signer", "patient", "verdict", "reason", "order", "ocsp", "trust", "note",
        ])
        table.rows = specimens.map { specimen in
            let name = specimen.name
            return [
                name.rawValue, "prescriptions/\(name.rawValue).jws", name.signer.rawValue,
                name.patient.rawValue, name.verdict.text, name.verdict.reason?.rawValue ?? "",
                name.orderReason?.rawValue ?? "",
                specimen.stapled.isEmpty ? "" : "ocsp/\(name.rawValue).der",
                name.needsStaleLists ? "trust-stale" : "trust", name.note,
            ]
        }
        return Self.csv(table)
    }

    /// Test numbers that Denmark has published; nobody has one of them.
    private static var patients: String {
        var table = Table(["patient", "cpr", "name"])
        table.rows = SpecimenPatient.allCases.map { [$0.rawValue, $0.number, $0.name] }
        return csv(table)
    }

    private var relations: String {
        var table = Table(["kind", "patient", "representative"])
        table.rows = SpecimenRelation.all.map {
            [$0.kind.rawValue, $0.patient.rawValue, $0.representative.rawValue]
        }
        return Self.csv(table)
    }

    private static func csv(_ table: Table) -> String {
        table.lines(.csv).joined(separator: "\n") + "\n"
    }
}
