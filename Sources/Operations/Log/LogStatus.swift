package import Proofs
package import Vocabulary

/// How the decision log stands, for who runs the gateway.
package struct LogStatus: Sendable, Hashable {
    /// The name of the log, first line of its checkpoints.
    package let origin: String
    /// `name+key ID+base64`: what a verifier is given.
    package let verificationKey: String
    /// Leaves in the database when the signer last looked, at most a second ago.
    package let size: Int64
    /// The last checkpoint under this name and key.
    package let latest: SignedCheckpoint?
    /// When it was signed; nil when an earlier run did.
    package let signedAt: Instant?
    /// Why nothing is signed any more.
    package let refusal: LogRefusal?
}
