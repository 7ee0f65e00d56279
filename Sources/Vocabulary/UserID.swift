/// Why a text is not a user ID.
package enum UserIDError: Error, Hashable, Sendable {
    case tooShort
    case tooLong
    case forbiddenCharacter
    /// It would be confused with a CPR number, or is one that names no day.
    case looksLikePersonNumber
}

/// A name that a customer has chosen to sign in with: 5 to 48 of `a`–`z`, `0`–`9`, `.`, `_`, `-` and `@`.
///
/// Upper-case letters are taken as lower-case ones. Ten digits, with hyphens or without, are refused.
package struct UserID: Hashable, Sendable, CustomStringConvertible {
    /// The name in lower case.
    package let text: String

    package init(_ text: String) throws(UserIDError) {
        let bytes = text.utf8.map { isUpperCaseLetter($0) ? $0 + 32 : $0 }
        guard bytes.count >= 5 else { throw .tooShort }
        guard bytes.count <= 48 else { throw .tooLong }
        guard bytes.allSatisfy(Self.isAllowed) else { throw .forbiddenCharacter }
        let withoutHyphens = bytes.filter { $0 != UInt8(ascii: "-") }
        if withoutHyphens.count == 10, withoutHyphens.allSatisfy(isDigit) { throw .looksLikePersonNumber }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isLowerCaseLetter(byte) || isDigit(byte) || "._-@".utf8.contains(byte)
    }
}

/// What a customer types to say who they are: the chosen name, or the CPR number itself.
package enum LoginName: Hashable, Sendable {
    case userID(UserID)
    case personNumber(PersonNumber)

    package init(_ text: String) throws(UserIDError) {
        if let number = try? PersonNumber(text) {
            self = .personNumber(number)
        } else {
            self = .userID(try UserID(text))
        }
    }
}
