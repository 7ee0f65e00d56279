// Closed lists of words that stand on the wire and in the records under the raw values given here.

/// What a customer can prove who they are with. Only the code app confirms a card payment.
package enum Factor: String, CaseIterable, Hashable, Sendable {
    case app
    case keyCard = "key_card"
    case codeToken = "code_token"
    case password
}

/// What the customer said in the code app.
package enum Verdict: String, CaseIterable, Hashable, Sendable {
    case approve, deny
    /// "It was not me."
    case report
}

/// How the device knew its owner (SCA-33).
package enum VerifiedBy: String, CaseIterable, Hashable, Sendable {
    case pin, passkey
}

/// What a code app is asked to confirm.
package enum ConfirmationKind: String, CaseIterable, Hashable, Sendable {
    case cardPayment = "card_payment"
    case prescriptionLookup = "prescription_lookup"
    case signIn = "sign_in"
}

/// Whether the shop captures by itself, or approval captures at once.
package enum CaptureMode: String, CaseIterable, Hashable, Sendable {
    case manual, automatic
}

/// What one line of an order stands for; discounts and subsidies have negative amounts.
package enum LineKind: String, CaseIterable, Hashable, Sendable {
    case goods, medicine, fee, discount, subsidy
}
