extension JSON {
    /// The bytes of RFC 8785 (JSON Canonicalization Scheme): members by UTF-16 code units, numbers as
    /// ECMAScript writes them, no space.
    ///
    /// An integer beyond 2^53 goes through a double as the RFC asks, so its last digits may change; signed
    /// objects of ours hold none. Throws `numberTooLarge` for a number that no double can hold.
    package func canonical() throws(JSONError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        try writeCanonical(into: &output)
        return output
    }

    private func writeCanonical(into output: inout [UInt8]) throws(JSONError) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: Self.canonicalInteger(value).utf8)
        case .decimal(let lexeme):
            guard isNumberLexeme(lexeme), let value = Double(lexeme), value.isFinite else {
                throw .numberTooLarge(path: "")
            }
            output.append(contentsOf: ecmaScriptText(value).utf8)
        case .text(let value): writeJSONString(value, into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                try element.writeCanonical(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.sortedMembers.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                writeJSONString(member.name, into: &output)
                output.append(UInt8(ascii: ":"))
                try member.value.writeCanonical(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func canonicalInteger(_ value: Int64) -> String {
        let exactInDouble: Int64 = 1 << 53
        return (-exactInDouble...exactInDouble).contains(value)
            ? String(value) : ecmaScriptText(Double(value))
    }
}

/// A finite double as ECMAScript's `Number.prototype.toString` writes it (ECMA-262 section 6.1.6.1.20).
///
/// Swift's `description` already gives the shortest digits that read back as the same double, the nearest of
/// them first; only their layout differs.
func ecmaScriptText(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let parts = value.magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = Array((mantissa[0] + (mantissa.count > 1 ? mantissa[1] : "")).utf8)
    // `point` is where the decimal point stands, counted in digits from the left.
    var point = mantissa[0].utf8.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.first == UInt8(ascii: "0") {
        digits.removeFirst()
        point -= 1
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let sign = value < 0 ? "-" : ""
    return sign + layOut(String(decoding: digits, as: UTF8.self), point: point)
}

private func layOut(_ digits: String, point: Int) -> String {
    let count = digits.utf8.count
    switch point {
    case count...21 where count <= 21:
        return digits + String(repeating: "0", count: point - count)
    case 1...21:
        return digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0:
        return "0." + String(repeating: "0", count: -point) + digits
    default:
        let exponent = point - 1
        let fraction = count > 1 ? "." + digits.dropFirst() : ""
        return "\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
    }
}
