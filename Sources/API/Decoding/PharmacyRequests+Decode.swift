import Notation
import Operations
import Vocabulary

extension Schemas {
    static let dispensed = Shape.integer(1...9_999, "Packages.")
    static let productNumber = Shape.pattern("^[0-9]{6}$", "Varenummer.")
    static let recordLine = Shape.text(1...64, "Identifier of the line in the record.")

    static let verifyLine = ObjectSchema(
        "VerifyLine", "One line to be tried.",
        [
            Property("line", recordLine, required: true),
            Property("product_number", productNumber, required: true),
            Property("quantity", dispensed, required: true),
        ])

    static let verify = ObjectSchema(
        "VerifyRequest", "What would be sold; without lines all of the record, as prescribed.",
        [Property("lines", Shape.list(verifyLine.reference, 1...100))])

    static let handoverLine = ObjectSchema(
        "HandoverLineRequest", "What is handed over on one line.",
        [
            Property("line", recordLine, required: true),
            Property("record", Shape.identifier("prx")),
            Property("product_number", productNumber, required: true),
            Property("quantity", dispensed, required: true),
            Property("batch", Shape.text(1...64, "Batch number of the packages."), required: true),
        ])

    static let handoverRequest = ObjectSchema(
        "HandoverRequest", "What is handed over; final: nothing more comes for these lines.",
        [
            Property("lines", Shape.list(handoverLine.reference, 1...100), required: true),
            Property("final", Shape.boolean("False unless you say otherwise.")),
        ])

    static let undoRequest = ObjectSchema(
        "UndoRequest", "Why a handover is taken back, and whether the medicine is owed again.",
        [
            Property("reason", Shape.text(1...200, "One line of text."), required: true),
            Property(
                "reopen", Shape.boolean("True: the handover may be used again. False: it stays used up."),
                required: true),
        ])
}

extension DryRunRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.verify)
        guard fields.object["lines"] != nil else {
            self.init()
            return
        }
        self.init(lines: try fields.each("lines", of: Schemas.verifyLine, Line.init))
    }
}

extension DryRunRequest.Line {
    fileprivate init(_ fields: Fields) throws(Refusal) {
        self.init(
            line: try fields.rawText("line", maximum: 64), product: try fields.productNumber(),
            quantity: Int(try fields.integer("quantity", in: 1...9_999)))
    }
}

extension HandoverRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.handoverRequest)
        self.init(
            lines: try fields.each("lines", of: Schemas.handoverLine, Line.init),
            isFinal: try fields.bool("final", default: false))
    }
}

extension HandoverRequest.Line {
    fileprivate init(_ fields: Fields) throws(Refusal) {
        self.init(
            line: try fields.rawText("line", maximum: 64),
            record: fields.object["record"] == nil ? nil : try fields.identifier("record"),
            product: try fields.productNumber(),
            quantity: Int(try fields.integer("quantity", in: 1...9_999)),
            batch: try fields.plainText("batch", maximum: 64))
    }
}

extension UndoRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.undoRequest)
        _ = try fields.value("reopen")
        self.init(
            reason: try fields.plainText("reason", maximum: 200),
            reopen: try fields.bool("reopen", default: false))
    }
}

extension Fields {
    /// The elements of a list of 1 to 100 objects, each with its own path.
    fileprivate func each<Element>(
        _ name: String, of schema: ObjectSchema, _ read: (Fields) throws(Refusal) -> Element
    ) throws(Refusal) -> [Element] {
        guard case .array(let elements) = try value(name), (1...100).contains(elements.count) else {
            throw invalid(name, "Send 1 to 100 lines.")
        }
        var found: [Element] = []
        for (index, element) in elements.enumerated() {
            found.append(try read(try Fields(element, at: "\(path(of: name))[\(index)]", schema: schema)))
        }
        return found
    }

    /// A varenummer under its usual name.
    func productNumber() throws(Refusal) -> ProductNumber {
        guard let number = ProductNumber(try rawText("product_number", maximum: 16)) else {
            throw invalid("product_number", "Send a varenummer of six digits.")
        }
        return number
    }
}
