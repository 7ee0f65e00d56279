// Crockford's base 32 of a 128-bit number: 26 digits, the first of them 0 to 7.

private let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

/// Digit values by ASCII code; 255 where there is no digit.
private let digitValues: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, letter) in alphabet.enumerated() {
        values[Int(letter)] = UInt8(value)
    }
    return values
}()

/// 26 upper-case digits.
func base32Text(high: UInt64, low: UInt64) -> String {
    var rest = (high, low)
    var digits = [UInt8](repeating: 0, count: 26)
    for index in stride(from: 25, through: 0, by: -1) {
        digits[index] = alphabet[Int(rest.1 & 31)]
        rest = (rest.0 >> 5, rest.1 >> 5 | rest.0 << 59)
    }
    return String(decoding: digits, as: UTF8.self)
}

/// The number that 26 digits stand for; nil for another length, another character, or more than 128 bits.
func base32Value(of digits: ArraySlice<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard digits.count == 26 else { return nil }
    var value: (high: UInt64, low: UInt64) = (0, 0)
    for digit in digits {
        let five = UInt64(digitValues[Int(digit)])
        guard five < 32, value.high >> 59 == 0 else { return nil }
        value = (value.high << 5 | value.low >> 59, value.low << 5 | five)
    }
    return value
}
