extension ISO8583Message: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Message type and elements by number; the card number and data element 48 are masked.
    package var description: String {
        let elements = ISO8583Element.allCases.compactMap { element -> String? in
            switch element {
            case .cardNumber: cardNumber.map { "2=\($0)" }
            case .additionalData: additional.map { _ in "48=[masked]" }
            default: (try? text(of: element)).flatMap { $0 }.map { "\(element.rawValue)=\($0)" }
            }
        }
        return ([type.rawValue] + elements).joined(separator: " ")
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
