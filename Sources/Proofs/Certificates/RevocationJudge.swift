import SwiftASN1
import Vocabulary
import X509

/// Weighs all evidence about the certificates of a path at one moment.
struct RevocationJudge: Sendable {
    /// How old evidence may be, in seconds (RX-REV).
    static let longestAge = 24 * 60 * 60
    /// How far another clock may be ahead of ours, in seconds.
    static let clockSkew = 5 * 60
    /// The most responses that are looked at.
    static let mostResponses = 16

    let lists: [RevocationList]
    let responses: [OCSPResponse]
    /// Something was handed in that is no response.
    let hasMalformed: Bool
    let signedAt: Instant
    let now: Instant

    init(lists: [RevocationList], stapled: [[UInt8]], signedAt: Instant, now: Instant) {
        self.lists = lists
        responses = stapled.prefix(Self.mostResponses).compactMap { OCSPResponse($0) }
        hasMalformed = responses.count < stapled.count
        self.signedAt = signedAt
        self.now = now
    }

    /// Every certificate but the pinned one needs evidence of its own. A revocation of any of them counts
    /// for all.
    func finding(_ path: CertificatePath) -> RevocationFinding {
        var oldest: Instant?
        var evidence: [UInt8]?
        var unknown: UnknownRevocation?
        for link in path.links {
            switch finding(link.subject, issuer: link.issuer) {
            case .revoked(let moment, let reason): return .revoked(at: moment, reason: reason)
            case .unknown(let why): unknown = unknown ?? why
            case .good(let asOf, let digest):
                oldest = oldest.map { min($0, asOf) } ?? asOf
                evidence = evidence ?? digest
            }
        }
        if let unknown { return .unknown(unknown) }
        // A pinned end certificate has nobody above it: who pins it takes it out when it ends.
        return .good(asOf: oldest ?? now, evidence: evidence ?? path.leaf.digest)
    }

    /// All pieces of evidence about one certificate together: a revocation first, then a hold, then the
    /// newest good word.
    private func finding(_ subject: ParsedCertificate, issuer: ParsedCertificate) -> RevocationFinding {
        let found =
            lists.compactMap { finding(of: $0, about: subject, issuer: issuer) }
            + responses.flatMap { findings(of: $0, about: subject, issuer: issuer) }
        for case .revoked(let moment, let reason) in found { return .revoked(at: moment, reason: reason) }
        if found.contains(.unknown(.onHold)) { return .unknown(.onHold) }
        let good = found.compactMap { finding -> (asOf: Instant, evidence: [UInt8])? in
            if case .good(let asOf, let evidence) = finding { (asOf, evidence) } else { nil }
        }
        if let newest = good.max(by: { $0.asOf < $1.asOf }) {
            return .good(asOf: newest.asOf, evidence: newest.evidence)
        }
        for case .unknown(let why) in found { return .unknown(why) }
        return .unknown(hasMalformed ? .malformed : .none)
    }

    /// A list speaks only of certificates whose issuer bears its name.
    private func finding(
        of list: RevocationList, about subject: ParsedCertificate, issuer: ParsedCertificate
    ) -> RevocationFinding? {
        guard list.issuer == subject.certificate.issuer else { return nil }
        guard list.isSigned(by: issuer) else { return .unknown(.wrongSigner) }
        if let flaw = Self.flaw(thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate, at: now) {
            return .unknown(flaw)
        }
        guard let entry = list.entry(of: subject.certificate) else {
            return .good(asOf: list.thisUpdate, evidence: list.digest)
        }
        return judged(entry.at, entry.reason, asOf: list.thisUpdate, evidence: list.digest)
    }

    private func findings(
        of response: OCSPResponse, about subject: ParsedCertificate, issuer: ParsedCertificate
    ) -> [RevocationFinding] {
        let singles = response.singles.filter { $0.certificate.isAbout(subject, issuer: issuer) }
        guard !singles.isEmpty else { return [] }
        guard isAuthorised(response, issuer: issuer) else { return [.unknown(.wrongSigner)] }
        guard response.producedAt <= now.adding(seconds: Self.clockSkew) else { return [.unknown(.future)] }
        return singles.map { single in
            if let flaw = Self.flaw(thisUpdate: single.thisUpdate, nextUpdate: single.nextUpdate, at: now) {
                return .unknown(flaw)
            }
            switch single.status {
            case .good: return .good(asOf: single.thisUpdate, evidence: response.digest)
            case .unknown: return .unknown(.notKnownToResponder)
            case .revoked(let moment, let reason):
                return judged(moment, reason, asOf: single.thisUpdate, evidence: response.digest)
            }
        }
    }

    /// A compromised key undoes every signature. Any other revocation undoes those made at its moment and
    /// later. A hold decides nothing, and neither does what contradicts itself.
    private func judged(
        _ moment: Instant, _ reason: RevocationReason, asOf: Instant, evidence: [UInt8]
    ) -> RevocationFinding {
        switch reason {
        case .certificateHold: .unknown(.onHold)
        case .removeFromCRL: .unknown(.malformed)
        case _ where reason.isCompromise || moment <= signedAt: .revoked(at: moment, reason: reason)
        default: .good(asOf: asOf, evidence: evidence)
        }
    }

    /// Why evidence of these times decides nothing at a moment; nil when it is fresh (RX-REV).
    static func flaw(
        thisUpdate: Instant, nextUpdate: Instant?, at now: Instant
    ) -> UnknownRevocation? {
        if thisUpdate > now.adding(seconds: clockSkew) { return .future }
        if now > thisUpdate.adding(seconds: longestAge) { return .stale }
        if let nextUpdate, now > nextUpdate { return .stale }
        return nil
    }

    /// Signed by the issuer itself, or by a responder that it issued for that purpose (RFC 6960 section
    /// 4.2.2.2) and that no list of the issuer names.
    private func isAuthorised(_ response: OCSPResponse, issuer: ParsedCertificate) -> Bool {
        if response.responder.isAbout(issuer), response.isSigned(by: issuer.certificate.publicKey) {
            return true
        }
        return response.certificates.contains { responder in
            response.responder.isAbout(responder) && responder.names(issuer: issuer)
                && responder.isSigned(by: issuer) && responder.mayAnswer(at: now)
                && !isListed(responder, issuer: issuer)
                && response.isSigned(by: responder.certificate.publicKey)
        }
    }

    private func isListed(_ responder: ParsedCertificate, issuer: ParsedCertificate) -> Bool {
        lists.contains { $0.entry(of: responder.certificate) != nil && $0.isSigned(by: issuer) }
    }
}

extension ParsedCertificate {
    /// Whether it is a responder's certificate, valid now, without anything in it that we do not understand.
    fileprivate func mayAnswer(at now: Instant) -> Bool {
        guard isValid(at: now), !isAuthority, keyUsage?.digitalSignature ?? true,
            let purposes = try? certificate.extensions.extendedKeyUsage
        else { return false }
        return purposes.contains(.ocspSigning)
            && certificate.extensions.allSatisfy { !$0.critical || Self.understood.contains($0.oid) }
    }

    private static let understood: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.basicConstraints, .X509ExtensionID.keyUsage, .X509ExtensionID.extendedKeyUsage,
    ]
}
