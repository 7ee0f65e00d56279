package import Vocabulary

/// Everything that decides whether a new authorization may be put to the customer.
package struct CreateFacts: Sendable, Hashable {
    package let now: Instant
    package let today: LocalDate
    package let money: Money
    package let isMerchantSuspended: Bool
    package let isMerchantPharmacy: Bool
    package let merchantCurrencies: Set<Currency>
    /// The merchant's limit for this currency, minor units; nil when it has none.
    package let limitMinor: Int64?
    /// True when the order holds medicine or draws on a prescription.
    package let needsPharmacy: Bool
    /// Products, records and patients of a pharmacy's order.
    package let prescriptions: PrescriptionFacts
    package let cardExpiry: CardExpiry
    /// Nil when the card is enrolled to nobody.
    package let enrolment: CardEnrolment?
    package let customer: CustomerFacts?
    /// Another question waits for this customer's answer.
    package let isConfirmationPending: Bool
    /// Questions put to this customer since the last success, within the window.
    package let recentRequests: Int
    package let pushBudget: Int

    package init(
        now: Instant, today: LocalDate, money: Money, isMerchantSuspended: Bool, isMerchantPharmacy: Bool,
        merchantCurrencies: Set<Currency>, limitMinor: Int64?, needsPharmacy: Bool,
        prescriptions: PrescriptionFacts, cardExpiry: CardExpiry,
        enrolment: CardEnrolment?, customer: CustomerFacts?, isConfirmationPending: Bool, recentRequests: Int,
        pushBudget: Int
    ) {
        self.now = now
        self.today = today
        self.money = money
        self.isMerchantSuspended = isMerchantSuspended
        self.isMerchantPharmacy = isMerchantPharmacy
        self.merchantCurrencies = merchantCurrencies
        self.limitMinor = limitMinor
        self.needsPharmacy = needsPharmacy
        self.prescriptions = prescriptions
        self.cardExpiry = cardExpiry
        self.enrolment = enrolment
        self.customer = customer
        self.isConfirmationPending = isConfirmationPending
        self.recentRequests = recentRequests
        self.pushBudget = pushBudget
    }
}

/// A card as its issuer enrolled it.
package struct CardEnrolment: Sendable, Hashable {
    package let isBlocked: Bool

    package init(isBlocked: Bool) { self.isBlocked = isBlocked }
}

extension RuleSet<CreateFacts> {
    /// The rules of a new authorization, in order of precedence: the merchant, the card, the customer, the
    /// moment, the prescription.
    package static let create = RuleSet(
        merchant + means + RuleSet<PrescriptionFacts>.prescription.rules.map(ofPrescriptions))

    private static let merchant: [any Rule<CreateFacts>] = [
        MerchantActive(), CurrencyAllowed(), AmountWithinLimit(), PharmacyForMedicine(),
        ofPrescriptions(PharmacyListed()), ProductListed(), ofPrescriptions(BuyerAdult()),
    ]

    private static let means: [any Rule<CreateFacts>] = [
        CardEnrolled(), CardNotBlocked(), CardNotExpired(),
        CustomerNotBlocked(), PasswordUsable(), CertificateValid(), NoReportStanding(), AppNotBlocked(),
        AppNotSuspended(), CodeAppEnrolled(),
        NoOtherConfirmation(), PushBudget(),
    ]

    private static func ofPrescriptions(_ rule: any Rule<PrescriptionFacts>) -> any Rule<CreateFacts> {
        PartRule(rule) { $0.prescriptions }
    }
}
