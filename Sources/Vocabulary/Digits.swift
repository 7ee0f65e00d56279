// Small readers of ASCII text, shared by the types of this module.

func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

func isLowerCaseLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}

func isUpperCaseLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}

/// The values of the digits of a text, or nil when it holds anything but ASCII digits.
func digits(of text: String) -> [Int]? {
    var values: [Int] = []
    for byte in text.utf8 {
        guard isDigit(byte) else { return nil }
        values.append(Int(byte) - 48)
    }
    return values
}

/// Takes exactly this many digits from the front, or nil when they are not there.
func takeNumber(_ rest: inout ArraySlice<UInt8>, digits count: Int) -> Int? {
    let front = rest.prefix(count)
    guard front.count == count, front.allSatisfy(isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return front.reduce(0) { $0 * 10 + Int($1) - 48 }
}

/// Takes this one character from the front; false when another one stands there.
func take(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest = rest.dropFirst()
    return true
}

/// A number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

extension Int64 {
    /// Division that rounds down, so that the remainder is never negative.
    func flooringQuotientAndRemainder(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
