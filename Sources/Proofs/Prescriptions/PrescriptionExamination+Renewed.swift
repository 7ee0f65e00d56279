extension PrescriptionExamination {
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
