package import Proofs
package import Vocabulary

/// Contents of records, of which a test changes what it is about.
package enum RecordDraft {
    /// Four handovers of one package of product 900801, three months between.
    package static func line(
        _ id: String = "1", product: String = "900801", packages: String = "1", handovers: Int = 4,
        interval: HandoverInterval? = HandoverInterval(3, .months), isSubstitutionAllowed: Bool = true,
        validFrom: LocalDate? = nil, validTo: LocalDate? = nil, pharmacy: GLN? = nil,
        history: AttestedHistory? = nil
    ) throws -> PrescribedLine {
        guard let number = ProductNumber(product), let quantity = Quantity(packages) else {
            throw StageError.badName("line")
        }
        return PrescribedLine(
            id: id,
            product: PrescribedProduct(
                number: number, drug: nil, atc: product == "900801" ? ATCCode("H03AA01") : nil,
                name: "Levothyroxin Prøvefarma",
                packageSize: Quantity(100), group: .b),
            packagesPerHandover: quantity, handovers: handovers, interval: handovers > 1 ? interval : nil,
            validFrom: validFrom, validTo: validTo, pharmacy: pharmacy,
            isSubstitutionAllowed: isSubstitutionAllowed, dosage: "1 daglig",
            indication: "mod for lavt stofskifte", history: history)
    }

    /// A record that is signed at a moment; for the register, attested then and issued ten days before.
    package static func content(
        _ lines: [PrescribedLine], of person: SpecimenPatient = .kaja, record: String = "rx-1",
        version: Int64 = 1, by signer: SpecimenSigner = .doctor, at moment: Instant
    ) throws -> PrescriptionContent {
        let whole = Instant(milliseconds: moment.milliseconds / 1_000 * 1_000)
        let isAttested = signer.kind == .registry
        let issued = isAttested ? whole.adding(days: -10) : whole
        let prescriber = isAttested ? SpecimenSigner.doctor : signer
        guard let identity = RecordIdentity(system: isAttested ? .fmk : .godkend, value: record),
            let authorisation = prescriber.authorisation
        else { throw StageError.badName(record) }
        return PrescriptionContent(
            identity: identity, version: version, kind: signer.kind, issuedAt: issued,
            issuedOn: LocalDate(issued), attestedAt: isAttested ? whole : nil,
            patient: try person.content(),
            prescriber: PrescriberContent(
                authorisation: authorisation, role: prescriber.role ?? .doctor,
                organisation: "urn:godkend:specimen-clinic"),
            lines: lines)
    }
}
