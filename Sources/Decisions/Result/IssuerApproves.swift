import Vocabulary

/// The bank's no is our no, with its code.
struct IssuerApproves: Rule {
    let name = "issuer-approves"
    let version = 1
    let citation = "ISO 8583 data element 39"

    func judge(_ facts: ResultFacts) -> Judgement {
        guard case .declined(let code) = facts.result else { return Judgement(.notApplicable) }
        return Judgement(
            .decline(code.declineReason ?? .doNotHonor), RuleInput("network_code", .word(code.text)))
    }
}
