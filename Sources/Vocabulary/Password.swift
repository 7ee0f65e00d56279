/// Why a text is refused as a password. It says nothing about the text beyond the rule.
package enum PasswordError: Error, Hashable, Sendable {
    case tooShort
    case tooLong
    case needsLetter
    case needsDigit
    case forbiddenCharacter
    case containsPersonNumber
}

/// A customer's password: 6 to 40 characters with letters and digits, without the own CPR number.
/// Prints as `[password]`.
///
/// It is brought into normalization form C: two keyboards that spell `å` differently give the same bytes.
package struct Password: Masked, Hashable, Sendable {
    package static var mask: String { "[password]" }

    private let secret: Redacted<String>

    /// Checks a password; `personNumber` is its owner's, where it is known.
    package init(_ text: String, personNumber: PersonNumber?) throws(PasswordError) {
        let text = composed(text)
        let scalars = text.unicodeScalars
        guard scalars.count >= 6 else { throw .tooShort }
        guard scalars.count <= 40 else { throw .tooLong }
        guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .forbiddenCharacter
        }
        guard scalars.contains(where: { $0.properties.isAlphabetic }) else { throw .needsLetter }
        guard text.utf8.contains(where: isDigit) else { throw .needsDigit }
        if let personNumber {
            let withoutHyphens = text.utf8.filter { $0 != UInt8(ascii: "-") }
            guard !contains(withoutHyphens, Array(personNumber.exposed().utf8)) else {
                throw .containsPersonNumber
            }
        }
        secret = Redacted(text)
    }

    /// The password itself. Whoever calls this answers for where it goes.
    package func exposed() -> String {
        secret.exposed()
    }
}

private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
}
