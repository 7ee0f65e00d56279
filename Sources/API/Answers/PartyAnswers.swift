import Lifecycles
import Notation
import Operations
import Vocabulary

/// What devices, customers and confirmation pages are answered with.
enum PartyAnswers {
    static func json(_ page: ConfirmationPageView) -> JSON {
        var object: JSONObject = [
            "id": .text(page.id.text), "status": .text(page.status.rawValue),
            "kind": .text(page.kind.rawValue), "payee": .text(page.payee),
        ]
        if let money = page.money {
            object.set("amount", .integer(money.amountMinor))
            object.set("currency", .text(money.currency.code))
            object.set("amount_text", .text(money.danish))
        }
        if let code = page.matchCode { object.set("match_code", .text(code.text)) }
        object.set("expires_at", .text(page.expiresAt.rfc3339))
        if let address = page.returnURL { object.set("return_url", .text(address)) }
        return .object(object)
    }

    static func json(_ device: EnrolledDevice) -> JSON {
        ["id": .text(device.id.text), "may_confirm_from": .text(device.mayConfirmFrom.rfc3339)]
    }

    static func json(_ pending: [PendingStatement]) -> JSON {
        let data = pending.map { statement -> JSON in
            [
                "id": .text(statement.id.text), "statement": .text(statement.statement),
                "expires_at": .text(statement.expiresAt.rfc3339),
            ]
        }
        return ["data": .array(data)]
    }

    /// The app is told how the confirmation ended, never why the shop was declined.
    static func answered(_ attempt: FactorAttempt) -> JSON {
        ["id": .text(attempt.confirmation.text), "status": .text(attempt.status.rawValue)]
    }

    static func json(_ devices: [DeviceView]) -> JSON {
        let data = devices.map { device -> JSON in
            [
                "id": .text(device.id.text), "name": .text(device.name), "status": .text(device.status),
                "may_confirm_from": .text(device.mayConfirmFrom.rfc3339),
            ]
        }
        return ["data": .array(data)]
    }

    static func json(_ signIn: SignInStarted) -> JSON {
        let challenges = signIn.challenges.map { challenge -> JSON in
            var object: JSONObject = ["factor": .text(challenge.factor.rawValue)]
            if let number = challenge.keyNumber { object.set("key_number", .text(number)) }
            return .object(object)
        }
        return ["id": .text(signIn.id.text), "challenges": .array(challenges)]
    }

    /// The app was asked; the same request again tells whether it has answered.
    static func json(_ question: SignInQuestion, of id: SignInID) -> JSON {
        [
            "id": .text(id.text), "status": "pending",
            "confirmation": [
                "id": .text(question.confirmation.text), "status": "pending",
                "match_code": .text(question.matchCode.text), "expires_at": .text(question.expiresAt.rfc3339),
            ],
        ]
    }

    static func json(_ session: SessionStarted) -> JSON {
        ["token": .text(session.token.exposed()), "expires_at": .text(session.expiresAt.rfc3339)]
    }

    static func json(_ factors: [FactorView]) -> JSON {
        let data = factors.map { factor -> JSON in
            var object: JSONObject = [
                "factor": .text(factor.factor.rawValue), "id": .text(factor.id),
                "status": .text(factor.status), "since": .text(factor.since.rfc3339),
            ]
            if let name = factor.name { object.set("name", .text(name)) }
            if let left = factor.codesLeft { object.set("codes_left", .integer(Int64(left))) }
            if let from = factor.mayConfirmFrom { object.set("may_confirm_from", .text(from.rfc3339)) }
            return .object(object)
        }
        return ["data": .array(data)]
    }

    static func json(_ activation: ActivationOrdered) -> JSON {
        [
            "activation_code": .text(activation.activationCode.exposed()),
            "expires_at": .text(activation.expiresAt.rfc3339),
        ]
    }

    static func json(_ card: KeyCardOrdered) -> JSON {
        ["id": .text(card.id.text), "codes_left": .integer(Int64(card.codesLeft))]
    }
}
