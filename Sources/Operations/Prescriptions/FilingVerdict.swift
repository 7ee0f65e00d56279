import Notation
import Proofs
import Records
import Vocabulary

extension AuthenticityFinding {
    fileprivate var revocation: RevocationFinding? {
        if case .revocation(let finding) = self { finding } else { nil }
    }
}

/// What was found about a filed text: all rules as of the first sight, revocation by the evidence of the
/// moment of this filing. A function of text, evidence and two times, so that it can be found again later.
struct FilingVerdict {
    let examination: PrescriptionExamination
    /// Nil for a text that is not authentic.
    let revocation: RevocationFinding?
    let firstSeen: Instant
    let examinedAt: Instant
    private let stapled: [[UInt8]]

    init(
        _ examination: PrescriptionExamination, by verifier: PrescriptionVerifier, stapled: [[UInt8]],
        firstSeen: Instant, at now: Instant
    ) {
        self.examination = examination
        revocation = examination.verified.map {
            verifier.revocation(of: $0.signer, signedAt: $0.signedAt, stapled: stapled, at: now)
        }
        self.stapled = stapled
        self.firstSeen = firstSeen
        examinedAt = now
    }

    var isRevocationKnown: Bool {
        if case .good = revocation { true } else { false }
    }

    /// Whether it is a stapled answer, and none that is kept already, that says "good": what decides nothing
    /// replaces nothing, and the same again is no news.
    func restsOnStaple(notIn known: [[UInt8]]) -> Bool {
        guard case .good(_, let evidence) = revocation else { return false }
        let news = Set(stapled.map { Digest.sha256($0) }).subtracting(known.map { Digest.sha256($0) })
        return news.contains(evidence)
    }

    /// What fresh evidence proves against the signer, when everything before RX-REV passed.
    var proof: PrescriptionFiling.RevocationProof? {
        let atFirstSight = examination.checks.first { $0.rule == .revocation }?.finding
        let found = revocation ?? (examination.flaw == .rxRevoked ? atFirstSight?.revocation : nil)
        guard case .revoked(let moment, let reason) = found else { return nil }
        return reason.isCompromise ? .compromised : .revoked(at: moment)
    }

    /// `[{rule, verdict, detail}]`.
    var checks: JSON {
        CheckDocument.json(revocation.map(examination.checks(renewedBy:)) ?? examination.checks)
    }

    /// As it is stored.
    var text: String { String(decoding: checks.written(), as: UTF8.self) }
}
