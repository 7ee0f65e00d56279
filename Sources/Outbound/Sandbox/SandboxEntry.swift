package import Lifecycles
import Operations
package import Vocabulary

/// One line of the sandbox bank's books: what one intent asked for and what became of it.
package struct SandboxEntry: Sendable, Hashable {
    /// How an intent ended.
    package enum Outcome: String, Sendable, Hashable {
        /// Approved or accepted; `bookedMinor` has moved.
        case booked
        /// Declined or refused for good; nothing has moved.
        case refused
        /// A reversal refused this time: the same intent may be accepted later.
        case refusedForNow = "refused_for_now"
        /// The intent came again with other contents. Nothing has moved; the first answer stands.
        case conflict
    }

    package let kind: AcquirerCallKind
    package let intent: IntentID
    /// The authorize intent that this one follows; for an authorization the intent itself.
    package let original: IntentID
    package let outcome: Outcome
    /// When the bank wrote the line.
    package let at: Instant
    package let reference: CallReference
    package let merchant: MerchantID
    package let currency: Currency
    package let askedMinor: Int64
    /// What was approved, captured, refunded or released; 0 unless the outcome is `booked`.
    package let bookedMinor: Int64
    /// ISO 8583 data element 39 of the answer.
    package let code: NetworkCode
    /// Data element 38; of an approved authorization only.
    package let approvalCode: String?
    /// First six and last four digits of the card; of an authorization only.
    package let card: SandboxCard?

    /// The answer that the line gives to an authorization.
    var authorizeAnswer: AuthorizeAnswer {
        guard outcome == .booked, let approvalCode else { return .declined(code) }
        return .approved(approvedMinor: bookedMinor, approvalCode: approvalCode)
    }

    /// The answer that the line gives to a capture, refund or reversal.
    var followUpAnswer: FollowUpAnswer {
        outcome == .booked ? .accepted : .refused(code)
    }

    /// True when the other line asks for the same thing, so that it is a repeat.
    func asksTheSame(as other: SandboxEntry) -> Bool {
        (kind, original, merchant, currency, askedMinor)
            == (other.kind, other.original, other.merchant, other.currency, other.askedMinor)
            && card == other.card
    }
}

/// As much of a card as the books may hold.
package struct SandboxCard: Sendable, Hashable {
    package let first6: String
    package let last4: String

    var trigger: SandboxTrigger { SandboxTrigger(lastFour: last4) }
}
