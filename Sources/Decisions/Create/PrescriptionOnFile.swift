import Vocabulary

/// A line that draws on a prescription needs a verified record; without one it is never approved.
struct PrescriptionOnFile: Rule {
    let name = "prescription-on-file"
    let version = 1
    let citation = "RX-COVER; invariant 3"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.prescriptionLines > 0 else { return Judgement(.notApplicable) }
        return .require(
            facts.recordsOnFile >= facts.prescriptionLines, else: .rxMissing,
            RuleInput("lines", .number(Int64(facts.prescriptionLines))),
            RuleInput("on_file", .number(Int64(facts.recordsOnFile))))
    }
}
