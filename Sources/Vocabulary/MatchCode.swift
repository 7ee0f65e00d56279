/// The number that the shop shows and the customer types into the code app (SCA-13). Prints as `[code]`.
package struct MatchCode: Masked, Hashable, Sendable {
    package static var mask: String { "[code]" }

    package let text: String

    /// A code of two digits.
    package init?(_ text: String) {
        self.init(text, digits: 2)
    }

    /// A code of two or six digits.
    package init?(_ text: String, digits: Int) {
        guard digits == 2 || digits == 6, text.utf8.count == digits, text.utf8.allSatisfy(isDigit)
        else { return nil }
        self.text = text
    }
}
