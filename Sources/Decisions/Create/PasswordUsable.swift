import Vocabulary

/// A customer whose password is blocked must register again first.
struct PasswordUsable: Rule {
    let name = "password-usable"
    let version = 1
    let citation = "SCA-08"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        return .require(
            !customer.isPasswordBlocked, else: .customerBlocked,
            RuleInput("password_blocked", .flag(customer.isPasswordBlocked)))
    }
}
