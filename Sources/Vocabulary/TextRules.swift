/// Checks a text that is shown to a person who then signs it (SCA-05), and changes nothing in it.
///
/// The length is counted in Unicode scalars, so that a pile of accents on one letter cannot escape the limit.
func checkText(_ text: String, maximum: Int) throws(TextError) {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { throw .empty }
    guard scalars.count <= maximum else { throw .tooLong(maximum: maximum) }
    // An accent with no letter before it would change whatever is printed in front of the text.
    if isMark(first) { throw .forbiddenCharacter(scalar: first.value, offset: 0) }
    for (offset, scalar) in scalars.enumerated() where isForbidden(scalar) {
        throw .forbiddenCharacter(scalar: scalar.value, offset: offset)
    }
    if first.properties.isWhitespace || last.properties.isWhitespace { throw .surroundingSpace }
    guard composed(text).unicodeScalars.elementsEqual(scalars) else { throw .notNormalized }
}

/// Control and format characters (bidirectional overrides and isolates, zero-width characters among them),
/// line breaks, what is private or unassigned, and letters that are drawn as nothing.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        true
    default:
        // Hangul fillers, variation selectors, the grapheme joiner; and the empty Braille cell.
        scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
    }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
}
