package import Notation
import Crypto
import Vocabulary

/// A P-256 public key: of a device, or of the gateway's receipts.
///
/// The point is checked to be on the curve when the key is made.
package struct DeviceKey: Hashable, Sendable {
    /// The coordinates x and y, 32 bytes each.
    package let raw64: [UInt8]
    private let key: P256.Signing.PublicKey

    /// Takes x and y, 32 bytes each.
    package init(raw64: [UInt8]) throws(ProofRefusal) {
        guard raw64.count == 64 else { throw .badKey }
        do {
            key = try P256.Signing.PublicKey(rawRepresentation: raw64)
        } catch {
            throw .badKey
        }
        self.raw64 = raw64
    }

    /// Takes a JWK of RFC 7518 section 6.2.1: `kty` EC, `crv` P-256, `x`, `y`.
    ///
    /// What browsers and libraries add is taken when it does not say otherwise: `alg` ES256, `use` sig,
    /// `key_ops` with verify and no signing, `ext`, `kid`. Anything else is refused, above all the private
    /// `d`.
    package init(jwk: JSON) throws(ProofRefusal) {
        guard let members = jwk.object, members["kty"] == "EC", members["crv"] == "P-256",
            let x = members["x"]?.text.flatMap({ Base64URL.decode($0) }), x.count == 32,
            let y = members["y"]?.text.flatMap({ Base64URL.decode($0) }), y.count == 32,
            members.members.allSatisfy(Self.mayStand)
        else { throw .badKey }
        try self.init(raw64: x + y)
    }

    private static func mayStand(_ member: JSONObject.Member) -> Bool {
        switch member.name {
        case "kty", "crv", "x", "y": true
        case "alg": member.value == "ES256"
        case "use": member.value == "sig"
        case "key_ops": member.value == ["verify"]
        case "ext": member.value.bool != nil
        case "kid": member.value.text != nil
        default: false
        }
    }

    /// The JWK with its four required members and no others.
    package var jwk: JSON {
        [
            "crv": "P-256", "kty": "EC",
            "x": .text(Base64URL.encode(raw64.prefix(32))), "y": .text(Base64URL.encode(raw64.suffix(32))),
        ]
    }

    /// The thumbprint of RFC 7638: base64url of SHA-256 over the four required members in canonical order.
    package var thumbprint: String {
        // The literal above is in that order already, without space: RFC 7638 section 3.3.
        Base64URL.encode(Digest.sha256(jwk.written()))
    }

    /// Whether a signature, r and s of 32 bytes each (RFC 7518 section 3.4), belongs to the bytes.
    package func accepts(signature: [UInt8], over bytes: [UInt8]) -> Bool {
        guard signature.count == 64,
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: bytes)
    }

    package static func == (left: Self, right: Self) -> Bool { left.raw64 == right.raw64 }

    package func hash(into hasher: inout Hasher) { hasher.combine(raw64) }
}
