package import Vocabulary

/// A record in the list of a look-up: enough to name it, nothing of what was prescribed.
package struct PrescriptionSummary: Sendable, Hashable {
    package let id: PrescriptionID
    /// The record's id as its signer wrote it; nil when what was signed cannot be opened.
    package let record: String?
    package let version: Int64
    package let kind: SignerKind
    package let status: PrescriptionStatus
    /// Last day of the last line, local.
    package let validTo: LocalDate

    package init(
        id: PrescriptionID, record: String?, version: Int64, kind: SignerKind, status: PrescriptionStatus,
        validTo: LocalDate
    ) {
        self.id = id
        self.record = record
        self.version = version
        self.kind = kind
        self.status = status
        self.validTo = validTo
    }

    package var isAuthentic: Bool { status.isAuthentic }
}
