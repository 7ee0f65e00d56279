package import FHIR
package import Vocabulary

/// Everything that was found about a text that may be a signed prescription.
package struct PrescriptionExamination: Sendable {
    /// All rules, in their order.
    package let checks: [AuthenticityCheck]
    /// What the record says, if its payload can be read. Nothing vouches for it: see `verified`.
    package let unverifiedContent: PrescriptionContent?
    /// Why the payload is not a prescription that we read; nil also when there was no payload.
    package let bundleError: FHIRError?
    /// Present when no rule failed.
    package let verified: VerifiedPrescription?

    /// The reason of the first rule that failed. An unknown revocation is no flaw.
    package var flaw: DeclineReason? { firstFlaw(checks) }

    /// Whether every rule passed, revocation included.
    package var isAuthentic: Bool { verified != nil && checks.allSatisfy { $0.verdict == .pass } }

    /// What became of a rule.
    package func verdict(_ rule: AuthenticityRule) -> CheckVerdict? {
        checks.first { $0.rule == rule }?.verdict
    }

    /// The checks with what the evidence of another moment says of the certificates: asked at every hold.
    package func checks(renewedBy finding: RevocationFinding) -> [AuthenticityCheck] {
        guard verified != nil else { return checks }
        return checks.map { check in
            check.rule == .revocation
                ? AuthenticityCheck(
                    rule: .revocation, verdict: finding.standing, finding: .revocation(finding)) : check
        }
    }
}

/// The reason of the first rule that failed.
func firstFlaw(_ checks: [AuthenticityCheck]) -> DeclineReason? {
    checks.lazy.compactMap { check in
        if case .fail(let reason) = check.verdict { reason } else { nil }
    }.first
}
