import Vocabulary

extension CustomerFacts {
    /// The judgement once the customer was asked: whatever was blocked meanwhile ends the payment.
    func judgedAfterTheQuestion(isAppGood: Bool) -> Judgement {
        let inputs = [
            RuleInput("customer_blocked", .flag(isBlocked)),
            RuleInput("password_blocked", .flag(isPasswordBlocked)),
            RuleInput("certificate_blocked", .flag(isCertificateBlocked)),
            RuleInput("app_blocked", .flag(isAppBlocked)),
            RuleInput("app_good", .flag(isAppGood)),
        ]
        let verdict: RuleVerdict =
            if isBlocked || isPasswordBlocked {
                .decline(.customerBlocked)
            } else if isCertificateBlocked {
                .decline(.certificateBlocked)
            } else if isAppBlocked || !isAppGood {
                .decline(.appBlocked)
            } else {
                .pass
            }
        return Judgement(verdict, inputs)
    }
}
