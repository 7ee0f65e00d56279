package import Notation
import Vocabulary

/// An order as it is written down: one form for the answer, the digest that is confirmed, and the record.
package enum OrderDocument {
    package static func json(_ order: Order) -> JSON {
        ["reference": .text(order.reference.text), "lines": .array(order.lines.map(line))]
    }

    private static func line(_ line: OrderLine) -> JSON {
        var members = JSONObject()
        members.set("kind", .text(line.kind.rawValue))
        members.set("description", .text(line.description.text))
        members.set("quantity", .integer(Int64(line.quantity)))
        members.set("unit_amount", .integer(line.unitAmountMinor))
        if let number = line.productNumber { members.set("product_number", .text(number.text)) }
        if let prescription = line.prescription {
            members.set(
                "prescription",
                ["record": .text(prescription.record.text), "line": .text(prescription.line.text)])
        }
        return .object(members)
    }

    /// Reads back what `json` wrote; nil for anything else.
    package static func order(_ json: JSON) -> Order? {
        guard let object = json.object,
            let reference = try? object["reference"]?.text.map(OrderReference.init),
            let lines = object["lines"]?.array
        else { return nil }
        let read = lines.compactMap(orderLine)
        return read.count == lines.count ? Order(reference: reference, lines: read) : nil
    }

    private static func orderLine(_ json: JSON) -> OrderLine? {
        guard let object = json.object, let kind = object["kind"]?.text.flatMap(LineKind.init(rawValue:)),
            let text = object["description"]?.text,
            let description = try? PlainText(text, maximum: maximumDescription),
            let quantity = object["quantity"]?.integer, let amount = object["unit_amount"]?.integer
        else { return nil }
        // What stands there and cannot be read is an error, never as good as absent.
        let number = object["product_number"].map { $0.text.flatMap(ProductNumber.init) }
        let drawnOn = object["prescription"].map { $0.object.flatMap(prescription) }
        if case .some(.none) = number { return nil }
        if case .some(.none) = drawnOn { return nil }
        return OrderLine(
            kind: kind, description: description, quantity: Int(quantity), unitAmountMinor: amount,
            productNumber: number ?? nil, prescription: drawnOn ?? nil)
    }

    private static func prescription(_ object: JSONObject) -> PrescriptionLine? {
        guard let record = object["record"]?.text.flatMap(PrescriptionID.init),
            let line = object["line"]?.text, let text = try? PlainText(line, maximum: maximumDescription)
        else { return nil }
        return PrescriptionLine(record: record, line: text)
    }

    /// Characters in a line's description, at most.
    package static let maximumDescription = 500
}
