/// How a host writes its messages, where ISO 8583:1987 leaves it open.
package struct ISO8583Dialect: Sendable, Hashable {
    /// How the parts of a message become bytes.
    package enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// Characters throughout: the bitmap and binary elements as hexadecimal digits.
        case ascii
        /// Characters, but for bitmaps and binary elements, which are raw bytes.
        case asciiBinary = "ascii_binary"
        /// Two digits a byte in message type, lengths and numeric elements; bitmaps and binary elements raw.
        case bcd
    }

    /// How element 49 says the currency. Both are read, whatever is sent.
    package enum CurrencyForm: String, Sendable, Hashable, CaseIterable {
        /// `208`
        case numeric
        /// `DKK`
        case letters
    }

    package var encoding: Encoding
    package var currencyForm: CurrencyForm

    package init(encoding: Encoding = .ascii, currencyForm: CurrencyForm = .numeric) {
        self.encoding = encoding
        self.currencyForm = currencyForm
    }
}
