package import Vocabulary

/// How far a pharmacy's look-up of a patient's records has come.
package enum LookupStatus: String, Sendable, Hashable, CaseIterable {
    /// The patient is asked.
    case pending
    /// The records may be seen.
    case approved
    /// The patient said no, or what was typed was wrong.
    case declined
    case expired
    /// The time for seeing the records is over.
    case closed

    /// What the question's state and the time make of it. Records are open before `openUntil`, not at it.
    package init(_ confirmation: ConfirmationStatus, openUntil: Instant?, at now: Instant) {
        switch confirmation {
        case .pending: self = .pending
        case .approved: self = openUntil.map { now < $0 } ?? false ? .approved : .closed
        case .denied, .reported, .canceled, .superseded: self = .declined
        case .expired: self = .expired
        }
    }
}

/// A pharmacy's request to see a patient's records, which the patient confirms.
///
/// One that can never succeed has the same members: nobody learns from it who is a customer (SCA-09).
package struct PrescriptionLookup: Sendable, Hashable {
    /// Seconds that records may be seen after the approval.
    package static let openSeconds = 1_800

    package let id: LookupID
    package let confirmation: ConfirmationSummary
    /// Beside the code on the key card.
    package let keyNumber: String
    package let status: LookupStatus
    /// Nil until the patient approves.
    package let openUntil: Instant?
    /// Newest first; nil unless they may be seen.
    package let records: [PrescriptionSummary]?
    /// Differs when the answer does.
    package let version: Int

    package init(
        id: LookupID, confirmation: ConfirmationSummary, keyNumber: String, status: LookupStatus,
        openUntil: Instant?, records: [PrescriptionSummary]?, version: Int
    ) {
        self.id = id
        self.confirmation = confirmation
        self.keyNumber = keyNumber
        self.status = status
        self.openUntil = openUntil
        self.records = records
        self.version = version
    }
}
