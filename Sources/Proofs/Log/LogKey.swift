import Crypto
import Vocabulary

/// The private half of a log's key: an Ed25519 key that signs notes under the log's name. Printing it prints
/// a mask.
package struct LogKey: Masked, Sendable {
    package static var mask: String { "[log key]" }

    private let key: Curve25519.Signing.PrivateKey
    /// The other half, which everybody may have.
    package let verificationKey: LogVerificationKey

    /// A new random key for the log of this name. Throws `badName`.
    package init(name: String) throws(LogFlaw) {
        try self.init(Curve25519.Signing.PrivateKey(), name: name)
    }

    /// The key with these 32 bytes (RFC 8032 section 5.1.5). Throws `badKey` or `badName`.
    package init(raw: [UInt8], name: String) throws(LogFlaw) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw) else { throw .badKey }
        try self.init(key, name: name)
    }

    private init(_ key: Curve25519.Signing.PrivateKey, name: String) throws(LogFlaw) {
        self.key = key
        verificationKey = try LogVerificationKey(
            name: name, publicKey: [UInt8](key.publicKey.rawRepresentation))
    }

    /// The name of the log, which is the origin of its checkpoints.
    package var name: String { verificationKey.name }

    /// The 32 bytes of the key. Whoever calls this answers for where they go.
    package var raw: [UInt8] { [UInt8](key.rawRepresentation) }

    /// A note of this text with one signature. Throws `malformedNote` for a text that a note cannot have.
    package func sign(_ text: String) throws(LogFlaw) -> SignedNote {
        guard let signature = try? key.signature(for: [UInt8](text.utf8)) else { throw .badKey }
        let line = SignedNote.Signature(
            name: name, keyID: verificationKey.keyID, signature: [UInt8](signature))
        return try SignedNote(text: text, signatures: [line])
    }

    /// Signs a checkpoint of this log, and verifies what was signed. Throws `wrongOrigin` for another log's.
    package func sign(_ checkpoint: Checkpoint) throws(LogFlaw) -> SignedCheckpoint {
        try SignedCheckpoint(opening: sign(checkpoint.body), with: verificationKey)
    }
}
