package import Notation
package import Vocabulary

/// What the filer of a record is told: what it is, and every check with its verdict.
package struct FiledPrescription: Sendable, Hashable {
    package let id: PrescriptionID
    /// The record's id as its signer wrote it; nil when the text cannot be read.
    package let record: String?
    package let version: Int64?
    package let kind: SignerKind
    package let status: PrescriptionStatus
    /// `[{rule, verdict, detail}]`.
    package let checks: JSON
    /// By the checks shown here, which may be newer than the status.
    package let isAuthentic: Bool

    package init(
        id: PrescriptionID, record: String?, version: Int64?, kind: SignerKind, status: PrescriptionStatus,
        checks: JSON, isAuthentic: Bool? = nil
    ) {
        self.id = id
        self.record = record
        self.version = version
        self.kind = kind
        self.status = status
        self.checks = checks
        self.isAuthentic = isAuthentic ?? status.isAuthentic
    }
}
