package import Vocabulary

/// Everything that decides what a signed answer leads to. The signature itself was checked before.
package struct AnswerFacts: Sendable, Hashable {
    package let verdict: Verdict
    /// Nil unless the customer approves.
    package let isMatchCodeRight: Bool?
    /// The name the shop has now is the name that was signed (SCA-03).
    package let isPayeeUnchanged: Bool
    /// The issuer blocked the card while the question was open.
    package let isCardBlocked: Bool
    package let customer: CustomerFacts
    /// Nil when the order draws on no prescription.
    package let pharmacy: PharmacyStanding?

    package init(
        verdict: Verdict, isMatchCodeRight: Bool?, isPayeeUnchanged: Bool, isCardBlocked: Bool = false,
        customer: CustomerFacts, pharmacy: PharmacyStanding? = nil
    ) {
        self.verdict = verdict
        self.isMatchCodeRight = isMatchCodeRight
        self.isPayeeUnchanged = isPayeeUnchanged
        self.isCardBlocked = isCardBlocked
        self.customer = customer
        self.pharmacy = pharmacy
    }
}

extension RuleSet<AnswerFacts> {
    package static let answer = RuleSet([
        VerdictNotReported(), VerdictApproves(), PayeeUnchanged(), MatchCodeRight(), AnsweringCustomerGood(),
        AnsweredCardGood(), AnsweredSignersGood(), AnsweredRelationGood(), AnsweredHoldsActive(),
    ])
}
