import Operations
import Vocabulary

/// A kind of test card: how its number begins, and the ending that chooses the sandbox acquirer's behaviour
/// (CONTRACT section 11).
struct FixtureCard: Sendable, Hashable {
    let prefix: String
    let ending: String
    /// Digits of the whole number.
    let length: Int

    static let all: [FixtureCard] =
        [
            FixtureCard(prefix: "42", ending: "4242", length: 16),
            FixtureCard(prefix: "55", ending: "4444", length: 16),
            FixtureCard(prefix: "37", ending: "0005", length: 15),
            FixtureCard(prefix: "5019", ending: "3742", length: 16),
        ]
        + [
            "0002", "9995", "9987", "9979", "0069", "0127", "0119", "7106", "7205", "7304", "7403", "7502",
        ].map { FixtureCard(prefix: "40", ending: $0, length: 16) }

    /// A four-digit code for American Express, three digits for the others.
    var verificationCode: String { prefix == "37" ? "1234" : "123" }

    /// A random number of this kind with a good check digit.
    ///
    /// The ending is given, so the last digit before it takes the part of the check digit.
    func number(entropy: some Entropy) throws(CardNumberError) -> CardNumber {
        let count = length - prefix.utf8.count - ending.utf8.count - 1
        let middle = entropy.bytes(count).map { String($0 % 10) }.joined()
        for digit in 0...9 {
            if let number = try? CardNumber(prefix + middle + String(digit) + ending) { return number }
        }
        throw .badCheckDigit
    }
}
