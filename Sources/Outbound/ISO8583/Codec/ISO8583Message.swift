package import Vocabulary

/// One message in the ASCII form of ISO 8583:1987, each data element as a value of the trade.
///
/// Written as four digits of message type, one or two bitmaps of 16 upper-case hexadecimal digits, and the
/// elements in ascending order. Printing it shows neither the card number nor data element 48.
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
    /// DE 22
    package var entryMode: ISO8583EntryMode?
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
package enum ISO8583EntryMode: String, Sendable, Hashable, CaseIterable {
    /// Electronic commerce; whether a PIN can be entered is not said.
    case electronicCommerce = "810"
}
