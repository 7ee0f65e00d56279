import Vocabulary

extension ISO8583Message {
    /// The message's bytes, without the length that goes before them on a connection.
    ///
    /// Throws when an element that its type needs is missing, one does not belong there, or a value does not
    /// fit.
    package func encoded() throws(ISO8583Error) -> [UInt8] {
        let (required, optional) = type.elements
        var bitmaps: (UInt64, UInt64) = (0, 0)
        var body: [UInt8] = []
        for element in ISO8583Element.allCases {
            guard let text = try text(of: element) else {
                if required.contains(element) { throw .missingElement(element.rawValue) }
                continue
            }
            guard required.contains(element) || optional.contains(element) else {
                throw .unexpectedElement(element.rawValue)
            }
            if element.rawValue <= 64 {
                bitmaps.0 |= 1 << UInt64(64 - element.rawValue)
            } else {
                bitmaps.0 |= 1 << 63
                bitmaps.1 |= 1 << UInt64(128 - element.rawValue)
            }
            body += try element.encode(text)
        }
        var head = type.rawValue + hexadecimal(bigEndian(bitmaps.0))
        if bitmaps.1 != 0 { head += hexadecimal(bigEndian(bitmaps.1)) }
        return Array(head.utf8) + body
    }

    /// An element as the wire writes it, before its length; nil when the message does not have it.
    func text(of element: ISO8583Element) throws(ISO8583Error) -> String? {
        switch element {
        case .cardNumber: return cardNumber?.exposed()
        case .processingCode: return processing?.rawValue
        case .amount: return amountMinor.map { decimal($0, digits: 12) }
        case .transmittedAt: return transmittedAt?.text
        case .traceNumber: return traceNumber
        case .localTime: return local.map { String($0.text.suffix(6)) }
        case .localDate: return local.map { String($0.text.prefix(4)) }
        case .expiry: return expiry.map { decimal($0.year % 100, digits: 2) + decimal($0.month, digits: 2) }
        case .entryMode: return entryMode?.rawValue
        case .institution: return institution
        case .retrievalReference: return retrievalReference
        case .approvalCode: return approvalCode
        case .responseCode: return responseCode?.text
        case .terminal: return terminal.map { filled($0, to: 8) }
        case .acceptor: return acceptor.map { filled($0, to: 15) }
        case .additionalData: return try additional?.text()
        case .currency: return currency?.code
        case .originalData: return original?.text
        }
    }
}

extension ISO8583Element {
    fileprivate func encode(_ text: String) throws(ISO8583Error) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy(content.allows) else { throw .badCharacter(element: rawValue) }
        switch length {
        case .fixed(let count):
            guard bytes.count == count else { throw .badLength(element: rawValue) }
            return bytes
        case .upTo(let maximum, let lengthDigits):
            guard (1...maximum).contains(bytes.count) else { throw .badLength(element: rawValue) }
            return Array(decimal(bytes.count, digits: lengthDigits).utf8) + bytes
        }
    }
}

private func filled(_ text: String, to count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.utf8.count))
}

private func bigEndian(_ bits: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
}
