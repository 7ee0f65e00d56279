/// Every kind of signed object there is, by its `typ`: the one closed table of SCA-34.
///
/// A verifier names the one kind it takes, so no signed object can be offered in place of another.
package enum SignedObjectType: String, CaseIterable, Sendable {
    /// One request of a device (CONTRACT section 5).
    case deviceProof = "godkend-device+jws"
    /// Possession of a new device's key.
    case enrolment = "godkend-enrol+jws"
    /// A customer's answer to a confirmation.
    case answer = "godkend-answer+jws"
    /// The gateway's proof of a result.
    case receipt = "godkend-receipt+jws"
    /// A prescription record.
    case prescription = "godkend-prescription+jws"
    /// The cancellation of a prescription record.
    case prescriptionCancel = "godkend-prescription-cancel+jws"
}

extension SignedObjectType {
    /// Whose key signs it.
    package var signedBy: String {
        switch self {
        case .deviceProof, .answer: "the enrolled device key named by kid"
        case .enrolment: "the new device key in jwk"
        case .receipt: "a receipt key of the gateway, named by its thumbprint in kid"
        case .prescription, .prescriptionCancel: "the prescriber's or register's certificate, first in x5c"
        }
    }

    /// The one place that takes it.
    package var verifiedAt: String {
        switch self {
        case .deviceProof: "the Authorization header of the device routes"
        case .enrolment: "POST /app/v1/devices"
        case .answer: "POST /app/v1/confirmations/{id}/answer"
        case .receipt: "whoever holds the receipt, with /.well-known/jwks.json"
        case .prescription: "POST /v1/prescriptions"
        case .prescriptionCancel: "POST /v1/prescriptions/{id}/cancel"
        }
    }

    /// The header members it may have. `crit`, `b64`, `jku` and `x5u` are in none of the sets.
    package var allowedHeaders: Set<String> {
        switch self {
        case .deviceProof, .answer, .receipt: ["alg", "typ", "kid"]
        case .enrolment: ["alg", "typ", "jwk"]
        case .prescription, .prescriptionCancel: ["alg", "typ", "kind", "x5c", "x5t#S256", "iat"]
        }
    }

    /// The header members it must have, in the order in which a missing one is named.
    package var requiredHeaders: [String] {
        switch self {
        case .deviceProof, .answer, .receipt: ["alg", "typ", "kid"]
        case .enrolment: ["alg", "typ", "jwk"]
        case .prescription, .prescriptionCancel: ["alg", "typ", "kind", "x5c", "x5t#S256", "iat"]
        }
    }

    /// The longest compact text taken, in bytes. A prescription carries certificates and a bundle.
    package var maximumBytes: Int {
        switch self {
        case .prescription: 256 * 1024
        default: 32 * 1024
        }
    }
}
