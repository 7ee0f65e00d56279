import Vocabulary

/// Silence is a decline, and so is a yes that comes after our deadline; the reversal goes on by itself. So is
/// what could not be sent, and nothing is to be reversed then.
struct AcquirerAnswered: Rule {
    let name = "acquirer-answered"
    let version = 1
    let citation = "ACQ-INTENT"

    func judge(_ facts: ResultFacts) -> Judgement {
        let (isAnswered, isGood, reason): (Bool, Bool, DeclineReason) =
            switch facts.result {
            case .approved: (true, facts.isInTime, .acquirerUnavailable)
            case .declined, .unusable: (true, true, .acquirerUnavailable)
            case .silent: (false, false, .acquirerUnavailable)
            case .neverSent(let reason): (false, false, reason)
            }
        return .require(
            isGood, else: reason, RuleInput("answered", .flag(isAnswered)),
            RuleInput("in_time", .flag(facts.isInTime)))
    }
}
