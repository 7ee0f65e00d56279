/// Base 64 of RFC 4648 section 4: with padding, strict. PEM, `x5c` and stapled OCSP answers use it.
package enum Base64 {
    /// Encodes with padding.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var output = Base64Alphabet.standard.encode([UInt8](bytes))
        while !output.count.isMultiple(of: 4) { output.append(UInt8(ascii: "=")) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes, or nil for missing padding, foreign characters, line breaks or spare bits that are not
    /// zero.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var digits = [UInt8](text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
        return Base64Alphabet.standard.decode(digits)
    }
}

/// Base 64 of RFC 4648 section 5: the URL-safe alphabet, without padding, as JOSE uses it (RFC 7515 section
/// 2).
package enum Base64URL {
    /// Encodes without padding.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: Base64Alphabet.url.encode([UInt8](bytes)), as: UTF8.self)
    }

    /// The bytes, or nil for padding, foreign characters or spare bits that are not zero: each value has
    /// exactly one text.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Base64Alphabet.url.decode([UInt8](text.utf8))
    }
}

/// Sixty-four digits and their way back. Neither direction writes or takes padding.
private struct Base64Alphabet {
    static let standard = Base64Alphabet(last: "+/")
    static let url = Base64Alphabet(last: "-_")
    private static let foreign: UInt8 = 0xFF

    private let digits: [UInt8]
    private let values: [UInt8]

    private init(last: String) {
        let digits = [UInt8](
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8](repeating: Self.foreign, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.digits = digits
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> [UInt8] {
        let digits = digits
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                output.append(digits[Int(bits >> count & 0x3F)])
            }
        }
        if count > 0 { output.append(digits[Int(bits << (6 - count) & 0x3F)]) }
        return output
    }

    func decode(_ text: [UInt8]) -> [UInt8]? {
        let values = values
        guard text.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for digit in text {
            let value = values[Int(digit)]
            guard value != Self.foreign else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(bits >> count & 0xFF))
            }
        }
        // RFC 4648 section 3.5: spare bits must be zero, or one value would have several texts.
        guard bits & (1 << count - 1) == 0 else { return nil }
        return output
    }
}
