import Vocabulary

/// A card payment is confirmed in the code app; a printed code is no possession element.
struct CodeAppOnly: Rule {
    let name = "code-app-only"
    let version = 1
    let citation = "SCA-06; EBA-Op-2019-06; RTS 2018/389 Article 7"

    func judge(_ facts: EndingFacts) -> Judgement {
        guard let factor = facts.factorOffered else { return Judgement(.notApplicable) }
        return .require(
            facts.kind != .cardPayment || factor == .app, else: .codeAppRequired,
            RuleInput("factor_offered", .word(factor.rawValue)), RuleInput("kind", .word(facts.kind.rawValue))
        )
    }
}
