import Vocabulary

/// A network management message: sign-on, sign-off, echo test, and their answers.
///
/// Source: ISO 8583:1987, message types 0800 to 0830 and data element 70. Whatever else such a message has is
/// stepped over, and nothing of it is printed but the code.
package struct ISO8583Signal: Sendable, Hashable {
    /// Data element 70.
    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        case signOn = "001"
        case signOff = "002"
        case echo = "301"
    }

    /// Four digits, the first two `08`.
    package let type: String
    /// Elements by number, as characters.
    private let elements: [Int: String]

    /// An 0800 of ours. `traceNumber` has six digits.
    package init(_ purpose: Purpose, at moment: ISO8583Moment, traceNumber: String) {
        type = "0800"
        elements = [7: moment.text, 11: traceNumber, 70: purpose.rawValue]
    }

    private init(type: String, elements: [Int: String]) {
        self.type = type
        self.elements = elements
    }

    package var isRequest: Bool { Self.answers[type] != nil }
    package var traceNumber: String? { elements[11] }
    /// Data element 70, as sent.
    package var purpose: String? { elements[70] }
    /// Data element 39 of an answer.
    package var responseCode: String? { elements[39] }

    /// The answer that says yes, with what the request is known by; nil to an answer.
    package func accepted() -> ISO8583Signal? {
        guard let answer = Self.answers[type] else { return nil }
        var kept = elements.filter { Self.echoed.contains($0.key) }
        kept[39] = NetworkCode.approved.text
        return ISO8583Signal(type: answer, elements: kept)
    }

    private static let answers = ["0800": "0810", "0801": "0810", "0820": "0830", "0821": "0830"]
    private static let echoed: Set<Int> = [7, 11, 24, 32, 33, 37, 41, 42, 70]

    package func encoded(as dialect: ISO8583Dialect = ISO8583Dialect()) throws(ISO8583Error) -> [UInt8] {
        var writer = ISO8583Writer(dialect.encoding)
        for (number, text) in elements.sorted(by: { $0.key < $1.key }) { try writer.add(number, text) }
        return writer.message(type)
    }

    /// Reads a network management message; nil when the bytes are another message.
    package init?(
        decoding bytes: [UInt8], as dialect: ISO8583Dialect = ISO8583Dialect()
    ) throws(ISO8583Error) {
        var start = ISO8583Reader(bytes, dialect.encoding)
        let type = try start.takeType()
        guard type.hasPrefix("08") else { return nil }
        var flaw = ISO8583Error.badMessageType
        for (place, formats) in ISO8583Directory.readings.enumerated() {
            var reader = start
            do throws(ISO8583Error) {
                elements = try Self.elements(&reader, by: formats)
                self.type = type
                return
            } catch {
                if place == 0 { flaw = error }
            }
        }
        throw flaw
    }

    private static func elements(
        _ reader: inout ISO8583Reader, by formats: [Int: ISO8583Format]
    ) throws(ISO8583Error) -> [Int: String] {
        var elements: [Int: String] = [:]
        for number in try ISO8583Message.takeElementNumbers(&reader, isStrict: false) {
            guard let format = formats[number] else { throw .unknownElement(number) }
            let text = try reader.takeElement(number, format, isStrict: false)
            // What could not be written again is not echoed either.
            if number == 39 || text.utf8.allSatisfy(format.content.allows) { elements[number] = text }
        }
        guard reader.isAtEnd else { throw .trailingBytes(reader.remaining) }
        return elements
    }
}
