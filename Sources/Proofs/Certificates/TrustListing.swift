package import Vocabulary
import X509

/// What a person is shown of a certificate in the trust folder.
package struct CertificateSummary: Hashable, Sendable {
    /// As RFC 4514 writes names.
    package let subject: String
    package let issuer: String
    package let notBefore: Instant
    package let notAfter: Instant
    package let isAuthority: Bool
    /// SHA-256 of the DER.
    package let digest: [UInt8]

    private let parsed: ParsedCertificate

    /// Nil when the bytes are not one certificate in DER.
    package init?(_ der: [UInt8]) {
        guard let parsed = ParsedCertificate(der) else { return nil }
        self.parsed = parsed
        subject = parsed.certificate.subject.description
        issuer = parsed.certificate.issuer.description
        notBefore = parsed.notBefore
        notAfter = parsed.notAfter
        isAuthority = parsed.isAuthority
        digest = parsed.digest
    }

    /// Whether the other one is an authority of the right name whose key signed this one.
    package func isSigned(by authority: CertificateSummary) -> Bool {
        parsed.names(issuer: authority.parsed) && authority.isAuthority
            && parsed.isSigned(by: authority.parsed)
    }

    /// Whether this authority signed the list.
    package func hasSigned(_ list: RevocationListSummary) -> Bool { list.parsed.isSigned(by: parsed) }

    package static func == (left: Self, right: Self) -> Bool { left.digest == right.digest }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// What a person is shown of a revocation list in the trust folder.
package struct RevocationListSummary: Hashable, Sendable {
    package let issuer: String
    package let thisUpdate: Instant
    package let nextUpdate: Instant
    /// How many certificates it names.
    package let count: Int
    /// SHA-256 of the DER.
    package let digest: [UInt8]

    fileprivate let parsed: RevocationList

    /// Nil when the bytes are not a complete, direct list in DER.
    package init?(_ der: [UInt8]) {
        guard let parsed = RevocationList(der) else { return nil }
        self.parsed = parsed
        issuer = parsed.issuer.description
        thisUpdate = parsed.thisUpdate
        nextUpdate = parsed.nextUpdate
        count = parsed.count
        digest = parsed.digest
    }

    /// Whether the verifier would use it at a moment (RX-REV): at most 24 hours old, before its own end, and
    /// not from the future.
    package func isFresh(at now: Instant) -> Bool {
        RevocationJudge.flaw(thisUpdate: thisUpdate, nextUpdate: nextUpdate, at: now) == nil
    }

    package static func == (left: Self, right: Self) -> Bool { left.digest == right.digest }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
