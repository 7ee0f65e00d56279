import Vocabulary

extension ISO8583Message {
    /// Reads one message.
    ///
    /// Of a request, anything else than exactly what `encoded()` can write is refused. Of an answer, element
    /// 39 must be there; what is not needed is stepped over, and an element that makes no sense counts as
    /// absent, so that no host's habit loses an answer.
    package init(
        decoding bytes: [UInt8], as dialect: ISO8583Dialect = ISO8583Dialect()
    ) throws(ISO8583Error) {
        var reader = ISO8583Reader(bytes, dialect.encoding)
        guard let type = ISO8583MessageType(rawValue: try reader.takeType()) else { throw .badMessageType }
        self.init(type)
        guard type.answer == nil else {
            try readRequest(&reader)
            return
        }
        var flaw: ISO8583Error?
        for formats in ISO8583Directory.readings {
            var (message, body) = (ISO8583Message(type), reader)
            do throws(ISO8583Error) {
                try message.readAnswer(&body, by: formats)
                self = message
                return
            } catch {
                flaw = flaw ?? error
            }
        }
        if let flaw { throw flaw }
    }

    private mutating func readRequest(_ reader: inout ISO8583Reader) throws(ISO8583Error) {
        let (required, optional) = type.elements
        let numbers = try Self.takeElementNumbers(&reader, isStrict: true)
        if let missing = required.map(\.rawValue).filter({ !numbers.contains($0) }).min() {
            throw .missingElement(missing)
        }
        var local: (date: String?, time: String?)
        for number in numbers {
            guard let element = ISO8583Element(rawValue: number),
                let format = ISO8583Directory.formats[number]
            else { throw .unknownElement(number) }
            guard required.contains(element) || optional.contains(element) else {
                throw .unexpectedElement(number)
            }
            let text = try reader.takeElement(number, format, isStrict: true)
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

    private mutating func readAnswer(
        _ reader: inout ISO8583Reader, by formats: [Int: ISO8583Format]
    ) throws(ISO8583Error) {
        let optional = type.elements.optional
        let numbers = try Self.takeElementNumbers(&reader, isStrict: false)
        guard numbers.contains(ISO8583Element.responseCode.rawValue) else {
            throw .missingElement(ISO8583Element.responseCode.rawValue)
        }
        for number in numbers {
            guard let format = formats[number] else { throw .unknownElement(number) }
            let text = try reader.takeElement(number, format, isStrict: false)
            guard let element = ISO8583Element(rawValue: number) else { continue }
            switch element {
            case .responseCode: try read(text.uppercased(), as: element)
            case .acceptorLocation: acceptorLocation = withoutFilling(text)
            case .additionalData: additional = ISO8583Additional(whatCanBeReadOf: text)
            default:
                // What makes no sense counts as absent.
                if optional.contains(element), !text.allSatisfy({ $0 == " " }) {
                    try? read(text, as: element)
                }
            }
        }
        guard reader.isAtEnd else { throw .trailingBytes(reader.remaining) }
    }

    static func takeElementNumbers(
        _ reader: inout ISO8583Reader, isStrict: Bool
    ) throws(ISO8583Error) -> [Int] {
        let first = try reader.takeBitmap(inAnyCase: !isStrict)
        var numbers = (2...64).filter { first >> UInt64(64 - $0) & 1 == 1 }
        if first >> 63 == 1 {
            let second = try reader.takeBitmap(inAnyCase: !isStrict)
            guard second != 0 || !isStrict else { throw .badBitmap }
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
        case .amount:
            amountMinor = try check(
                text.utf8.allSatisfy(ISO8583Format.Content.digits.allows) ? Int64(text) : nil)
        case .transmittedAt: transmittedAt = try check(ISO8583Moment(text))
        case .traceNumber: traceNumber = text
        case .localTime, .localDate: break
        case .expiry: expiry = try check(cardExpiry(text))
        case .merchantType: merchantType = text
        // The sandbox bank knows one way only in which a card number comes.
        case .entryMode:
            entryMode = try check(
                text == ISO8583EntryMode.electronicCommerce.digits ? .electronicCommerce : nil)
        case .conditionCode: conditionCode = text
        case .institution: institution = text
        case .retrievalReference: retrievalReference = text
        case .approvalCode: approvalCode = text
        case .responseCode: responseCode = try check(NetworkCode(text))
        case .terminal: terminal = withoutFilling(text)
        case .acceptor: acceptor = withoutFilling(text)
        case .acceptorLocation: acceptorLocation = withoutFilling(text)
        case .additionalData: additional = try ISO8583Additional(text)
        case .currency: currency = try check(Currency(code: text) ?? Currency(number: text))
        case .originalData: original = try check(ISO8583Original(text))
        }
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
