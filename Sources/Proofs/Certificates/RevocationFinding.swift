package import Vocabulary

/// What the evidence of a moment says about the certificates of a signer.
package enum RevocationFinding: Hashable, Sendable {
    /// Not revoked. `asOf` is when the oldest evidence was made, `evidence` SHA-256 of the CRL or OCSP
    /// response that speaks of the leaf.
    case good(asOf: Instant, evidence: [UInt8])
    /// Revoked in a way that undoes the signature.
    case revoked(at: Instant, reason: RevocationReason)
    case unknown(UnknownRevocation)

    /// The same as the verdict of RX-REV.
    package var standing: CheckVerdict {
        switch self {
        case .good: .pass
        case .revoked: .fail(.rxRevoked)
        case .unknown: .unknown(.rxRevocationUnknown)
        }
    }
}

/// Why nothing says whether a certificate was revoked.
package enum UnknownRevocation: String, CaseIterable, Hashable, Sendable {
    /// No list and no response is about this certificate.
    case none
    /// What there is, is older than 24 hours or past its own end.
    case stale
    /// What there is was made more than 5 minutes from now.
    case future
    /// What there is was not signed by the issuer or by a responder that it named.
    case wrongSigner
    /// What there is cannot be read, or has parts that we must understand and do not.
    case malformed
    /// The responder does not know the certificate.
    case notKnownToResponder
    /// The certificate is on hold: it may come back, or not.
    case onHold
    /// The chain leads to no pinned root any more.
    case untrusted
}

/// Why a certificate was revoked (RFC 5280 section 5.3.1), with the raw values of `CRLReason`.
package enum RevocationReason: Int, CaseIterable, Hashable, Sendable {
    case unspecified = 0
    case keyCompromise = 1
    case cACompromise = 2
    case affiliationChanged = 3
    case superseded = 4
    case cessationOfOperation = 5
    case certificateHold = 6
    case removeFromCRL = 8
    case privilegeWithdrawn = 9
    case aACompromise = 10

    /// Whether somebody else may have signed, so that no signature counts, whenever it was made.
    package var isCompromise: Bool {
        switch self {
        case .keyCompromise, .cACompromise, .aACompromise: true
        default: false
        }
    }

    /// The name of RFC 5280.
    package var text: String { "\(self)" }
}
