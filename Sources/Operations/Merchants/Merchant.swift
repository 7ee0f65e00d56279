package import Vocabulary

/// What a party of the merchant API is, and so what it may do (CONTRACT section 1).
package enum MerchantKind: String, Sendable, Hashable, CaseIterable {
    /// Sells goods for card payments.
    case webshop
    /// Sells medicine too; has a GLN.
    case pharmacy
    /// Files prescriptions and sells nothing: a clinic system or a register.
    case filer
}

/// The most that one authorization may ask for in one currency.
package struct AmountLimit: Sendable, Hashable {
    package let currency: Currency
    /// Minor units; an amount of exactly this much is still allowed.
    package let maximumMinor: Int64

    package init(currency: Currency, maximumMinor: Int64) {
        self.currency = currency
        self.maximumMinor = maximumMinor
    }
}

/// One party of the merchant API, as its file in `Merchants/` describes it.
package struct Merchant: Sendable, Hashable {
    /// Also the name of the file.
    package let id: MerchantID
    package let kind: MerchantKind
    /// The payee that the customer reads in the code app.
    package let name: DisplayName
    /// Where goods are delivered to; a pharmacy always has one.
    package let gln: GLN?
    /// A suspended merchant's authorizations are declined; captures and refunds of earlier ones go on.
    package let isSuspended: Bool
    /// What it may be paid in; never empty for one that sells.
    package let currencies: [Currency]
    /// At most one a currency; a currency without one has no limit but the field's own.
    package let limits: [AmountLimit]
    /// Web origins (`https://shop.example`) whose pages may use the publishable key.
    package let origins: [String]
    package let keys: [MerchantKey]

    package init(
        id: MerchantID, kind: MerchantKind, name: DisplayName, gln: GLN?, isSuspended: Bool,
        currencies: [Currency], limits: [AmountLimit], origins: [String], keys: [MerchantKey]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.gln = gln
        self.isSuspended = isSuspended
        self.currencies = currencies
        self.limits = limits
        self.origins = origins
        self.keys = keys
    }

    /// The limit in a currency, in minor units; nil when there is none.
    package func maximumMinor(in currency: Currency) -> Int64? {
        limits.first { $0.currency == currency }?.maximumMinor
    }
}
