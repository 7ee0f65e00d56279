import Vocabulary

/// A question that nobody answered in time is a no.
struct AnsweredInTime: Rule {
    let name = "answered-in-time"
    let version = 1
    let citation = "SCA-16; NIST SP 800-63B-4 section 5.1.3"

    func judge(_ facts: EndingFacts) -> Judgement {
        .require(
            facts.now < facts.expiresAt, else: .confirmationExpired, RuleInput("now", .time(facts.now)),
            RuleInput("expires_at", .time(facts.expiresAt)))
    }
}
