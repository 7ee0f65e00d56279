extension JSONParser {
    /// RFC 8259 section 6, kept as written unless it is an integer within Int64.
    mutating func parseNumber() throws(JSONError) -> JSON {
        let start = position
        let isInteger = try skipNumber()
        guard position - start <= 64 else { throw .numberTooLarge(path: writtenPath) }
        let lexeme = String(decoding: bytes[start..<position], as: UTF8.self)
        guard isInteger else { return .decimal(lexeme) }
        guard let value = Int64(lexeme) else { throw .numberTooLarge(path: writtenPath) }
        return .integer(value)
    }

    /// Steps over a number; true when it has neither fraction nor exponent.
    mutating func skipNumber() throws(JSONError) -> Bool {
        var isInteger = true
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if try peek() == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            let sign = try peek()
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        return isInteger
    }

    /// At least one digit.
    private mutating func skipDigits() throws(JSONError) {
        guard isDigit(try peek()) else { throw .unexpectedByte(offset: position) }
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The string that starts with the quote at the position.
    mutating func parseString() throws(JSONError) -> String {
        position += 1
        let start = position
        while try peek() >= 0x20, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
        {
            position += 1
        }
        if bytes[position] == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }
        return try parseEscapedString(prefix: bytes[start..<position])
    }

    /// The rest of a string with at least one escape or a control character in it.
    private mutating func parseEscapedString(prefix: ArraySlice<UInt8>) throws(JSONError) -> String {
        var text = [UInt8](prefix)
        while true {
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try parseEscape(into: &text)
            case 0..<0x20:
                throw .unexpectedByte(offset: position)
            default:
                text.append(byte)
                position += 1
            }
        }
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = Unicode.Scalar(try parseUnicodeEscape(start: start)) else {
                throw .badEscape(offset: start)
            }
            text.append(contentsOf: Character(scalar).utf8)
        default: throw .badEscape(offset: start)
        }
    }

    /// The code point of `\uXXXX` or of a pair of them; the position stands after the `u`.
    private mutating func parseUnicodeEscape(start: Int) throws(JSONError) -> UInt32 {
        let first = try parseFourHexDigits(start: start)
        guard first & 0xFC00 == 0xD800 else { return first }
        guard try peek() == UInt8(ascii: "\\") else { throw .badEscape(offset: start) }
        position += 1
        guard try peek() == UInt8(ascii: "u") else { throw .badEscape(offset: start) }
        position += 1
        let second = try parseFourHexDigits(start: start)
        guard second & 0xFC00 == 0xDC00 else { throw .badEscape(offset: start) }
        return 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
    }

    private mutating func parseFourHexDigits(start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(of: try peek()) else { throw .badEscape(offset: start) }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
