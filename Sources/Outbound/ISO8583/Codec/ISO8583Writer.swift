/// Writes elements behind one another, in ascending order, and the bitmaps that announce them.
struct ISO8583Writer {
    private let encoding: ISO8583Dialect.Encoding
    private var bitmaps: (first: UInt64, second: UInt64) = (0, 0)
    private var body: [UInt8] = []

    init(_ encoding: ISO8583Dialect.Encoding) { self.encoding = encoding }

    /// Adds an element; its number must be above those added before.
    mutating func add(_ number: Int, _ text: String) throws(ISO8583Error) {
        guard let format = ISO8583Directory.formats[number] else { throw .unknownElement(number) }
        body += try write(text, number, format)
        if number <= 64 {
            bitmaps.first |= 1 << UInt64(64 - number)
        } else {
            bitmaps.first |= 1 << 63
            bitmaps.second |= 1 << UInt64(128 - number)
        }
    }

    /// Message type, bitmaps, elements.
    func message(_ type: String) -> [UInt8] {
        let head = encoding == .bcd ? packed(type) : Array(type.utf8)
        let second = bitmaps.second == 0 ? [] : bitmap(bitmaps.second)
        return head + bitmap(bitmaps.first) + second + body
    }

    private func bitmap(_ bits: UInt64) -> [UInt8] {
        let bytes = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
        return encoding == .ascii ? Array(hexadecimal(bytes).utf8) : bytes
    }

    private func write(
        _ text: String, _ number: Int, _ format: ISO8583Format
    ) throws(ISO8583Error) -> [UInt8] {
        let characters = Array(text.utf8)
        guard characters.allSatisfy(format.content.allows) else { throw .badCharacter(element: number) }
        let unit = format.content == .bytes ? 2 : 1
        let count = characters.count / unit
        guard characters.count.isMultiple(of: unit) else { throw .badLength(element: number) }
        switch format.length {
        case .fixed(let fixed):
            guard count == fixed else { throw .badLength(element: number) }
            return value(text, number, format.content)
        case .upTo(let maximum, let digits):
            guard (1...maximum).contains(count) else { throw .badLength(element: number) }
            let length = decimal(count, digits: digits)
            return (encoding == .bcd ? packed(length) : Array(length.utf8))
                + value(text, number, format.content)
        }
    }

    private func value(_ text: String, _ number: Int, _ content: ISO8583Format.Content) -> [UInt8] {
        if encoding == .bcd, (49...51).contains(number), text.utf8.allSatisfy(isDigit) { return packed(text) }
        switch (content, encoding) {
        case (.bytes, .asciiBinary), (.bytes, .bcd):
            return bytes(ofHexadecimal: text, inAnyCase: true) ?? []
        case (.digits, .bcd), (.track, .bcd):
            return packed(text.replacing("=", with: "D"))
        case (.signedDigits, .bcd):
            return Array(text.utf8.prefix(1)) + packed(String(text.dropFirst()))
        case (.bytes, _), (.digits, _), (.track, _), (.signedDigits, _), (.lettersAndDigits, _),
            (.printable, _):
            return Array(text.utf8)
        }
    }

    /// Two digits a byte, behind a zero when they are odd.
    private func packed(_ digits: String) -> [UInt8] {
        let even = digits.utf8.count.isMultiple(of: 2) ? digits : "0" + digits
        return bytes(ofHexadecimal: even, inAnyCase: true) ?? []
    }

    private func isDigit(_ byte: UInt8) -> Bool { ISO8583Format.Content.digits.allows(byte) }
}
