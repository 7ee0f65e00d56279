import Lifecycles
import Notation
import Operations
import Vocabulary

extension Order {
    static let maximumLines = 100

    /// `needsProducts`: what a pharmacy sells has a product number.
    init(json: JSON, at path: String, totalMinor: Int64, needsProducts: Bool) throws(Refusal) {
        let fields = try Fields(json, at: path, schema: Schemas.order)
        guard case .array(let elements) = try fields.value("lines"), !elements.isEmpty,
            elements.count <= Self.maximumLines
        else { throw fields.invalid("lines", "Send 1 to \(Self.maximumLines) lines.") }
        var lines: [OrderLine] = []
        for (index, element) in elements.enumerated() {
            let path = "\(fields.path(of: "lines"))[\(index)]"
            lines.append(try OrderLine(json: element, at: path, needsProducts: needsProducts))
        }
        // 100 lines of 9999 at most 10^12 each stay below 2^63.
        let sum = lines.reduce(0) { $0 + Int64($1.quantity) * $1.unitAmountMinor }
        guard sum == totalMinor else {
            throw Refusal(.orderSumMismatch, parameter: fields.path(of: "lines"))
        }
        self.init(reference: try Self.reference(fields), lines: lines)
    }

    private static func reference(_ fields: Fields) throws(Refusal) -> OrderReference {
        guard case .text(let text) = try fields.value("reference") else {
            throw fields.invalid("reference", "Send a string.")
        }
        do {
            return try OrderReference(text)
        } catch {
            throw fields.invalid("reference", error.explanation)
        }
    }
}

extension OrderLine {
    init(json: JSON, at path: String, needsProducts: Bool) throws(Refusal) {
        let fields = try Fields(json, at: path, schema: Schemas.orderLine)
        let kind = fields.object["kind"] == nil ? .goods : try fields.choice("kind", of: LineKind.allCases)
        if needsProducts, kind == .goods || kind == .medicine, fields.object["product_number"] == nil {
            throw Refusal(
                .parameterMissing, parameter: fields.path(of: "product_number"),
                detail: "Goods and medicine of a pharmacy need their varenummer.")
        }
        self.init(
            kind: kind,
            description: try fields.plainText("description", maximum: OrderDocument.maximumDescription),
            quantity: Int(try fields.integer("quantity", in: 1...9_999)),
            unitAmountMinor: try Self.unitAmount(fields, of: kind),
            productNumber: try Self.productNumber(fields), prescription: try Self.prescription(fields))
    }

    /// Discount and subsidy are below zero, everything else is zero or above.
    private static func unitAmount(_ fields: Fields, of kind: LineKind) throws(Refusal) -> Int64 {
        let amount = try fields.integer("unit_amount", in: -Money.maximumMinor...Money.maximumMinor)
        switch kind {
        case .goods, .medicine, .fee:
            guard amount >= 0 else {
                throw fields.invalid("unit_amount", "Only a discount or a subsidy has a negative amount.")
            }
        case .discount, .subsidy:
            guard amount < 0 else {
                throw fields.invalid("unit_amount", "A discount or a subsidy has a negative amount.")
            }
        }
        return amount
    }

    private static func productNumber(_ fields: Fields) throws(Refusal) -> ProductNumber? {
        fields.object["product_number"] == nil ? nil : try fields.productNumber()
    }

    private static func prescription(_ parent: Fields) throws(Refusal) -> PrescriptionLine? {
        guard let value = parent.object["prescription"] else { return nil }
        let fields = try Fields(value, at: parent.path(of: "prescription"), schema: Schemas.prescriptionLine)
        return PrescriptionLine(
            record: try fields.identifier("record"), line: try fields.plainText("line", maximum: 64))
    }
}
