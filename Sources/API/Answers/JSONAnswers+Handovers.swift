import Lifecycles
import Notation
import Vocabulary

extension JSONAnswers {
    static func json(_ hold: HoldSummary) -> JSON {
        [
            "id": .text(hold.id.text), "order_line": .integer(Int64(hold.orderLine)),
            "record": .text(hold.prescription.text), "line": .text(hold.line),
            "version": .integer(hold.version), "status": .text(hold.status.rawValue),
            "handover": .integer(Int64(hold.handover)), "handovers": .integer(Int64(hold.handovers)),
            "quantity": .integer(Int64(hold.quantity)),
        ]
    }

    static func json(_ handover: HandoverSummary) -> JSON {
        [
            "id": .text(handover.id.text), "object": "handover",
            "authorization": .text(handover.authorization.text), "final": .bool(handover.isFinal),
            "handed_over_at": .text(handover.handedOverAt.rfc3339),
            "undone_at": handover.undoneAt.map { .text($0.rfc3339) } ?? .null,
            "lines": .array(
                handover.parts.map { part in
                    [
                        "order_line": .integer(Int64(part.orderLine)), "hold": .text(part.hold.text),
                        "quantity": .integer(Int64(part.quantity)),
                    ]
                }),
        ]
    }
}

extension Schemas {
    static let orderLineIndex = Shape.integer(0...99, "The line of the order, from 0.")

    static let hold = ObjectSchema(
        "Hold", "A handover of a record line that this order holds.",
        [
            Property("id", Shape.identifier("hold"), required: true),
            Property("order_line", orderLineIndex, required: true),
            Property("record", Shape.identifier("prx"), required: true),
            Property("line", recordLine, required: true),
            Property("version", Shape.integer(1...Int64.max, "Of the record."), required: true),
            Property(
                "status", Shape.choice(HoldStatus.allCases.map(\.rawValue), "State."), required: true),
            Property(
                "handover", Shape.integer(1...Int64.max, "The number of the handover it uses."),
                required: true),
            Property("handovers", Shape.integer(1...Int64.max, "Of so many."), required: true),
            Property("quantity", Shape.integer(1...9_999, "Packages ordered."), required: true),
        ])

    static let handedOverLine = ObjectSchema(
        "HandedOverLine", "What one handover gave on one line.",
        [
            Property("order_line", orderLineIndex, required: true),
            Property("hold", Shape.identifier("hold"), required: true),
            Property("quantity", dispensed, required: true),
        ])

    static let handover = ObjectSchema(
        "Handover", "A handover, or one part of one.",
        [
            Property("id", Shape.identifier("hnd"), required: true),
            Property("object", Shape.constant("handover"), required: true),
            Property("authorization", Shape.identifier("auth"), required: true),
            Property("final", Shape.boolean("Nothing more comes for these lines."), required: true),
            Property("handed_over_at", Shape.instant("When it was recorded."), required: true),
            Property("undone_at", Shape.orNull(Shape.instant("Null while it stands.")), required: true),
            Property("lines", Shape.list(handedOverLine.reference, 1...100), required: true),
        ])
}
