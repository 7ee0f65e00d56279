import Vocabulary

extension Judgement {
    /// The judgement once the customer was asked: a card that its issuer blocked meanwhile pays nothing.
    static func afterTheQuestion(isCardBlocked: Bool) -> Judgement {
        .require(!isCardBlocked, else: .cardBlocked, RuleInput("card_blocked", .flag(isCardBlocked)))
    }
}
