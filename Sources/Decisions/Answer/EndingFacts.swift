package import Vocabulary

/// Everything that decides on a question that ends without a device's answer.
package struct EndingFacts: Sendable, Hashable {
    package let now: Instant
    package let expiresAt: Instant
    package let kind: ConfirmationKind
    /// A factor other than the code app that was offered, if any. Its code is not among the facts.
    package let factorOffered: Factor?
    /// What was blocked or changed while the question was open, if anything.
    package let withdrawnFor: DeclineReason?

    package init(
        now: Instant, expiresAt: Instant, kind: ConfirmationKind, factorOffered: Factor? = nil,
        withdrawnFor: DeclineReason? = nil
    ) {
        self.now = now
        self.expiresAt = expiresAt
        self.kind = kind
        self.factorOffered = factorOffered
        self.withdrawnFor = withdrawnFor
    }
}

extension RuleSet<EndingFacts> {
    package static let ending = RuleSet([CodeAppOnly(), NothingWithdrawn(), AnsweredInTime()])
}
