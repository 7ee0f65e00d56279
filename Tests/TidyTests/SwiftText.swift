/// A Swift text taken apart: every byte belongs to code, to a comment or to a literal, so that a word in a
/// sentence is not taken for a statement. An interpolation is code again. Regular expression literals are
/// not known.
struct SwiftText: Sendable {
    enum Part: Sendable {
        case code
        case comment
        case literal
    }

    private let bytes: [UInt8]
    private let parts: [Part]
    /// The names, words and signs of the code with their lines, counted from 1. A name in backticks is one
    /// token.
    let tokens: [Token]

    init(_ text: String) {
        var scanner = SwiftScanner(bytes: Array(text.utf8))
        scanner.code(upToParenthesis: false)
        bytes = scanner.bytes
        parts = scanner.parts
        tokens = Token.all(in: Self.lines(.code, of: scanner.bytes, scanner.parts))
    }

    /// All lines with everything but one part turned into spaces.
    func lines(_ part: Part) -> [String] { Self.lines(part, of: bytes, parts) }

    private static func lines(_ part: Part, of bytes: [UInt8], _ parts: [Part]) -> [String] {
        var shown = bytes
        for index in bytes.indices where parts[index] != part && bytes[index] != UInt8(ascii: "\n") {
            shown[index] = UInt8(ascii: " ")
        }
        return shown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

/// The scanner behind `SwiftText`.
private struct SwiftScanner {
    let bytes: [UInt8]
    private(set) var parts: [SwiftText.Part]
    private var at = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        parts = Array(repeating: .code, count: bytes.count)
    }

    /// Reads code to the end, or to the parenthesis that closes an interpolation.
    mutating func code(upToParenthesis: Bool) {
        var depth = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "/") where follows("/", after: 1): comment(until: "\n")
            case UInt8(ascii: "/") where follows("*", after: 1): blockComment()
            case UInt8(ascii: "`"): skipName()
            case UInt8(ascii: "\""): literal(hashes: 0)
            case UInt8(ascii: "#"):
                let hashes = bytes[at...].prefix { $0 == UInt8(ascii: "#") }.count
                if follows("\"", after: hashes) { literal(hashes: hashes) } else { at += hashes }
            case UInt8(ascii: "("):
                depth += 1
                at += 1
            case UInt8(ascii: ")"):
                at += 1
                if upToParenthesis, depth == 0 { return }
                depth -= 1
            default: at += 1
            }
        }
    }

    private func follows(_ text: String, after offset: Int) -> Bool {
        bytes.dropFirst(at + offset).starts(with: text.utf8)
    }

    private mutating func take(_ count: Int, as part: SwiftText.Part) {
        let end = min(at + count, bytes.count)
        for index in at..<end { parts[index] = part }
        at = end
    }

    private mutating func comment(until end: String) {
        while at < bytes.count, !follows(end, after: 0) { take(1, as: .comment) }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if follows("/*", after: 0) {
                depth += 1
                take(2, as: .comment)
            } else if follows("*/", after: 0) {
                depth -= 1
                take(2, as: .comment)
            } else {
                take(1, as: .comment)
            }
        } while depth > 0 && at < bytes.count
    }

    private mutating func skipName() {
        repeat { at += 1 } while at < bytes.count && bytes[at] != UInt8(ascii: "`")
        at += 1
    }

    private mutating func literal(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        let isLong = follows("\"\"\"", after: hashes)
        let end = (isLong ? "\"\"\"" : "\"") + marks
        take(hashes + (isLong ? 3 : 1), as: .literal)
        while at < bytes.count {
            if follows("\\" + marks, after: 0) {
                let isInterpolation = follows("(", after: 1 + hashes)
                take(2 + hashes, as: .literal)
                if isInterpolation { code(upToParenthesis: true) }
            } else if follows(end, after: 0) {
                return take(end.utf8.count, as: .literal)
            } else if !isLong, bytes[at] == UInt8(ascii: "\n") {
                return
            } else {
                take(1, as: .literal)
            }
        }
    }
}
