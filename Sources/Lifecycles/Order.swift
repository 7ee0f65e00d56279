package import Vocabulary

/// What the shop sells, as it was asked and as it will be confirmed; never changed afterwards.
package struct Order: Sendable, Hashable {
    package let reference: OrderReference
    package let lines: [OrderLine]

    package init(reference: OrderReference, lines: [OrderLine]) {
        self.reference = reference
        self.lines = lines
    }
}

extension Order {
    /// The order as lists and notices show it: what somebody takes is nobody else's business (RX-PRIVACY).
    package var withoutProducts: Order {
        Order(
            reference: reference,
            lines: lines.filter { $0.productNumber == nil && $0.prescription == nil && $0.kind != .medicine })
    }

    package var namesProducts: Bool { withoutProducts.lines.count < lines.count }
}

/// One line of an order: `quantity` × `unitAmountMinor`, both as the shop wrote them.
package struct OrderLine: Sendable, Hashable {
    package let kind: LineKind
    package let description: PlainText
    /// 1 to 9999.
    package let quantity: Int
    /// Minor units of the authorization's currency; negative for a discount or a subsidy.
    package let unitAmountMinor: Int64
    package let productNumber: ProductNumber?
    package let prescription: PrescriptionLine?

    package init(
        kind: LineKind, description: PlainText, quantity: Int, unitAmountMinor: Int64,
        productNumber: ProductNumber?, prescription: PrescriptionLine?
    ) {
        self.kind = kind
        self.description = description
        self.quantity = quantity
        self.unitAmountMinor = unitAmountMinor
        self.productNumber = productNumber
        self.prescription = prescription
    }
}

/// The line of a prescription record that an order line draws on.
package struct PrescriptionLine: Sendable, Hashable {
    package let record: PrescriptionID
    package let line: PlainText

    package init(record: PrescriptionID, line: PlainText) {
        self.record = record
        self.line = line
    }
}
