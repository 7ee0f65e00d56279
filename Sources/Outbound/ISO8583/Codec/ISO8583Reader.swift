/// Takes bytes from the front, never more than there are.
struct ISO8583Reader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }
    var remaining: Int { rest.count }

    mutating func take(_ count: Int) throws(ISO8583Error) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A number of exactly this many decimal digits, at most three.
    mutating func takeNumber(digits: Int, element: ISO8583Element) throws(ISO8583Error) -> Int {
        var number = 0
        for digit in try take(digits) {
            guard ISO8583Element.Content.digits.allows(digit) else {
                throw .badCharacter(element: element.rawValue)
            }
            number = number * 10 + Int(digit - 48)
        }
        return number
    }

    /// 64 bits from 16 upper-case hexadecimal digits.
    mutating func takeBitmap() throws(ISO8583Error) -> UInt64 {
        var bits: UInt64 = 0
        for digit in try take(16) {
            guard let value = hexadecimalValue(digit) else { throw .badBitmap }
            bits = bits << 4 | UInt64(value)
        }
        return bits
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
func bytes(ofHexadecimal text: String) -> [UInt8]? {
    let values = text.utf8.compactMap(hexadecimalValue)
    guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}

private func hexadecimalValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
