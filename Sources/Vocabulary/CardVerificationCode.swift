/// The code printed on a card (CVC, CVV, CID): three digits, four for American Express. Prints as `[cvc]`.
///
/// It lives in memory until the acquirer was asked and is never stored, hashed or logged (PAN-2).
package struct CardVerificationCode: Masked, Hashable, Sendable {
    package static var mask: String { "[cvc]" }

    private let digits: Redacted<String>

    package init?(_ text: String, brand: CardBrand) {
        guard text.utf8.count == brand.verificationCodeLength, text.utf8.allSatisfy(isDigit) else {
            return nil
        }
        digits = Redacted(text)
    }

    /// The digits. Whoever calls this answers for where they go.
    package func exposed() -> String {
        digits.exposed()
    }
}
