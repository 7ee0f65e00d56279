import Notation

/// A text with signatures below it (C2SP signed-note). Nothing of it is believed before a
/// `LogVerificationKey` has verified it.
///
/// Reading is strict: each note has one written form only, and `written` gives back what was read.
package struct SignedNote: Hashable, Sendable {
    /// One signature line: who signs, with which key, and the signature itself.
    package struct Signature: Hashable, Sendable {
        package let name: String
        /// Four bytes that tell the keys of one name apart.
        package let keyID: [UInt8]
        package let signature: [UInt8]
    }

    /// The signatures that a note may have. C2SP signed-note asks for 16 at least.
    package static let signatureLimit = 100

    /// What is signed, with its last newline and without the empty line that follows it.
    package let text: String
    package let signatures: [Signature]

    /// Throws `malformedNote` for a text that no note can have: one without a newline at its end, or with
    /// other control characters.
    init(text: String, signatures: [Signature]) throws(LogFlaw) {
        guard text.utf8.last == UInt8(ascii: "\n"), text.utf8.allSatisfy(Self.isAllowed) else {
            throw .malformedNote
        }
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note; throws `malformedNote` for anything else.
    package init(parsing note: String) throws(LogFlaw) {
        try self.init(parsing: [UInt8](note.utf8))
    }

    /// Reads a note from its bytes, which must be UTF-8.
    package init(parsing bytes: [UInt8]) throws(LogFlaw) {
        // The text ends at the last empty line: what it holds before that is its own affair.
        let newline = UInt8(ascii: "\n")
        guard bytes.last == newline, bytes.allSatisfy(Self.isAllowed),
            let empty = bytes.indices.dropFirst().last(where: {
                bytes[$0] == newline && bytes[$0 - 1] == newline
            }),
            let text = String(validating: bytes[..<empty], as: UTF8.self)
        else { throw .malformedNote }
        let lines = bytes[(empty + 1)...].dropLast().split(
            separator: newline, omittingEmptySubsequences: false)
        guard lines.count <= Self.signatureLimit else { throw .malformedNote }
        var signatures: [Signature] = []
        for line in lines { signatures.append(try Signature(line: line)) }
        try self.init(text: text, signatures: signatures)
    }

    /// The whole note.
    package var written: String { text + "\n" + signatures.map { $0.line + "\n" }.joined() }

    /// Whether this can be the name of a key: 1 to 255 bytes of UTF-8 without spaces, plus signs and control
    /// characters. The bound is that of the other readers.
    package static func isName(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.properties.generalCategory != .control
            }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool { byte >= 0x20 || byte == UInt8(ascii: "\n") }
}

extension SignedNote.Signature {
    /// What each signature line begins with: an em dash and a space.
    static let mark = [UInt8]("\u{2014} ".utf8)

    fileprivate init(line: ArraySlice<UInt8>) throws(LogFlaw) {
        let fields = line.dropFirst(Self.mark.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard line.starts(with: Self.mark), fields.count == 2,
            let name = String(validating: fields[0], as: UTF8.self), SignedNote.isName(name),
            let blob = Base64.decode(String(decoding: fields[1], as: UTF8.self)), blob.count > 4
        else { throw .malformedNote }
        self.init(name: name, keyID: [UInt8](blob[..<4]), signature: [UInt8](blob[4...]))
    }

    fileprivate var line: String { "\u{2014} \(name) \(Base64.encode(keyID + signature))" }
}
