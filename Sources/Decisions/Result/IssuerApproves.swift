import Vocabulary

/// The bank's no is our no, with its code.
struct IssuerApproves: Rule {
    let name = "issuer-approves"
    let version = 1
    let citation = "ISO 8583 data element 39"

    func judge(_ facts: ResultFacts) -> Judgement {
        switch facts.result {
        case .declined(let code):
            return Judgement(
                .decline(code.declineReason ?? .doNotHonor), RuleInput("network_code", .word(code.text)))
        case .unusable(let code):
            return Judgement(
                .decline(code.declineReason ?? .processingError),
                RuleInput("network_code", .word(code.text)), RuleInput("unusable", .flag(true)))
        case .approved, .silent, .neverSent:
            return Judgement(.notApplicable)
        }
    }
}
