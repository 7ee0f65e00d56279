package import Proofs
package import Records

extension AuditVerifier {
    /// A verifier that opens what was sealed under these keys.
    package init(path: String, checkpoints: CheckpointTrust?, keys: KeyRing?) {
        self.init(path: path, checkpoints: checkpoints, vault: keys.map { SealedVault(keys: $0) })
    }
}
