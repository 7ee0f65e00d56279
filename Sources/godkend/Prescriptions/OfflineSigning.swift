import FHIR
import Proofs
import Vocabulary

/// Signs a bundle that we would read ourselves, with a key that belongs to its certificate.
enum OfflineSigning {
    static func sign(
        bundle: [UInt8], kind: SignerKind, chain: [[UInt8]], key: SigningKey, at time: Instant
    ) throws -> String {
        do {
            _ = try PrescriptionBundle.read(bundle, kind: kind)
        } catch {
            throw CommandFailure("The bundle is no prescription at \(error.path): \(error.explanation)")
        }
        let signed = try PrescriptionSigning.sign(
            payload: bundle, kind: kind, chain: chain, key: key, at: time)
        try check(signed, at: time)
        return signed
    }

    /// What nobody could ever believe is not handed out: a key of another certificate, certificates in
    /// disorder. Whether the signer is entitled is for the verifier to say.
    private static func check(_ signed: String, at time: Instant) throws {
        let nobody = try TrustAnchors(
            prescriberRoots: [], registers: [], crls: [], authorisations: AuthorisationRegister([]))
        let found = PrescriptionVerifier(trust: nobody).examine(signed, stapled: [], firstSeen: time)
        let decisive: [AuthenticityRule] = [.signature, .algorithm, .certificates]
        let bad = found.checks.first { decisive.contains($0.rule) && $0.verdict != .pass }
        if let bad { throw CommandFailure("Key and certificates do not fit: \(bad.detail)") }
    }
}
