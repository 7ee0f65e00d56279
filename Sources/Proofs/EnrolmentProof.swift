import Notation
package import Vocabulary

/// The proof that whoever enrols a device holds its key: signed by the very key in its header.
package enum EnrolmentProof {
    /// Checks the signature with the header's `jwk` and reads the three members.
    ///
    /// It proves possession of the key alone. Whether the activation code is right is for the caller.
    package static func verify(_ compact: String) throws(ProofRefusal) -> VerifiedEnrolment {
        let jws = try UnverifiedJWS(compact: compact, expecting: .enrolment)
        guard let jwk = jws.unverifiedHeader["jwk"] else { throw .missingHeader("jwk") }
        let key = try DeviceKey(jwk: jwk)
        let payload = try Payload(parsing: jws.verified(by: key).payload)
        try payload.only(["activation_code", "name", "user_id"])
        return VerifiedEnrolment(
            key: key, userID: try payload.text("user_id"),
            activationCode: Redacted(try payload.text("activation_code")), name: try payload.text("name"))
    }

    /// Makes the proof, for the apps.
    package static func sign(
        userID: String, activationCode: String, name: String, key: SigningKey
    ) throws -> String {
        let payload: JSON = [
            "activation_code": .text(activationCode), "name": .text(name), "user_id": .text(userID),
        ]
        return try key.sign(
            type: .enrolment, header: [("jwk", key.publicKey.jwk)], payload: payload.canonical())
    }
}

/// What a device signed to be enrolled. Only the verifier above makes one.
package struct VerifiedEnrolment: Hashable, Sendable {
    /// The new device's key.
    package let key: DeviceKey
    /// The user ID as typed.
    package let userID: String
    /// The activation code as typed.
    package let activationCode: Redacted<String>
    /// What the customer calls the device, as typed.
    package let name: String

    fileprivate init(key: DeviceKey, userID: String, activationCode: Redacted<String>, name: String) {
        self.key = key
        self.userID = userID
        self.activationCode = activationCode
        self.name = name
    }
}
