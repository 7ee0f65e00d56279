import Notation
package import Proofs
package import Vocabulary

/// The trust folder of the specimens: for fixtures, the demo and tests. Its keys are published.
package struct SpecimenTrust: TrustSource {
    /// Online pharmacies of the specimens: Nordlys Apotek of `Merchants/`, one more, and one that was taken
    /// off the list.
    package static let pharmacies = [SpecimenContent.pharmacy, "5790000000029", "5790000000036"]

    private let snapshot: TrustSnapshot

    package init(evidence: [TrustEvidence]) throws(TrustProblem) {
        snapshot = try TrustSnapshot(evidence: evidence)
    }

    package func current() throws -> TrustSnapshot { snapshot }

    /// The files of the folder, with revocation lists made at a moment. The authorisation of
    /// `SpecimenCase.authorisationEnded` ends the day before the PKI's moment.
    package static func evidence(of pki: SpecimenPKI, listsAt moment: Instant) throws -> [TrustEvidence] {
        let lists = try pki.revocationLists(at: moment)
        return [
            certificate(.prescriberRoot, "prescribers/specimen-root.pem", pki.certificate(of: .root)),
            certificate(
                .register, "registers/specimen-register-root.pem", pki.certificate(of: .registerRoot)),
            certificate(.issuer, "issuers/specimen-issuing.pem", pki.certificate(of: .issuing)),
        ]
            + zip(["root", "issuing", "register-root"], lists).map { name, list in
                TrustEvidence(kind: .revocationList, name: "crls/specimen-\(name).crl", bytes: list)
            }
            + [
                text(.authorisations, authorisations(of: pki)),
                text(.pharmacies, pharmacyTable(on: LocalDate(pki.moment))),
            ]
    }

    private static func authorisations(of pki: SpecimenPKI) -> String {
        let ended = SpecimenCase.authorisationEnded.signer.authorisation?.text ?? ""
        let lines = pki.authorisationsCSV().split(separator: "\n").map { line in
            line.hasPrefix(ended + ",") ? line + "\(LocalDate(pki.moment).adding(days: -1))" : line
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func pharmacyTable(on day: LocalDate) -> String {
        let logo = "https://laegemiddelstyrelsen.example/apoteker/"
        return """
            gln,name,listed_from,listed_to,eu_logo
            \(pharmacies[0]),Nordlys Apotek,\(day.adding(years: -2)),,\(logo)nordlys
            \(pharmacies[1]),Fjordens Netapotek,\(day.adding(years: -1)),,\(logo)fjorden
            \(pharmacies[2]),Gammel Torvs Apotek,\(day.adding(years: -5)),\(day.adding(days: -1)),\(logo)gammeltorv

            """
    }

    private static func text(_ kind: TrustFileKind, _ text: String) -> TrustEvidence {
        TrustEvidence(kind: kind, name: kind.rawValue + ".csv", bytes: [UInt8](text.utf8))
    }

    private static func certificate(_ kind: TrustFileKind, _ name: String, _ der: [UInt8]) -> TrustEvidence {
        TrustEvidence(kind: kind, name: name, bytes: [UInt8](PEM.write("CERTIFICATE", der).utf8))
    }
}
