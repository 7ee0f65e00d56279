/// Why a text is refused. It never carries the text itself.
package enum TextError: Error, Hashable, Sendable {
    case empty
    /// Longer than this many Unicode scalars.
    case tooLong(maximum: Int)
    /// A character that nobody sees or that changes how others are shown; `offset` counts scalars from 0.
    case forbiddenCharacter(scalar: UInt32, offset: Int)
    case surroundingSpace
    case notNormalized

    /// What to do about it, in one sentence that does not repeat the text.
    package var explanation: String {
        switch self {
        case .empty:
            "Give at least one character."
        case .tooLong(let maximum):
            "Give at most \(maximum) characters."
        case .forbiddenCharacter(let scalar, let offset):
            "Remove the character U+\(hexadecimal(scalar)) at position \(offset + 1): "
                + "control, invisible, private and unassigned characters are not allowed."
        case .surroundingSpace:
            "Remove the white space at the beginning and the end."
        case .notNormalized:
            "Send the text in Unicode normalization form C (NFC)."
        }
    }
}

private func hexadecimal(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
