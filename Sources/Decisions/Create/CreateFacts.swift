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
    /// Lines of goods or medicine at a pharmacy whose product is not in the price list.
    package let unlistedProducts: Int
    /// Lines that draw on a prescription.
    package let prescriptionLines: Int
    /// How many of them name a verified record that is on file.
    package let recordsOnFile: Int
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
        merchantCurrencies: Set<Currency>, limitMinor: Int64?, needsPharmacy: Bool, unlistedProducts: Int = 0,
        prescriptionLines: Int = 0, recordsOnFile: Int = 0, cardExpiry: CardExpiry,
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
        self.unlistedProducts = unlistedProducts
        self.prescriptionLines = prescriptionLines
        self.recordsOnFile = recordsOnFile
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
    /// moment.
    package static let create = RuleSet([
        MerchantActive(), CurrencyAllowed(), AmountWithinLimit(), PharmacyForMedicine(), ProductListed(),
        CardEnrolled(), CardNotBlocked(), CardNotExpired(),
        CustomerNotBlocked(), PasswordUsable(), CertificateValid(), NoReportStanding(), AppNotBlocked(),
        AppNotSuspended(), CodeAppEnrolled(),
        NoOtherConfirmation(), PushBudget(), PrescriptionOnFile(),
    ])
}
