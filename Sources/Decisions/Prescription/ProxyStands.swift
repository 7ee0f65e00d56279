import Vocabulary

/// Who draws on another person's prescription is the guardian of a child or has a power of attorney, today.
struct ProxyStands: LineRule {
    let name = "proxy-stands"
    let version = 1
    let citation = "RX-PROXY; RX-MINOR; CONTRACT 12: guardian.until_age"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        switch record.patient {
        case .same, .stranger: return nil
        case .notRelatedNow:
            return Judgement(.decline(.rxProxyMissing), RuleInput("relation", .missing))
        case .related(.powerOfAttorney):
            return Judgement(.pass, RuleInput("relation", .word(RelationKind.powerOfAttorney.rawValue)))
        case .related(.guardian):
            let age = record.patientBirthDate.age(on: facts.today)
            return .require(
                (0..<max(0, facts.guardianUntilAge)).contains(age), else: .rxProxyMissing,
                RuleInput("relation", .word(RelationKind.guardian.rawValue)),
                RuleInput("patient_age", .number(age)),
                RuleInput("until_age", .number(facts.guardianUntilAge)))
        }
    }
}
