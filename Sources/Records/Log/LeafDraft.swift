package import Vocabulary

/// What a leaf of the decision log is about (LOG-LEAF).
package enum LeafKind: String, Sendable, Hashable, CaseIterable {
    /// An authorization was decided on; it holds the change of state as well.
    case decision
    /// An authorization, hold, handover or record changed without a new decision.
    case change
    /// Somebody of the issuer or the operator did something.
    case operatorAction = "operator_action"
    case operatorRead = "operator_read"
    /// A pharmacy saw which records a patient has (RX-PRIVACY).
    case recordRead = "record_read"
    case failedSignIn = "failed_sign_in"
    case configurationChange = "configuration_change"
    case keyEvent = "key_event"
    case erasure
    /// The machine's clock jumped, or what became of it.
    case clock
}

/// One leaf before it is written. Nothing in it names a person; what could is in `secrets` and goes in as a
/// salted commitment only.
package struct LeafDraft: Sendable {
    package var kind: LeafKind
    /// The id of what the leaf is about.
    package var subject: String
    package var merchant: MerchantID?
    /// One word: what happened, or how it was decided.
    package var outcome: String
    package var reason: DeclineReason?
    /// SHA-256 of the rule set that decided.
    package var ruleSet: [UInt8]?
    package var money: Money?
    package var stateBefore: String?
    package var stateAfter: String?
    /// How the confirmation ended, when it did.
    package var confirmation: String?
    /// The position of the leaf before this one about the same authorization.
    package var previous: Int64?
    /// Who did it, where it was an operator: an `opr_…`, or `local` for the server's own user.
    package var actor: String?
    package var secrets: [LeafSecret] = []
    /// Whose salt it is, so that it can be erased with them.
    package var customer: CustomerID?

    /// Whether the leaf vouches for the rows of its subject. One that only tells of a look, or of an attempt,
    /// does not: else somebody who changed a row by hand would have it vouched for by looking at it.
    package var vouches: Bool

    package init(kind: LeafKind, subject: String, outcome: String) {
        vouches = ![.operatorRead, .recordRead, .failedSignIn, .clock].contains(kind)
        self.kind = kind
        self.subject = subject
        self.outcome = outcome
    }
}

/// A value that a leaf commits to without holding it.
package struct LeafSecret: Sendable, Hashable {
    package let name: String
    package let value: [UInt8]

    package init(_ name: String, _ value: [UInt8]) {
        self.name = name
        self.value = value
    }
}
