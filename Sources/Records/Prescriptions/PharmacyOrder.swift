package import Decisions
package import Vocabulary

/// What a pharmacy's order brings into the writer: all that was opened and checked outside.
package struct PharmacyOrder: Sendable, Hashable {
    /// Nil when the merchant is no pharmacy.
    package let pharmacy: PharmacyFacts?
    /// The records that the order names and that exist; what was signed never changes under a filing number.
    package let records: [PrescriptionID: KnownRecord]
    package let payer: Payer?
    /// The patient whom the order form names.
    package let patientHash: [UInt8]?
    package let guardianUntilAge: Int
    package let attestationSeconds: Int
    /// The revocation lists that say so much of the records; what is stapled lies with the filings.
    package let evidence: [PrescriptionFiling.Evidence]
    /// The whole order, sealed, when it has lines with product numbers (RX-PRIVACY).
    package let orderSealed: [UInt8]?

    package init(
        pharmacy: PharmacyFacts?, records: [PrescriptionID: KnownRecord], payer: Payer?,
        patientHash: [UInt8]?, guardianUntilAge: Int, attestationSeconds: Int,
        evidence: [PrescriptionFiling.Evidence] = [], orderSealed: [UInt8]?
    ) {
        self.pharmacy = pharmacy
        self.records = records
        self.payer = payer
        self.patientHash = patientHash
        self.guardianUntilAge = guardianUntilAge
        self.attestationSeconds = attestationSeconds
        self.evidence = evidence
        self.orderSealed = orderSealed
    }

    /// An order without records and products; the rules have their parameters all the same.
    package static func none(guardianUntilAge: Int, attestationSeconds: Int) -> PharmacyOrder {
        PharmacyOrder(
            pharmacy: nil, records: [:], payer: nil, patientHash: nil, guardianUntilAge: guardianUntilAge,
            attestationSeconds: attestationSeconds, orderSealed: nil)
    }
}

/// Whose card it is, as the issuer knows them.
package struct Payer: Sendable, Hashable {
    package let customer: CustomerID
    package let birthDate: LocalDate
    package let personNumberHash: [UInt8]

    package init(customer: CustomerID, birthDate: LocalDate, personNumberHash: [UInt8]) {
        self.customer = customer
        self.birthDate = birthDate
        self.personNumberHash = personNumberHash
    }
}

/// A record that was opened outside the writer.
package struct KnownRecord: Sendable, Hashable {
    /// Nil for a record that is not authentic: nothing in it is believed.
    package let content: PrescriptionContent?
    /// The filing that was opened; another one by now means: open again.
    package let filing: Int64
    /// The first check that fails by now; nil for a record that is authentic.
    package let flaw: DeclineReason?
    /// Looked up just now (RX-REV: again at every hold).
    package let revocation: RevocationStanding
    /// SHA-256 of the list or answer that says so.
    package let evidence: [UInt8]?

    package init(
        content: PrescriptionContent?, filing: Int64, flaw: DeclineReason?, revocation: RevocationStanding,
        evidence: [UInt8]?
    ) {
        self.content = content
        self.filing = filing
        self.flaw = flaw
        self.revocation = revocation
        self.evidence = evidence
    }
}
