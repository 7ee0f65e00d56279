import Vocabulary

extension ISO8583Message {
    /// Reads one message. Anything else than exactly what `encoded()` can write is refused.
    package init(decoding bytes: [UInt8]) throws(ISO8583Error) {
        var reader = ISO8583Reader(bytes)
        let typeText = String(decoding: try reader.take(4), as: UTF8.self)
        guard let type = ISO8583MessageType(rawValue: typeText) else { throw .badMessageType }
        self.init(type)
        let (required, optional) = type.elements
        let numbers = try Self.takeElementNumbers(&reader)
        if let missing = required.map(\.rawValue).filter({ !numbers.contains($0) }).min() {
            throw .missingElement(missing)
        }
        var local: (date: String?, time: String?)
        for number in numbers {
            guard let element = ISO8583Element(rawValue: number) else { throw .unknownElement(number) }
            guard required.contains(element) || optional.contains(element) else {
                throw .unexpectedElement(number)
            }
            let text = try element.take(from: &reader)
            switch element {
            case .localDate: local.date = text
            case .localTime: local.time = text
            default: try read(text, as: element)
            }
        }
        guard reader.isAtEnd else { throw .trailingBytes(reader.remaining) }
        if let date = local.date, let time = local.time {
            guard let moment = ISO8583Moment(date + time) else {
                throw .badValue(element: ISO8583Element.localDate.rawValue)
            }
            self.local = moment
        }
    }

    private static func takeElementNumbers(_ reader: inout ISO8583Reader) throws(ISO8583Error) -> [Int] {
        let first = try reader.takeBitmap()
        var numbers = (2...64).filter { first >> UInt64(64 - $0) & 1 == 1 }
        if first >> 63 == 1 {
            let second = try reader.takeBitmap()
            guard second != 0 else { throw .badBitmap }
            numbers += (65...128).filter { second >> UInt64(128 - $0) & 1 == 1 }
        }
        return numbers
    }

    private mutating func read(_ text: String, as element: ISO8583Element) throws(ISO8583Error) {
        func check<Value>(_ value: Value?) throws(ISO8583Error) -> Value {
            guard let value else { throw .badValue(element: element.rawValue) }
            return value
        }
        switch element {
        case .cardNumber: cardNumber = try check(try? CardNumber(text))
        case .processingCode: processing = try check(ISO8583Processing(rawValue: text))
        case .amount: amountMinor = try check(Int64(text))
        case .transmittedAt: transmittedAt = try check(ISO8583Moment(text))
        case .traceNumber: traceNumber = text
        case .localTime, .localDate: break
        case .expiry: expiry = try check(cardExpiry(text))
        case .entryMode: entryMode = try check(ISO8583EntryMode(rawValue: text))
        case .institution: institution = text
        case .retrievalReference: retrievalReference = text
        case .approvalCode: approvalCode = text
        case .responseCode: responseCode = try check(NetworkCode(text))
        case .terminal: terminal = withoutFilling(text)
        case .acceptor: acceptor = withoutFilling(text)
        case .additionalData: additional = try ISO8583Additional(text)
        case .currency: currency = try check(Currency(code: text))
        case .originalData: original = try check(ISO8583Original(text))
        }
    }
}

extension ISO8583Element {
    fileprivate func take(from reader: inout ISO8583Reader) throws(ISO8583Error) -> String {
        let count: Int
        switch length {
        case .fixed(let fixed):
            count = fixed
        case .upTo(let maximum, let lengthDigits):
            count = try reader.takeNumber(digits: lengthDigits, element: self)
            guard (1...maximum).contains(count) else { throw .badLength(element: rawValue) }
        }
        let bytes = try reader.take(count)
        guard bytes.allSatisfy(content.allows) else { throw .badCharacter(element: rawValue) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// `YYMM`, of this century.
private func cardExpiry(_ text: String) -> CardExpiry? {
    guard let year = Int(text.prefix(2)), let month = Int(text.suffix(2)) else { return nil }
    return CardExpiry(month: month, year: 2_000 + year)
}

private func withoutFilling(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
}
