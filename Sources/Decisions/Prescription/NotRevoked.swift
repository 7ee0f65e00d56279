import Vocabulary

/// Fresh evidence says that the signer's certificate was good; silence is no evidence.
struct NotRevoked: LineRule {
    let name = "not-revoked"
    let version = 1
    let citation = "RX-REV; RX-REV-DOWN; RFC 5280 section 6.3; RFC 6960"
    /// About who signed, and what says so: kept as long as the record it speaks for.
    let isPersonal = false

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        let verdict: RuleVerdict =
            switch record.revocation {
            case .good: .pass
            case .revoked: .decline(.rxRevoked)
            case .unknown: .decline(.rxRevocationUnknown)
            }
        return Judgement(
            verdict, RuleInput("revocation", .word(record.revocation.rawValue)),
            RuleInput("evidence", record.evidence.map { .word($0) } ?? .missing))
    }
}
