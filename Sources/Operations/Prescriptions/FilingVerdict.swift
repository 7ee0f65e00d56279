import Notation
import Proofs
import Vocabulary

/// What was found about a filed text: all rules as of the first sight, revocation by the evidence of the
/// moment of this filing. A function of text, evidence and two times, so that it can be found again later.
struct FilingVerdict {
    let examination: PrescriptionExamination
    /// Nil for a text that is not authentic.
    let revocation: RevocationFinding?
    let firstSeen: Instant
    let examinedAt: Instant

    init(
        _ examination: PrescriptionExamination, by verifier: PrescriptionVerifier, stapled: [[UInt8]],
        firstSeen: Instant, at now: Instant
    ) {
        self.examination = examination
        revocation = examination.verified.map {
            verifier.revocation(of: $0.signer, signedAt: $0.signedAt, stapled: stapled, at: now)
        }
        self.firstSeen = firstSeen
        examinedAt = now
    }

    var isRevocationKnown: Bool {
        if case .good = revocation { true } else { false }
    }

    /// Good or revoked: evidence that decides nothing replaces none that did.
    var isRevocationDecided: Bool {
        switch revocation {
        case .good, .revoked: true
        case .unknown, nil: false
        }
    }

    /// `[{rule, verdict, detail}]`.
    var checks: JSON {
        CheckDocument.json(revocation.map(examination.checks(renewedBy:)) ?? examination.checks)
    }

    /// As it is stored.
    var text: String { String(decoding: checks.written(), as: UTF8.self) }
}
