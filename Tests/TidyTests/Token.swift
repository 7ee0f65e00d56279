/// A name, a word, a number or one sign of Swift code.
struct Token: Hashable, Sendable {
    let text: String
    /// Counted from 1.
    let line: Int
    /// True when nothing stands between this one and the token before it.
    let isGlued: Bool

    static func all(in lines: [String]) -> [Token] {
        var tokens: [Token] = []
        for (index, line) in lines.enumerated() {
            var rest = Array(line.utf8)[...]
            var isGlued = false
            while let first = rest.first {
                let word: ArraySlice<UInt8>
                if first == UInt8(ascii: "`") {
                    word = rest.prefix(
                        (rest.dropFirst().firstIndex(of: first) ?? rest.endIndex - 1) - rest.startIndex + 1)
                } else if isPartOfName(first) {
                    word = rest.prefix(while: isPartOfName)
                } else {
                    word = rest.prefix(1)
                }
                rest = rest.dropFirst(word.count)
                defer { isGlued = first != UInt8(ascii: " ") }
                guard first != UInt8(ascii: " ") else { continue }
                tokens.append(
                    Token(text: String(decoding: word, as: UTF8.self), line: index + 1, isGlued: isGlued))
            }
        }
        return tokens
    }

    /// The name without its backticks; nil when it is none.
    var rawName: String? {
        text.hasPrefix("`") && text.hasSuffix("`") && text.utf8.count > 2
            ? String(text.dropFirst().dropLast()) : nil
    }
}

private func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
        true
    default: false
    }
}
