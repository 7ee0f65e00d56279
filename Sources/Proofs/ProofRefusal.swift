/// Why something is not authentic. Member names are carried, values never.
package enum ProofRefusal: Error, Hashable, Sendable {
    /// Not three strict base64url parts with a JSON object as header and, where asked for, as payload.
    case malformed
    /// Longer than its kind may be.
    case tooLarge
    /// `typ` is missing or names another kind of signed object.
    case wrongType
    /// `alg` is missing or is not ES256.
    case wrongAlgorithm
    /// A header member that this kind of object does not have.
    case forbiddenHeader(String)
    /// A header member that this kind of object must have, or one of the wrong JSON type.
    case missingHeader(String)
    /// The signature does not belong to these bytes and this key.
    case badSignature
    /// Not a P-256 public key that we take.
    case badKey
    /// Signed by a key that the verifier does not know.
    case unknownKey
    /// The payload is not the RFC 8785 form of its own content.
    case notCanonical
    /// A payload member has another value than it must, or the wrong JSON type.
    case wrongMember(String)
    /// A payload member is not there.
    case missingMember(String)
    /// A payload member that this kind of object does not have.
    case unknownMember(String)
    /// The proof names another device than it was checked for.
    case wrongDevice
    /// `htm` is not the method of the request.
    case wrongMethod
    /// `htu` is not the address of the request.
    case wrongTarget
    /// The nonce is missing, too old or not ours.
    case staleNonce
    /// A sealed value was changed, belongs elsewhere or was sealed under another key.
    case cannotOpen
}

extension ProofRefusal {
    /// One sentence that says what to mend. Member names come from the caller and are cut to 64 characters.
    package var explanation: String {
        switch self {
        case .malformed:
            "Send a compact JWS: three base64url parts without padding, with JSON objects inside."
        case .tooLarge: "The signed object is too long."
        case .wrongType: "The header member typ must name the kind of object that this route takes."
        case .wrongAlgorithm: "The header member alg must be ES256."
        case .forbiddenHeader(let name): "The header member \(name.prefix(64)) is not allowed here."
        case .missingHeader(let name):
            "The header member \(name.prefix(64)) is missing or has the wrong type."
        case .badSignature: "The signature does not fit the content and the key."
        case .badKey:
            "The key must be a P-256 public key as a JWK with kty, crv, x and y, and nothing private."
        case .unknownKey: "The key that signed is not known here."
        case .notCanonical: "The payload must be exactly the RFC 8785 form of its content."
        case .wrongMember(let name): "The payload member \(name.prefix(64)) is not what it must be."
        case .missingMember(let name): "The payload member \(name.prefix(64)) is missing."
        case .unknownMember(let name): "The payload member \(name.prefix(64)) is not known here."
        case .wrongDevice: "The header member kid must name the device that signs."
        case .wrongMethod: "The payload member htm must be the method of this request."
        case .wrongTarget: "The payload member htu must be the address of this request without its query."
        case .staleNonce: "Sign again with the value of the Device-Nonce header."
        case .cannotOpen: "The sealed value cannot be opened."
        }
    }
}
