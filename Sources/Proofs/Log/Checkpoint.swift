import Notation

/// What a log says about itself: its name, how many leaves it has, and the root over them (C2SP
/// tlog-checkpoint). Whoever has one has not verified it; a `SignedCheckpoint` is.
package struct Checkpoint: Hashable, Sendable {
    /// The name of the log.
    package let origin: String
    /// The number of leaves.
    package let size: Int64
    /// The root of RFC 6962 section 2.1 over the leaves, 32 bytes.
    package let root: [UInt8]
    /// What another writer put below the root, line by line. We write none: nobody can audit them.
    package let extensions: [String]

    /// Throws `badName` for an origin that is no key name, and `malformedCheckpoint` for a size below 0 or a
    /// root of another length than 32.
    package init(origin: String, size: Int64, root: [UInt8]) throws(LogFlaw) {
        try self.init(origin: origin, size: size, root: root, extensions: [])
    }

    private init(origin: String, size: Int64, root: [UInt8], extensions: [String]) throws(LogFlaw) {
        guard SignedNote.isName(origin) else { throw .badName }
        guard size >= 0, root.count == 32 else { throw .malformedCheckpoint }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads the text of a note: at least three lines, none of them empty. Throws `malformedCheckpoint`.
    package init(parsing body: String) throws(LogFlaw) {
        let lines = body.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy({ !$0.isEmpty }),
            SignedNote.isName(lines[0]), let size = LogDecimal.parse(lines[1]),
            let root = Base64.decode(lines[2])
        else { throw .malformedCheckpoint }
        try self.init(
            origin: lines[0], size: size, root: root, extensions: [String](lines[3...].dropLast()))
    }

    /// The text that is signed.
    package var body: String {
        ([origin, String(size), Base64.encode(root)] + extensions).map { $0 + "\n" }.joined()
    }
}

/// Numbers as all texts of a log have them: ASCII digits without leading zeros.
enum LogDecimal {
    /// The number, or nil for another way to write one, or one above 2^63 - 1.
    static func parse(_ text: some StringProtocol) -> Int64? {
        guard let number = Int64(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
