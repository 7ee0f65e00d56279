import Vocabulary

/// Silence is a decline; the reversal goes on by itself.
struct AcquirerAnswered: Rule {
    let name = "acquirer-answered"
    let version = 1
    let citation = "ACQ-INTENT"

    func judge(_ facts: ResultFacts) -> Judgement {
        .require(
            facts.result != .silent, else: .acquirerUnavailable,
            RuleInput("answered", .flag(facts.result != .silent)))
    }
}
