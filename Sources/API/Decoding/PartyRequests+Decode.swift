import Notation
import Operations
import Vocabulary

extension Schemas {
    private static let factor = Shape.choice(Factor.allCases.map(\.rawValue), "Which authenticator.")
    /// What goes with a password.
    static let second: [Factor] = [.app, .keyCard, .codeToken]
    private static let secondFactor = Shape.choice(second.map(\.rawValue), "Which authenticator.")
    private static let code = Shape.text(1...64, "What the customer typed.")

    static let attempt = ObjectSchema(
        "AttemptRequest", "Another factor that the customer offers. The code is not looked at.",
        [
            Property("factor", Shape.choice(offered.map(\.rawValue), "Which factor."), required: true),
            Property("code", code),
        ])

    /// Everything but the app, which answers by its own route.
    static let offered: [Factor] = [.keyCard, .codeToken, .password]

    static let enrol = ObjectSchema(
        "DeviceRequest", "A new code app with the key that it has made.",
        [
            Property("user_id", Shape.text(1...128, "User ID or CPR number."), required: true),
            Property("activation_code", Shape.text(1...64, "As the customer got it."), required: true),
            Property("name", Shape.text(1...64, "What the customer calls the device."), required: true),
            Property("proof", Shape.text(1...8192, "Compact JWS, signed by the new key."), required: true),
        ])

    static let signIn = ObjectSchema(
        "SignInRequest", "The first step of a sign-in.",
        [
            Property("user_id", Shape.text(1...128, "User ID or CPR number."), required: true),
            Property("password", Shape.text(1...256, "Password."), required: true),
        ])

    static let completeSignIn = ObjectSchema(
        "SignInAnswer", "The second step of a sign-in.",
        [Property("factor", secondFactor, required: true), Property("code", code)])

    static let block = ObjectSchema(
        "BlockRequest", "What to block at once; without id all of the kind.",
        [
            Property("factor", factor, required: true),
            Property("id", Shape.text(1...64, "As GET /me/v1/factors gave it.")),
        ])

    static let activation = ObjectSchema(
        "ActivationCodeRequest",
        "Nothing on a session's own strength; or password and one other factor, never one alone.",
        [
            Property("password", Shape.text(1...256, "Password.")),
            Property("factor", secondFactor), Property("code", code),
        ])

    static let empty = ObjectSchema("EmptyRequest", "Nothing.", [])
}

extension FactorOffer {
    /// Takes factor and code; what is asked decides whether the code is looked at (SCA-06).
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.attempt)
        let code = fields.object["code"] == nil ? nil : try fields.secret("code", maximum: 64)
        self.init(factor: try fields.choice("factor", of: Schemas.offered), code: code)
    }
}

extension EnrolRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.enrol)
        self.init(
            userID: try fields.rawText("user_id", maximum: 128),
            activationCode: try fields.secret("activation_code", maximum: 64),
            name: try fields.plainText("name", maximum: 64).text,
            proof: try fields.rawText("proof", maximum: 8192))
    }
}

/// `POST /me/v1/sign_ins`.
struct SignInRequest {
    let userID: String
    let password: Redacted<String>

    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.signIn)
        userID = try fields.rawText("user_id", maximum: 128)
        password = try fields.secret("password", maximum: 256)
    }
}

/// `POST /me/v1/sign_ins/{id}`.
struct SignInAnswer {
    let factor: Factor
    let code: Redacted<String>?

    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.completeSignIn)
        factor = try fields.choice("factor", of: Schemas.second)
        code = fields.object["code"] == nil ? nil : try fields.secret("code", maximum: 64)
    }
}

extension BlockRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.block)
        self.init(
            factor: try fields.choice("factor", of: Factor.allCases),
            id: fields.object["id"] == nil ? nil : try fields.rawText("id", maximum: 64))
    }
}

extension ActivationOrder {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.activation)
        self.init(
            password: try fields.secret("password", maximum: 256),
            factor: try fields.choice("factor", of: Schemas.second),
            code: fields.object["code"] == nil ? nil : try fields.secret("code", maximum: 64))
    }
}
