import Vocabulary
import X509

/// The rules that need no look at the payload's meaning: the same for records and for cancellations.
struct SignerExamination: Sendable {
    typealias Outcome = (verdict: CheckVerdict, finding: AuthenticityFinding)

    /// How old a signature may be at first sight, in seconds (RX-TIME).
    static let longestAge = 24 * 60 * 60
    /// How far the signer's clock may be ahead of ours, in seconds.
    static let clockSkew = 5 * 60

    let record: SignedRecord
    let firstSeen: Instant
    let path: Result<CertificatePath, PathFlaw>?
    let subject: Result<SignerSubject, SubjectFlaw>?
    let revocation: RevocationFinding?
    private let authorisations: AuthorisationRegister

    init(_ record: SignedRecord, trust: TrustAnchors, stapled: [[UInt8]], firstSeen: Instant) {
        self.record = record
        self.firstSeen = firstSeen
        authorisations = trust.authorisations
        path = record.kind.flatMap { kind in
            record.chain.certificates.map { Self.path($0, anchors: trust.anchors(for: kind)) }
        }
        subject = record.chain.leaf.map { leaf in
            Result { () throws(SubjectFlaw) in try SignerSubject(leaf.certificate.subject) }
        }
        if case .success(let path) = path, let signedAt = record.signedAt {
            let judge = RevocationJudge(
                lists: trust.lists, stapled: stapled, signedAt: signedAt, now: firstSeen)
            revocation = judge.finding(path)
        } else {
            revocation = nil
        }
    }

    static func path(
        _ chain: [ParsedCertificate], anchors: [ParsedCertificate]
    ) -> Result<CertificatePath, PathFlaw> {
        Result { () throws(PathFlaw) in try CertificatePath.build(chain, anchors: anchors) }
    }

    var signature: Outcome {
        if let flaw = record.headerFlaw { return (.fail(.rxSignatureInvalid), .header(flaw)) }
        if record.chain.leaf == nil { return Self.notLookedAt(.certificates) }
        guard record.isES256, let key = record.leafKey else { return Self.notLookedAt(.algorithm) }
        return record.isSigned(by: key)
            ? (.pass, .signatureFits) : (.fail(.rxSignatureInvalid), .signatureWrong)
    }

    var algorithm: Outcome {
        guard record.isES256 else { return (.fail(.rxAlgorithmRefused), .algorithmRefused) }
        if record.chain.leaf == nil { return Self.notLookedAt(.certificates) }
        return record.leafKey == nil
            ? (.fail(.rxAlgorithmRefused), .keyOfOtherAlgorithm) : (.pass, .algorithmAllowed)
    }

    var certificates: Outcome {
        if let flaw = record.chain.flaw {
            return (.fail(.rxCertificateMalformed), .certificatesOutOfOrder(flaw))
        }
        return (.pass, .certificatesInOrder(count: record.chain.certificates?.count ?? 0))
    }

    var chain: Outcome {
        switch path {
        case .success(let path): (.pass, .chainTrusted(root: path.anchorDigest))
        case .failure(let flaw): (.fail(.rxChainUntrusted), .chainUntrusted(flaw))
        case nil: Self.notLookedAt(record.kind == nil ? .kind : .certificates)
        }
    }

    /// The stated time lies where our own clock allows it, and every certificate was valid then.
    var signingTime: Outcome {
        let reason = DeclineReason.rxSigningTimeImplausible
        guard let signedAt = record.signedAt else { return (.fail(reason), .signingTimeMissing) }
        let earliest = firstSeen.adding(seconds: -Self.longestAge)
        let latest = firstSeen.adding(seconds: Self.clockSkew)
        if signedAt < earliest {
            return (.fail(reason), .signedTooEarly(signedAt: signedAt, earliest: earliest))
        }
        if signedAt > latest { return (.fail(reason), .signedTooLate(signedAt: signedAt, latest: latest)) }
        guard let certificates = (try? path?.get())?.certificates ?? record.chain.certificates else {
            return Self.notLookedAt(.certificates)
        }
        if let position = certificates.firstIndex(where: { !$0.isValid(at: signedAt) }) {
            let certificate = certificates[position]
            return (
                .fail(reason),
                .certificateNotValid(
                    position: position, from: certificate.notBefore, to: certificate.notAfter)
            )
        }
        return (.pass, .signedWithinWindow(signedAt: signedAt))
    }

    var revocationOutcome: Outcome {
        guard let revocation else {
            return Self.notLookedAt(record.signedAt == nil ? .signingTime : .chain)
        }
        return (revocation.standing, .revocation(revocation))
    }

    static func notLookedAt(_ why: NotLookedAt) -> Outcome { (.notChecked, .notLookedAt(why)) }
}

extension SignerExamination {
    /// What the certificate entitles to, before it is compared with a record.
    var role: Outcome {
        let reason = DeclineReason.rxPrescriberNotEntitled
        guard let kind = record.kind else { return Self.notLookedAt(.kind) }
        switch subject {
        case nil: return Self.notLookedAt(.certificates)
        case .failure(let flaw): return (.fail(reason), .subjectIncomplete(flaw))
        case .success(let subject):
            guard let role = SignerRole(rawValue: subject.title),
                (role == .register) == (kind == .registry)
            else { return (.fail(reason), .titleNotEntitled) }
            if kind == .prescriber, subject.authorisation == nil {
                return (.fail(reason), .subjectIncomplete(.authorisation))
            }
            return (.pass, .entitled(role))
        }
    }

    /// The signer, if the certificate entitles to sign at all.
    var signer: SignerIdentity? {
        guard case .pass = role.verdict, case .success(let subject) = subject, let kind = record.kind,
            let role = SignerRole(rawValue: subject.title), let chain = record.chain.certificates,
            let leaf = chain.first
        else { return nil }
        return SignerIdentity(
            kind: kind, role: role, authorisation: kind == .prescriber ? subject.authorisation : nil,
            subject: subject.serialNumber, chain: chain.map(\.der), leafDigest: leaf.digest)
    }

    /// Days are those of Copenhagen, the first and the last inclusive.
    var authorisation: Outcome {
        guard let kind = record.kind else { return Self.notLookedAt(.kind) }
        guard kind == .prescriber else { return (.pass, .registerNeedsNone) }
        guard let signer, let authorisation = signer.authorisation else {
            return Self.notLookedAt(.subject)
        }
        guard let signedAt = record.signedAt else { return Self.notLookedAt(.signingTime) }
        let day = LocalDate(signedAt)
        if authorisations.isActive(authorisation, as: signer.role, on: day) {
            return (.pass, .authorisationActive(on: day))
        }
        let isUnknown = authorisations[authorisation].isEmpty
        return (
            .fail(.rxPrescriberInactive),
            isUnknown ? .authorisationUnknown : .authorisationNotActive(on: day)
        )
    }

    /// All checks in their order, with those that the caller made of the payload.
    func checks(issueDay: Outcome, role: Outcome) -> [AuthenticityCheck] {
        AuthenticityRule.allCases.map { rule in
            let outcome: Outcome =
                switch rule {
                case .signature: signature
                case .algorithm: algorithm
                case .certificates: certificates
                case .chain: chain
                case .signingTime: signingTime
                case .issueDay: issueDay
                case .revocation: revocationOutcome
                case .role: role
                case .authorisation: authorisation
                }
            return AuthenticityCheck(rule: rule, verdict: outcome.verdict, finding: outcome.finding)
        }
    }
}
