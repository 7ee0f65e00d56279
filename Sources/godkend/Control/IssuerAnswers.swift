import Lifecycles
import Notation
import Operations
import Vocabulary

/// What the issuer is told, as JSON.
enum IssuerAnswers {
    static func customer(_ view: CustomerView) -> JSON {
        [
            "customer": .text(view.id.text), "user_id": .text(view.userID),
            "name": .text(view.name.exposed()),
            "status": view.isErased ? "erased" : view.isBlocked ? "blocked" : "valid",
            "certificate": view.isCertificateValid ? "valid" : "blocked",
            "reported_until": optional(view.reportedUntil?.rfc3339),
            "created_at": .text(view.createdAt.rfc3339), "factors": .array(view.factors.map(factor)),
            "cards": .array(
                view.cards.map {
                    [
                        "id": .text($0.id.text), "brand": .text($0.brand), "last4": .text($0.last4),
                        "status": $0.isBlocked ? "blocked" : "valid",
                    ]
                }),
            "alerts": .array(
                view.alerts.map { ["kind": .text($0.kind.rawValue), "at": .text($0.at.rfc3339)] }),
        ]
    }

    private static func factor(_ view: FactorView) -> JSON {
        [
            "factor": .text(view.factor.rawValue), "id": .text(view.id), "name": optional(view.name),
            "status": .text(view.status), "since": .text(view.since.rfc3339),
            "codes_left": view.codesLeft.map { .integer(Int64($0)) } ?? .null,
            "may_confirm_from": optional(view.mayConfirmFrom?.rfc3339),
        ]
    }

    private static func optional(_ text: String?) -> JSON {
        text.map { .text($0) } ?? .null
    }

    /// A key card with its codes: the one time they are shown.
    static func keyCard(_ card: IssuedKeyCard) -> JSON {
        ["key_card": .text(card.id.text), "codes": codes(card)]
    }

    static func codes(_ card: IssuedKeyCard) -> JSON {
        var codes = JSONObject()
        for entry in card.codes { codes.set(entry.number, .text(entry.code)) }
        return .object(codes)
    }
}
