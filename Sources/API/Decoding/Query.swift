import Operations
import Vocabulary

/// The parameters after the question mark, each once, each known to the route.
struct Query {
    private let values: [String: String]

    /// Reads `name=value` pairs in form encoding (WHATWG URL standard, section 5.1), strictly: bad escapes
    /// and bytes that are not UTF-8 are refused.
    init(_ text: String, allowed: Set<String>) throws(Refusal) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "")
            else {
                throw Refusal(
                    .parameterInvalid, detail: "The query has a bad percent escape or is not UTF-8.")
            }
            guard allowed.contains(name) else {
                throw Refusal(.parameterUnknown, parameter: String(name.prefix(200)))
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Refusal(.parameterRepeated, parameter: name)
            }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        guard let text = values[name] else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int64(text), range.contains(number)
        else {
            throw Refusal(
                .parameterInvalid, parameter: name,
                detail: "Send a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func instant(_ name: String) throws(Refusal) -> Instant? {
        guard let text = values[name] else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            throw Refusal(
                .parameterInvalid, parameter: name, detail: "Send a time as 2026-11-22T12:00:00.000Z.")
        }
        return instant
    }

    /// One word of a closed list.
    func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Word.Type
    ) throws(Refusal) -> Word? {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = type.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.parameterInvalid, parameter: name, detail: "Send one of: \(words).")
        }
        return word
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue),
                    let low = rest.popFirst().flatMap(hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
