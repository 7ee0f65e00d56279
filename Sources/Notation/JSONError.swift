/// Why bytes are not JSON that we take. Offsets count bytes from 0.
package enum JSONError: Error, Hashable, Sendable {
    /// The text stops in the middle of a value.
    case unexpectedEnd
    /// A byte that cannot stand where it does; a byte order mark is one.
    case unexpectedByte(offset: Int)
    /// Not UTF-8 from here on.
    case invalidUTF8(offset: Int)
    /// One object holds the same name twice. The path leads to the member, as in `order.lines[0].kind`.
    case repeatedMember(name: String, path: String)
    /// Arrays and objects are nested deeper than the caller allows.
    case tooDeep
    /// An integer outside Int64, a number of more than 64 characters, or one that no double can hold.
    case numberTooLarge(path: String)
    /// Something follows the value.
    case trailingBytes(offset: Int)
    /// A backslash sequence that RFC 8259 section 7 does not know, or half a surrogate pair.
    case badEscape(offset: Int)
}

extension JSONError {
    /// One sentence that says what is wrong and where.
    package var explanation: String {
        switch self {
        case .unexpectedEnd:
            "The JSON text ends before its value is complete."
        case .unexpectedByte(let offset):
            "The JSON text has a character that cannot stand at byte \(offset)."
        case .invalidUTF8(let offset):
            "The JSON text is not UTF-8 at byte \(offset)."
        case .repeatedMember(_, let path):
            "The member \(path.prefix(200)) appears more than once; send it once."
        case .tooDeep:
            "The JSON text nests arrays and objects too deeply."
        case .numberTooLarge(let path):
            path.isEmpty
                ? "The number is too large or too long."
                : "The number at \(path.prefix(200)) is too large or too long."
        case .trailingBytes(let offset):
            "The JSON text goes on after its value at byte \(offset)."
        case .badEscape(let offset):
            "The JSON text has a bad escape at byte \(offset)."
        }
    }
}
