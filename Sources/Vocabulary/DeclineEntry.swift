/// Who refused.
package enum DeclineParty: String, CaseIterable, Hashable, Sendable {
    case merchantRules = "merchant_rules"
    case authentication, card, prescription, acquirer, issuer
}

/// What the shop had better do next.
package enum DeclineAdvice: String, CaseIterable, Hashable, Sendable {
    case retryLater = "retry_later"
    case useAnotherCard = "use_another_card"
    case contactIssuer = "contact_issuer"
    case doNotRetry = "do_not_retry"
}

/// Who can remove the cause; `later` means that time does.
package enum DeclineFixer: String, CaseIterable, Hashable, Sendable {
    case shop, customer, prescriber, pharmacy, issuer, later
    case gatewayOperator = "operator"
}

/// All that outsiders see of a prescription that was not accepted (RX-PRIVACY).
package enum PublicClass: String, CaseIterable, Hashable, Sendable {
    case record, coverage, person
    case tryLater = "try_later"
}

/// How much of a reason the shop may see.
package enum DeclineDisclosure: Hashable, Sendable {
    /// The reason itself, with this advice.
    case shown(DeclineAdvice)
    /// Only that the customer could not be asked: one answer for every cause, so that none can be told apart.
    case unavailable
    /// Only that the prescription was not accepted, and a class.
    case classOnly(PublicClass)
}

/// One row of the table of decline reasons, from which the documentation is printed.
package struct DeclineEntry: Hashable, Sendable {
    package let by: DeclineParty
    package let disclosure: DeclineDisclosure
    /// The requirement that asks for this decline, for example `SCA-06`.
    package let requirement: String
    package let fixedBy: DeclineFixer
    /// What went wrong, for those who may see the reason itself.
    package let detail: String

    init(
        by: DeclineParty, _ disclosure: DeclineDisclosure, requirement: String, fixedBy: DeclineFixer,
        _ detail: String
    ) {
        self.by = by
        self.disclosure = disclosure
        self.requirement = requirement
        self.fixedBy = fixedBy
        self.detail = detail
    }

    /// What the shop had better do; it follows from what the shop may see, and so gives nothing away.
    package var advice: DeclineAdvice {
        switch disclosure {
        case .shown(let advice): advice
        case .unavailable, .classOnly(.tryLater): .retryLater
        case .classOnly(.record), .classOnly(.coverage), .classOnly(.person): .doNotRetry
        }
    }

    /// One sentence for the shop. Where the reason is hidden it is the same for every hidden cause.
    package var message: String {
        switch disclosure {
        case .shown: detail
        case .unavailable: "The customer cannot be asked to confirm this payment at the moment."
        case .classOnly(.record): "The prescription was not accepted: something is wrong with the record."
        case .classOnly(.coverage): "The prescription was not accepted: it does not cover this order."
        case .classOnly(.person): "The prescription was not accepted: the person may not use it."
        case .classOnly(.tryLater): "The prescription cannot be used at the moment; try again later."
        }
    }
}
