/// Takes bytes from the front, never more than there are.
struct ISO8583Reader {
    private var rest: ArraySlice<UInt8>
    private let encoding: ISO8583Dialect.Encoding

    init(_ bytes: [UInt8], _ encoding: ISO8583Dialect.Encoding = .ascii) {
        rest = bytes[...]
        self.encoding = encoding
    }

    var isAtEnd: Bool { rest.isEmpty }
    var remaining: Int { rest.count }

    mutating func take(_ count: Int) throws(ISO8583Error) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// The four digits of a message type.
    mutating func takeType() throws(ISO8583Error) -> String {
        encoding == .bcd
            ? hexadecimal(try take(2)) : String(decoding: try take(4), as: UTF8.self)
    }

    /// A number of exactly this many decimal characters, at most three.
    mutating func takeNumber(digits: Int, element: Int) throws(ISO8583Error) -> Int {
        var number = 0
        for digit in try take(digits) {
            guard ISO8583Format.Content.digits.allows(digit) else { throw .badCharacter(element: element) }
            number = number * 10 + Int(digit - 48)
        }
        return number
    }

    /// 64 bits: 16 upper-case hexadecimal digits, or 8 bytes. `inAnyCase` takes lower-case digits too.
    mutating func takeBitmap(inAnyCase: Bool) throws(ISO8583Error) -> UInt64 {
        guard encoding == .ascii else { return try take(8).reduce(0) { $0 << 8 | UInt64($1) } }
        var bits: UInt64 = 0
        for digit in try take(16) {
            guard let value = hexadecimalValue(digit, inAnyCase: inAnyCase) else { throw .badBitmap }
            bits = bits << 4 | UInt64(value)
        }
        return bits
    }

    /// The text of an element: its characters, for `b` hexadecimal digits, for `xn` letter and digits.
    ///
    /// `isStrict` holds length and characters against the format; otherwise only the length is followed.
    mutating func takeElement(
        _ number: Int, _ format: ISO8583Format, isStrict: Bool
    ) throws(ISO8583Error) -> String {
        if encoding == .bcd, (49...51).contains(number) { return try takeCurrency(number) }
        let count: Int
        switch format.length {
        case .fixed(let fixed):
            count = fixed
        case .upTo(let maximum, let digits):
            count = try takeLength(digits: digits, element: number)
            guard !isStrict || (1...maximum).contains(count) else { throw .badLength(element: number) }
        }
        let text = try takeText(count, format.content, number)
        guard !isStrict || text.utf8.allSatisfy(format.content.allows) else {
            throw .badCharacter(element: number)
        }
        return text
    }

    private mutating func takeLength(digits: Int, element: Int) throws(ISO8583Error) -> Int {
        guard encoding == .bcd else { return try takeNumber(digits: digits, element: element) }
        let text = hexadecimal(try take((digits + 1) / 2))
        guard let number = Int(text) else { throw .badCharacter(element: element) }
        return number
    }

    private mutating func takeText(
        _ count: Int, _ content: ISO8583Format.Content, _ number: Int
    ) throws(ISO8583Error) -> String {
        switch (content, encoding) {
        case (.bytes, .ascii):
            return String(decoding: try take(2 * count), as: UTF8.self)
        case (.bytes, .asciiBinary), (.bytes, .bcd):
            return hexadecimal(try take(count))
        case (.digits, .bcd), (.track, .bcd):
            return String(hexadecimal(try take((count + 1) / 2)).suffix(count))
        case (.signedDigits, .bcd):
            let sign = String(decoding: try take(1), as: UTF8.self)
            return sign + hexadecimal(try take(count / 2)).suffix(count - 1)
        case (.digits, _), (.track, _), (.signedDigits, _), (.lettersAndDigits, _), (.printable, _):
            return String(decoding: try take(count), as: UTF8.self)
        }
    }

    /// Two bytes of digits behind a zero, or three characters: the first byte tells which.
    private mutating func takeCurrency(_ number: Int) throws(ISO8583Error) -> String {
        guard let first = rest.first else { throw .truncated }
        return first < 0x10
            ? String(hexadecimal(try take(2)).suffix(3)) : String(decoding: try take(3), as: UTF8.self)
    }
}

/// A number with leading zeros; longer than `digits` when it does not fit.
func decimal(_ number: some BinaryInteger, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// Upper-case hexadecimal digits, two a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

/// The bytes of upper-case hexadecimal digits; nil for anything else.
func bytes(ofHexadecimal text: String, inAnyCase: Bool = false) -> [UInt8]? {
    let values = text.utf8.compactMap { hexadecimalValue($0, inAnyCase: inAnyCase) }
    guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}

private func hexadecimalValue(_ digit: UInt8, inAnyCase: Bool = false) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): inAnyCase ? digit - UInt8(ascii: "a") + 10 : nil
    default: nil
    }
}
