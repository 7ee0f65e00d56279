import Vocabulary

/// Silence is a decline, and so is a yes that comes after our deadline; the reversal goes on by itself.
struct AcquirerAnswered: Rule {
    let name = "acquirer-answered"
    let version = 1
    let citation = "ACQ-INTENT"

    func judge(_ facts: ResultFacts) -> Judgement {
        let isAnswer =
            switch facts.result {
            case .approved: facts.isInTime
            case .declined: true
            case .silent: false
            }
        return .require(
            isAnswer, else: .acquirerUnavailable, RuleInput("answered", .flag(facts.result != .silent)),
            RuleInput("in_time", .flag(facts.isInTime)))
    }
}
