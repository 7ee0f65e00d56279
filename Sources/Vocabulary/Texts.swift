/// The name of a shop as the customer sees it, in full, when confirming (SCA-05): 1 to 130 characters.
package struct DisplayName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(TextError) {
        try checkText(text, maximum: 130)
        self.text = text
    }

    package var description: String { text }
}

/// One line of text of a stated length, by the same character rules as a shop's name.
package struct PlainText: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String, maximum: Int) throws(TextError) {
        try checkText(text, maximum: maximum)
        self.text = text
    }

    package var description: String { text }
}

/// The shop's own name for an order: 1 to 64 characters.
package struct OrderReference: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(TextError) {
        try checkText(text, maximum: 64)
        self.text = text
    }

    package var description: String { text }
}
