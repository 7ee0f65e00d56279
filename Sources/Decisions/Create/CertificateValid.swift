import Vocabulary

/// A blocked certificate signs nothing.
struct CertificateValid: Rule {
    let name = "certificate-valid"
    let version = 1
    let citation = "SCA-08"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        return .require(
            !customer.isCertificateBlocked, else: .certificateBlocked,
            RuleInput("certificate_blocked", .flag(customer.isCertificateBlocked)))
    }
}
