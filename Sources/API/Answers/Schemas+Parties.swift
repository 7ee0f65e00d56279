import Lifecycles
import Notation
import Operations
import Vocabulary

extension Schemas {
    static let page = ObjectSchema(
        "ConfirmationPage", "What the confirmation page shows.",
        [
            Property("id", Shape.identifier("cnf"), required: true),
            Property("status", confirmationStatus, required: true),
            Property(
                "kind",
                Shape.choice(
                    [ConfirmationKind.cardPayment, .prescriptionLookup].map(\.rawValue), "What is asked."),
                required: true),
            Property("payee", Shape.text(1...130, "The shop's name."), required: true),
            Property("amount", amount),
            Property("currency", Shape.pattern("^[A-Z]{3}$", "ISO 4217, with an amount.")),
            Property("amount_text", Shape.text(1...40, "As a Danish reader expects it.")),
            Property("match_code", Shape.pattern("^[0-9]{2}$|^[0-9]{6}$", "Only while pending.")),
            Property("expires_at", Shape.instant("When it dies."), required: true),
            Property("return_url", ["type": "string", "format": "uri"]),
        ])

    static let enrolledDevice = ObjectSchema(
        "EnrolledDevice", "A device that now belongs to the customer.",
        [
            Property("id", Shape.identifier("dev"), required: true),
            Property("may_confirm_from", Shape.instant("Before that it may not confirm."), required: true),
        ])

    static let pending = list(
        "PendingConfirmations",
        ObjectSchema(
            "PendingConfirmation", "A confirmation that waits for this device.",
            [
                Property("id", Shape.identifier("cnf"), required: true),
                Property(
                    "statement", ["type": "string", "description": "RFC 8785 text to sign."], required: true),
                Property("expires_at", Shape.instant("When it dies."), required: true),
            ]))

    static let answered = ObjectSchema(
        "Answered", "How the confirmation ended.",
        [
            Property("id", Shape.identifier("cnf"), required: true),
            Property("status", confirmationStatus, required: true),
        ])

    static let devices = list(
        "Devices",
        ObjectSchema(
            "Device", "One of the customer's devices.",
            [
                Property("id", Shape.identifier("dev"), required: true),
                Property("name", ["type": "string"], required: true),
                Property("status", ["type": "string"], required: true),
                Property(
                    "may_confirm_from", Shape.instant("Before that it may not confirm."), required: true),
            ]))

    static let refusedDevice = ObjectSchema(
        "RefusedDevice", "The newcomer is no device any more.",
        [
            Property("id", Shape.identifier("dev"), required: true),
            Property("status", Shape.constant("refused"), required: true),
        ])

    static let challenge = ObjectSchema(
        "SignInChallenge", "One way to go on.",
        [
            Property("factor", Shape.choice(Factor.allCases.map(\.rawValue), "Factor."), required: true),
            Property("key_number", Shape.pattern("^[0-9]{4}$", "Beside the code on the key card.")),
        ])

    static let signInStarted = ObjectSchema(
        "SignIn", "A sign-in that waits for its second step; the same shape for an unknown user.",
        [
            Property("id", Shape.identifier("sin"), required: true),
            Property("challenges", Shape.list(challenge.reference, 0...10), required: true),
        ])

    static let signInQuestion = ObjectSchema(
        "SignInQuestion", "The code app was asked; ask again until it has answered.",
        [
            Property("id", Shape.identifier("sin"), required: true),
            Property("status", Shape.constant("pending"), required: true),
            Property("confirmation", confirmation.reference, required: true),
        ])

    static let session = ObjectSchema(
        "Session", "A session of the customer.",
        [
            Property(
                "token", ["type": "string", "description": "For Authorization: Bearer."], required: true),
            Property("expires_at", Shape.instant("When it ends."), required: true),
        ])

    static let factors = list(
        "Factors",
        ObjectSchema(
            "FactorStatus", "One authenticator of the customer.",
            [
                Property("factor", Shape.choice(Factor.allCases.map(\.rawValue), "Factor."), required: true),
                Property("id", ["type": "string"], required: true),
                Property("name", ["type": "string"]),
                Property("status", ["type": "string"], required: true),
                Property("since", Shape.instant("Since when."), required: true),
                Property("codes_left", Shape.integer(0...148, "Key card only.")),
                Property("may_confirm_from", Shape.instant("Code app only.")),
            ]))

    static let activationCode = ObjectSchema(
        "ActivationCode", "Shown once.",
        [
            Property("activation_code", ["type": "string"], required: true),
            Property("expires_at", Shape.instant("Until when it is good."), required: true),
        ])

    static let keyCard = ObjectSchema(
        "KeyCard", "A key card on its way.",
        [
            Property("id", Shape.identifier("kcd"), required: true),
            Property("codes_left", Shape.integer(0...148, "Codes on it."), required: true),
        ])

    static let problem = ObjectSchema(
        "Problem", "RFC 9457, with an error object for client libraries.",
        [
            Property("type", ["type": "string", "format": "uri"], required: true),
            Property("title", ["type": "string"], required: true),
            Property("status", Shape.integer(400...599, "HTTP status."), required: true),
            Property("detail", ["type": "string"], required: true),
            Property("instance", ["type": "string", "format": "uri"], required: true),
            Property("error", problemError.reference, required: true),
        ])

    static let problemError = ObjectSchema(
        "ProblemError", "The same in the words of payment APIs.",
        [
            Property("type", Shape.choice(ErrorType.allCases.map(\.rawValue), "Kind."), required: true),
            Property("code", Shape.choice(ErrorCode.allCases.map(\.rawValue), "Code."), required: true),
            Property("decline_code", Shape.orNull(["type": "string"]), required: true),
            Property("param", Shape.orNull(["type": "string"]), required: true),
            Property("message", ["type": "string"], required: true),
            Property("doc_url", ["type": "string", "format": "uri"], required: true),
        ])

    private static func list(_ name: String, _ element: ObjectSchema) -> ObjectSchema {
        ObjectSchema(
            name, "All of them.",
            [Property("data", ["type": "array", "items": element.json], required: true)])
    }

    /// Everything that stands under `components.schemas`.
    static let all: [ObjectSchema] =
        [
            tokenize, authorize, order, orderLine, prescriptionLine, capture, cancel, refund, attempt, enrol,
            signIn,
            completeSignIn, block, activation, empty, card, cardToken, confirmation, decline, decision,
            authorization,
            refundObject, list(of: authorization), list(of: refundObject), attemptAnswer, page,
            enrolledDevice,
            pending,
            answered, devices, refusedDevice, challenge, signInStarted, signInQuestion, session, factors,
            activationCode, keyCard,
            lookupRequest, lookup, prescriptionSummary, problem, problemError, keySet,
            leaf, leafFields, leafCommitment,
        ] + ofPharmacies
}
