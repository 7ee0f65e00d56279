/// The short name of a merchant and of its file: 2 to 40 of `a`–`z`, `0`–`9` and `-`, a letter first.
package struct MerchantID: Comparable, Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        let bytes = text.utf8
        guard (2...40).contains(bytes.count), let first = bytes.first, isLowerCaseLetter(first),
            bytes.allSatisfy({ isLowerCaseLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: MerchantID, right: MerchantID) -> Bool {
        left.text < right.text
    }
}
