package import Vocabulary

/// The rules that say whether a signed prescription is authentic, in the order in which a flaw is named.
package enum AuthenticityRule: String, CaseIterable, Sendable {
    /// The signature belongs to the received bytes.
    case signature = "RX-SIG"
    /// The algorithm is ES256 and the key fits it.
    case algorithm = "RX-ALG"
    /// The certificates in the header are one leaf and its issuers, in order.
    case certificates = "RX-CERT-ONE"
    /// They lead to a pinned root.
    case chain = "RX-CHAIN"
    /// The stated signing time is plausible.
    case signingTime = "RX-TIME"
    /// The day of issue is the day of signing.
    case issueDay = "RX-DAY"
    /// No certificate was revoked, by evidence that is fresh.
    case revocation = "RX-REV"
    /// The signer has the role and the authorisation that the record states.
    case role = "RX-ROLE"
    /// The authorisation was active on the day of signing.
    case authorisation = "RX-AUTH-ACTIVE"
}

/// What became of one rule.
package enum CheckVerdict: Hashable, Sendable {
    case pass
    case fail(DeclineReason)
    /// Nothing fresh decides it; another try may.
    case unknown(DeclineReason)
    /// Something that the rule needs was not there; another rule says what.
    case notChecked

    /// The word of the wire.
    package var text: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .unknown: "unknown"
        case .notChecked: "not_checked"
        }
    }

    /// Why not; nil for a rule that passed or was not looked at.
    package var reason: DeclineReason? {
        switch self {
        case .fail(let reason), .unknown(let reason): reason
        case .pass, .notChecked: nil
        }
    }
}

/// One rule, what became of it, and by what.
package struct AuthenticityCheck: Hashable, Sendable {
    package let rule: AuthenticityRule
    package let verdict: CheckVerdict
    package let finding: AuthenticityFinding

    /// One sentence without personal data and without medicine.
    package var detail: String { finding.detail }
}
