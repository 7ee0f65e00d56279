import Vocabulary

extension ISO8583Message {
    /// The message's bytes, without the length that goes before them on a connection.
    ///
    /// Throws when an element that its type needs is missing, one does not belong there, or a value does not
    /// fit.
    package func encoded(as dialect: ISO8583Dialect = ISO8583Dialect()) throws(ISO8583Error) -> [UInt8] {
        let (required, optional) = type.elements
        var writer = ISO8583Writer(dialect.encoding)
        for element in ISO8583Element.allCases {
            guard let text = try text(of: element, dialect.currencyForm) else {
                if required.contains(element) { throw .missingElement(element.rawValue) }
                continue
            }
            guard required.contains(element) || optional.contains(element) else {
                throw .unexpectedElement(element.rawValue)
            }
            try writer.add(element.rawValue, text)
        }
        return writer.message(type.rawValue)
    }

    /// An element as the wire writes it, before its length; nil when the message does not have it.
    func text(
        of element: ISO8583Element, _ form: ISO8583Dialect.CurrencyForm = .numeric
    ) throws(ISO8583Error) -> String? {
        switch element {
        case .cardNumber: return cardNumber?.exposed()
        case .processingCode: return processing?.rawValue
        case .amount: return amountMinor.map { decimal($0, digits: 12) }
        case .transmittedAt: return transmittedAt?.text
        case .traceNumber: return traceNumber
        case .localTime: return local.map { String($0.text.suffix(6)) }
        case .localDate: return local.map { String($0.text.prefix(4)) }
        case .expiry: return expiry.map { decimal($0.year % 100, digits: 2) + decimal($0.month, digits: 2) }
        case .merchantType: return merchantType
        case .entryMode: return entryMode?.digits
        case .conditionCode: return conditionCode
        case .institution: return institution
        case .retrievalReference: return retrievalReference
        case .approvalCode: return approvalCode
        case .responseCode: return responseCode?.text
        case .terminal: return terminal.map { filled($0, to: 8) }
        case .acceptor: return acceptor.map { filled($0, to: 15) }
        case .acceptorLocation: return acceptorLocation.map { filled($0, to: 40) }
        // A host's own layout of element 48 leaves nothing of ours to write.
        case .additionalData: return try (additional?.text()).flatMap { $0.isEmpty ? nil : $0 }
        case .currency: return form == .numeric ? currency?.number : currency?.code
        case .originalData: return original?.text
        }
    }
}

private func filled(_ text: String, to count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.utf8.count))
}
