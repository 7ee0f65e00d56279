package import Lifecycles
package import Notation
package import Vocabulary

/// Everything that is recorded about one authorization, as it lies in the file: for the story of why it was
/// declined (OPS-TRACE). What is sealed is still sealed.
package struct AuditMaterial: Sendable {
    package let row: AuditRow
    package let authorization: Authorization
    package let question: AskedQuestion?
    package let shown: [ShownText]
    package let answer: GivenAnswer?
    package let offers: [OfferedFactor]
    package let decisions: [TracedDecision]
    package let calls: [AcquirerCall]
    package let notices: [ToldNotice]
    package let leaves: [StoredLeaf]
    /// The latest looks that operators took, the newest first.
    package let reads: [StoredLeaf]
    /// When the customer was erased; nil while there is one, or when the payment has none.
    package let erasedAt: Instant?
}

/// What the customer was asked.
package struct AskedQuestion: Sendable, Hashable {
    package let id: ConfirmationID
    package let status: ConfirmationStatus
    package let reason: DeclineReason?
    package let payee: String
    package let issuedAt: Instant
    package let expiresAt: Instant
    package let endedAt: Instant?
}

/// The exact text that a device fetched and showed.
package struct ShownText: Sendable, Hashable {
    package let device: DeviceID
    /// RFC 8785, as it would be signed.
    package let statement: [UInt8]
    package let fetchedAt: Instant
}

/// The answer that decided.
package struct GivenAnswer: Sendable, Hashable {
    package let device: DeviceID
    package let verdict: Verdict
    package let verifiedBy: VerifiedBy
    /// The customer's certificate at that moment: `valid` or `blocked`.
    package let certificate: String
    package let compact: String
    /// SHA-256 of the compact text.
    package let digest: [UInt8]
    package let answeredAt: Instant
}

/// A factor other than the code app that was offered, and refused unseen.
package struct OfferedFactor: Sendable, Hashable {
    package let factor: AuditFactor
    package let offeredAt: Instant
}

/// A decision with its trace; the inputs about a person are apart, sealed.
package struct TracedDecision: Sendable, Hashable {
    package let id: DecisionID
    package let stage: String
    package let outcome: String
    package let reason: DeclineReason?
    package let trace: JSON
    /// SHA-256 of the rule set that decided.
    package let ruleSet: [UInt8]
    package let leaf: Int64
    package let decidedAt: Instant
    /// Nil when the rules looked at nothing personal, or when it was erased.
    package let sealedInputs: [UInt8]?
}

/// What the acquirer was asked, and what became of it.
package struct AcquirerCall: Sendable, Hashable {
    package let id: IntentID
    package let kind: AcquirerCallKind
    package let amountMinor: Int64
    package let status: IntentRecord.Status
    package let networkCode: NetworkCode?
    package let reference: CallReference
    package let createdAt: Instant
    package let endedAt: Instant?
}

/// A notice to the merchant.
package struct ToldNotice: Sendable, Hashable {
    package let id: EventID
    package let type: String
    package let createdAt: Instant
    /// Nil while it is not delivered.
    package let deliveredAt: Instant?
}
