/// How a data element is written: what stands in it, and how long it is.
struct ISO8583Format: Sendable, Hashable {
    enum Length: Sendable, Hashable {
        case fixed(Int)
        /// Preceded by its length in this many digits.
        case upTo(Int, lengthDigits: Int)
    }

    enum Content: Sendable, Hashable {
        /// n: `0`–`9`
        case digits
        /// a, an: digits, letters and blank
        case lettersAndDigits
        /// ans: any printable ASCII character
        case printable
        /// z: digits of a magnetic track and its separators
        case track
        /// x+n: `C` or `D`, then digits; the length counts the letter
        case signedDigits
        /// b: bytes; the length counts bytes
        case bytes

        func allows(_ byte: UInt8) -> Bool {
            switch self {
            case .digits:
                isDigit(byte)
            case .lettersAndDigits:
                isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: " ")
            case .printable:
                (0x20...0x7E).contains(byte)
            case .track:
                isDigit(byte) || byte == UInt8(ascii: "=") || isHexadecimalLetter(byte)
            case .signedDigits:
                isDigit(byte) || byte == UInt8(ascii: "C") || byte == UInt8(ascii: "D")
            case .bytes:
                isDigit(byte) || isHexadecimalLetter(byte)
            }
        }
    }

    let content: Content
    let length: Length

    init(_ content: Content, _ length: Length) {
        self.content = content
        self.length = length
    }

    /// Reads the standard's own notation: `n6`, `an12`, `n..19` (LLVAR), `ans...999` (LLLVAR), `b8`, `xn9`.
    init?(_ notation: Substring) {
        let word = notation.prefix { $0.isLetter }
        guard let content = Self.contents[String(word)] else { return nil }
        let rest = notation.dropFirst(word.count)
        let dots = rest.prefix { $0 == "." }.count
        guard let count = Int(rest.dropFirst(dots)) else { return nil }
        self.init(content, dots == 0 ? .fixed(count) : .upTo(count, lengthDigits: dots))
    }

    private static let contents: [String: Content] = [
        "n": .digits, "a": .lettersAndDigits, "an": .lettersAndDigits, "ans": .printable, "z": .track,
        "xn": .signedDigits, "b": .bytes,
    ]
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}

private func isHexadecimalLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}
