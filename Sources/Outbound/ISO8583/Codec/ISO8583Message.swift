package import Vocabulary

/// One message of ISO 8583:1987, each data element as a value of the trade.
///
/// Written as four digits of message type, one or two bitmaps (in the ASCII form of 16 upper-case hexadecimal
/// digits each), and the elements in ascending order. Printing it shows neither the card number nor data
/// element 48.
package struct ISO8583Message: Sendable, Hashable {
    package var type: ISO8583MessageType
    /// DE 2
    package var cardNumber: CardNumber?
    /// DE 3
    package var processing: ISO8583Processing?
    /// DE 4: minor units of DE 49, 0 to 999,999,999,999.
    package var amountMinor: Int64?
    /// DE 7
    package var transmittedAt: ISO8583Moment?
    /// DE 11: six digits.
    package var traceNumber: String?
    /// DE 13 and DE 12. Our terminal is a server and keeps UTC.
    package var local: ISO8583Moment?
    /// DE 14
    package var expiry: CardExpiry?
    /// DE 18: four digits.
    package var merchantType: String?
    /// DE 22
    package var entryMode: ISO8583EntryMode?
    /// DE 25: two digits.
    package var conditionCode: String?
    /// DE 32: up to eleven digits.
    package var institution: String?
    /// DE 37: twelve characters.
    package var retrievalReference: String?
    /// DE 38: six characters.
    package var approvalCode: String?
    /// DE 39
    package var responseCode: NetworkCode?
    /// DE 41: up to eight characters, filled with blanks on the wire.
    package var terminal: String?
    /// DE 42: up to fifteen characters, filled with blanks on the wire.
    package var acceptor: String?
    /// DE 43: up to forty characters, filled with blanks on the wire.
    package var acceptorLocation: String?
    /// DE 48
    package var additional: ISO8583Additional?
    /// DE 49
    package var currency: Currency?
    /// DE 90
    package var original: ISO8583Original?

    package init(_ type: ISO8583MessageType) {
        self.type = type
    }
}

/// Data element 3: what is done, from and to which account.
package enum ISO8583Processing: String, Sendable, Hashable, CaseIterable {
    case purchase = "000000"
    case refund = "200000"
}

/// Data element 22: how the card number came.
package struct ISO8583EntryMode: Sendable, Hashable {
    /// Three digits.
    package let digits: String

    package init?(_ digits: String) {
        guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.digits = digits
    }

    private init(known digits: String) { self.digits = digits }

    /// Electronic commerce; whether a PIN can be entered is not said.
    package static let electronicCommerce = ISO8583EntryMode(known: "810")
}

/// What the bank calls us by: elements that are the same in every message, by settings.
package struct ISO8583Terminal: Sendable, Hashable {
    /// DE 18: merchant category, four digits; nil: not sent.
    package var merchantType: String?
    /// DE 22
    package var entryMode: ISO8583EntryMode
    /// DE 25: two digits; nil: not sent.
    package var conditionCode: String?
    /// DE 43: up to forty printable characters; nil: not sent.
    package var location: String?

    package init(
        merchantType: String? = nil, entryMode: ISO8583EntryMode = .electronicCommerce,
        conditionCode: String? = nil, location: String? = nil
    ) {
        self.merchantType = merchantType
        self.entryMode = entryMode
        self.conditionCode = conditionCode
        self.location = location
    }
}

extension ISO8583Message {
    /// The message with the elements that the settings give; an inquiry has none of them.
    package func from(_ terminal: ISO8583Terminal) -> ISO8583Message {
        guard type != .inquiry else { return self }
        var message = self
        message.merchantType = terminal.merchantType
        message.conditionCode = terminal.conditionCode
        message.acceptorLocation = terminal.location
        if message.entryMode != nil { message.entryMode = terminal.entryMode }
        return message
    }
}
