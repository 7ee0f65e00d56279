package import Vocabulary

/// Says whether a prescription record is authentic, by written rules and pinned trust.
///
/// It is pure: the moment of first sight is an argument, and nothing is fetched. What it checks is the bytes
/// that came; nothing is written anew before it is checked.
package struct PrescriptionVerifier: Sendable {
    package let trust: TrustAnchors

    package init(trust: TrustAnchors) {
        self.trust = trust
    }

    /// Examines any text at all; every rule that can be looked at is looked at.
    ///
    /// `stapled` are OCSP responses in DER, `firstSeen` is our own clock when the record first came.
    package func examine(
        _ compact: String, stapled: [[UInt8]], firstSeen: Instant
    ) -> PrescriptionExamination {
        let record: SignedRecord
        do throws(ProofRefusal) {
            record = try SignedRecord(compact, expecting: .prescription)
        } catch {
            return PrescriptionExamination(
                checks: notSigned(error), unverifiedContent: nil, bundleError: nil, verified: nil)
        }
        let examination = SignerExamination(record, trust: trust, stapled: stapled, firstSeen: firstSeen)
        let reading = RecordReading(record)
        let checks = examination.checks(
            issueDay: reading.issueDay(signedAt: record.signedAt),
            role: reading.role(examination.role, signer: examination.signer))
        var verified: VerifiedPrescription?
        if let content = reading.content, let trusted = trusted(examination, checks) {
            verified = VerifiedPrescription(
                content: content, recordDigest: Digest.sha256(record.payload), compact: compact,
                signer: trusted.signer, signedAt: trusted.signedAt, firstSeen: firstSeen, stapled: stapled,
                revocation: trusted.revocation)
        }
        return PrescriptionExamination(
            checks: checks, unverifiedContent: reading.content, bundleError: reading.error,
            verified: verified)
    }

    /// Looks again whether a signer's certificates are revoked, by the evidence of now (RX-REV).
    package func revocation(
        of signer: SignerIdentity, signedAt: Instant, stapled: [[UInt8]], at now: Instant
    ) -> RevocationFinding {
        guard let chain = CertificateChain(signer.chain).certificates,
            case .success(let path) = SignerExamination.path(chain, anchors: trust.anchors(for: signer.kind))
        else { return .unknown(.untrusted) }
        return RevocationJudge(lists: trust.lists, stapled: stapled, signedAt: signedAt, now: now)
            .finding(path)
    }

    /// The same for a cancellation: typ `godkend-prescription-cancel+jws`, payload
    /// `{record, version, reason}`. Whether it comes from the signer of the record is for the caller to see:
    /// `SignerIdentity.isSameSigner`.
    package func examineCancellation(
        _ compact: String, stapled: [[UInt8]], firstSeen: Instant
    ) -> CancellationExamination {
        let record: SignedRecord
        do throws(ProofRefusal) {
            record = try SignedRecord(compact, expecting: .prescriptionCancel)
        } catch {
            return CancellationExamination(checks: notSigned(error), payloadFlaw: nil, verified: nil)
        }
        let examination = SignerExamination(record, trust: trust, stapled: stapled, firstSeen: firstSeen)
        let checks = examination.checks(
            issueDay: SignerExamination.notLookedAt(.cancellation), role: examination.role)
        let content: CancellationContent
        do throws(ProofRefusal) {
            content = try CancellationContent(record.payload)
        } catch {
            return CancellationExamination(checks: checks, payloadFlaw: error, verified: nil)
        }
        let verified = trusted(examination, checks.filter { $0.rule != .issueDay }).map { trusted in
            VerifiedCancellation(
                record: content.record, version: content.version, reason: content.reason,
                digest: Digest.sha256(record.payload), compact: compact, signer: trusted.signer,
                signedAt: trusted.signedAt, revocation: trusted.revocation)
        }
        return CancellationExamination(checks: checks, payloadFlaw: nil, verified: verified)
    }

    /// What a verified record needs; nil unless every rule passed, or is RX-REV and unknown.
    private func trusted(
        _ examination: SignerExamination, _ checks: [AuthenticityCheck]
    ) -> (signer: SignerIdentity, signedAt: Instant, revocation: RevocationFinding)? {
        let isSound = checks.allSatisfy { check in
            switch check.verdict {
            case .pass: true
            case .unknown: check.rule == .revocation
            case .fail, .notChecked: false
            }
        }
        guard isSound, let signer = examination.signer, let signedAt = examination.record.signedAt,
            let revocation = examination.revocation
        else { return nil }
        return (signer, signedAt, revocation)
    }

    private func notSigned(_ refusal: ProofRefusal) -> [AuthenticityCheck] {
        AuthenticityRule.allCases.map { rule in
            rule == .signature
                ? AuthenticityCheck(
                    rule: rule, verdict: .fail(.rxSignatureInvalid), finding: .notSigned(refusal))
                : AuthenticityCheck(rule: rule, verdict: .notChecked, finding: .notLookedAt(.notSigned))
        }
    }
}
