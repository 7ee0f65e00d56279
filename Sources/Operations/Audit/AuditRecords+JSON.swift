import Lifecycles
import Notation
import Records
import Vocabulary

extension JSON {
    /// A text, or null.
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

extension AskedQuestion {
    var json: JSON {
        [
            "id": .text(id.text), "status": .text(status.rawValue), "reason": JSON(reason?.rawValue),
            "payee": .text(payee), "issued_at": .text(issuedAt.rfc3339),
            "expires_at": .text(expiresAt.rfc3339), "ended_at": JSON(endedAt?.rfc3339),
        ]
    }
}

extension GivenAnswer {
    var json: JSON {
        [
            "device": .text(device.text), "verdict": .text(verdict.rawValue),
            "verified_by": .text(verifiedBy.rawValue), "certificate": .text(certificate),
            "at": .text(answeredAt.rfc3339), "sha256": .text(Hex.encode(digest)), "jws": .text(compact),
        ]
    }
}

extension AcquirerCall {
    var json: JSON {
        [
            "id": .text(id.text), "kind": .text(kind.rawValue), "amount": .integer(amountMinor),
            "status": .text(status.rawValue), "network_code": JSON(networkCode?.text),
            "trace_number": .text(reference.traceNumber),
            "retrieval_reference": .text(reference.retrievalReference), "at": .text(createdAt.rfc3339),
            "ended_at": JSON(endedAt?.rfc3339), "advice": JSON(advice),
        ]
    }
}

extension ToldNotice {
    var json: JSON {
        [
            "id": .text(id.text), "type": .text(type), "at": .text(createdAt.rfc3339),
            "delivered_at": JSON(deliveredAt?.rfc3339),
        ]
    }
}

extension HoldSummary {
    var auditJSON: JSON {
        [
            "id": .text(id.text), "line": .integer(Int64(orderLine)), "record": .text(prescription.text),
            "status": .text(status.rawValue), "handover": .integer(Int64(handover)),
            "handovers": .integer(Int64(handovers)),
        ]
    }
}

extension HandoverSummary {
    var auditJSON: JSON {
        [
            "id": .text(id.text), "at": .text(handedOverAt.rfc3339), "final": .bool(isFinal),
            "undone_at": JSON(undoneAt?.rfc3339),
            "parts": .array(
                parts.map {
                    ["line": .integer(Int64($0.orderLine)), "quantity": .integer(Int64($0.quantity))]
                }),
        ]
    }
}
