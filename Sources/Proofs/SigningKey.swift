import Crypto
package import Notation
import Vocabulary

/// A P-256 private key: for receipts, for the terminal app, for test mode's own app. Printing it prints a
/// mask.
package struct SigningKey: Masked, Sendable {
    package static var mask: String { "[signing key]" }

    private let key: P256.Signing.PrivateKey
    /// The other half.
    package let publicKey: DeviceKey

    /// A new random key.
    package init() throws(ProofRefusal) {
        try self.init(P256.Signing.PrivateKey())
    }

    /// The key with this scalar, 32 bytes big-endian.
    package init(raw: [UInt8]) throws(ProofRefusal) {
        do {
            try self.init(P256.Signing.PrivateKey(rawRepresentation: raw))
        } catch {
            throw .badKey
        }
    }

    private init(_ key: P256.Signing.PrivateKey) throws(ProofRefusal) {
        self.key = key
        publicKey = try DeviceKey(raw64: [UInt8](key.publicKey.rawRepresentation))
    }

    /// The scalar, 32 bytes big-endian. Whoever calls this answers for where it goes.
    package var raw: [UInt8] { [UInt8](key.rawRepresentation) }

    /// A compact JWS with `alg` and `typ` in front of the extra header members.
    package func sign(
        type: SignedObjectType, header extra: [(String, JSON)], payload: [UInt8]
    ) throws -> String {
        var header = JSONObject()
        header.set("alg", "ES256")
        header.set("typ", .text(type.rawValue))
        for (name, value) in extra where name != "alg" && name != "typ" { header.set(name, value) }
        let input = Base64URL.encode(JSON.object(header).written()) + "." + Base64URL.encode(payload)
        let signature = try key.signature(for: [UInt8](input.utf8)).rawRepresentation
        return input + "." + Base64URL.encode([UInt8](signature))
    }
}
