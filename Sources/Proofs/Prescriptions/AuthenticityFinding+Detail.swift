import Vocabulary

extension AuthenticityFinding {
    /// One sentence. It names days, times and roles, never a person, a number of a person or a medicine.
    package var detail: String {
        switch self {
        case .signatureFits: "The signature belongs to the bytes received."
        case .notSigned(let refusal), .header(let refusal): refusal.explanation
        case .signatureWrong: "The signature does not belong to the bytes received."
        case .algorithmAllowed: "Signed by ES256 with a P-256 key."
        case .algorithmRefused: "The header member alg must be ES256."
        case .keyOfOtherAlgorithm: "ES256 needs a P-256 key, and the certificate has another."
        case .certificatesInOrder(let count): "Certificates in order: \(count)."
        case .certificatesOutOfOrder(let flaw): flaw.detail
        case .chainTrusted: "The certificates lead to a pinned root."
        case .chainUntrusted(let flaw): flaw.detail
        case .signedWithinWindow(let time): "Signed at \(time), plausible when it came."
        case .signingTimeMissing: "The header member iat must be an integer of seconds."
        case .signedTooEarly(let time, let earliest):
            "Signed at \(time) by its own word; \(earliest) is the earliest that can be taken."
        case .signedTooLate(let time, let latest):
            "Signed at \(time) by its own word; \(latest) is the latest that can be taken."
        case .certificateNotValid(let position, let from, let to):
            "\(certificateName(position)) was not valid at the signing time, but from \(from) to \(to)."
        case .issuedOnSigningDay(let day): "Issued and signed on \(day), by the clock of Copenhagen."
        case .issuedOnOtherDay(let issued, let signed):
            "Issued on \(issued) by its own word, and signed on \(signed) by the clock of Copenhagen."
        case .attestedAtSigning(let time):
            "Attested at \(time), when it was signed; a register's record may have any day of issue."
        case .attestedAtOtherTime(let attested, let signed):
            "Attested at \(attested.map { "\($0)" } ?? "no time"), and signed at \(signed)."
        case .revocation(let finding): finding.detail
        case .entitled(let role): "The certificate entitles to sign as \(role.rawValue)."
        case .subjectIncomplete(let flaw): flaw.detail
        case .titleNotEntitled: "The title of the certificate does not entitle to sign such a record."
        case .recordNamesOtherRole(let certificate, let record):
            "The certificate says \(certificate.rawValue), the record \(record.rawValue)."
        case .recordNamesOtherAuthorisation:
            "The record names another authorisation than the certificate."
        case .authorisationActive(let day): "The authorisation was active on \(day)."
        case .authorisationUnknown: "The authorisation is not in the register."
        case .authorisationNotActive(let day):
            "The authorisation was not active in this role on \(day)."
        case .registerNeedsNone: "A register signs without an authorisation of its own."
        case .notLookedAt(let why): why.detail
        }
    }
}

/// The leaf, or an issuer by its place.
private func certificateName(_ position: Int) -> String {
    position == 0 ? "The signer's certificate" : "Issuer \(position) of the certificates"
}

extension NotLookedAt {
    var detail: String {
        switch self {
        case .notSigned: "Not looked at: this is no signed record."
        case .algorithm: "Not looked at: the algorithm is refused."
        case .kind: "Not looked at: the header does not say which kind of signer it is."
        case .certificates: "Not looked at: the certificates cannot be read."
        case .chain: "Not looked at: the certificates lead to no pinned root."
        case .signingTime: "Not looked at: the header has no signing time."
        case .content: "Not looked at: the record cannot be read."
        case .subject: "Not looked at: the certificate does not entitle its holder."
        case .cancellation: "Not looked at: a cancellation has no day of issue."
        }
    }
}

extension CertificateFlaw {
    fileprivate var detail: String {
        switch self {
        case .missing: "The header member x5c must be a list of certificates."
        case .empty: "The header member x5c is empty."
        case .tooMany(let count):
            "There are \(count) certificates; \(CertificateChain.most) is the most."
        case .malformed(let position):
            "Entry \(position + 1) of x5c is not the base64 of one certificate in DER."
        case .repeated(let position): "Entry \(position + 1) of x5c stands there twice."
        case .foreign(let position):
            "Entry \(position + 1) of x5c is not the issuer of the one before it."
        case .wrongThumbprint: "The header member x5t#S256 is not the hash of the first certificate."
        }
    }
}

extension PathFlaw {
    fileprivate var detail: String {
        switch self {
        case .noRoot: "The certificates lead to no pinned root."
        case .notSigned(let position):
            "\(certificateName(position)) was not signed by the key of its issuer."
        case .algorithm(let position):
            "\(certificateName(position)) is signed by an algorithm that is not taken."
        case .version(let position): "\(certificateName(position)) is not of version 3."
        case .criticalExtension(let position):
            "\(certificateName(position)) has a limit that is not understood here."
        case .notAuthority(let position): "\(certificateName(position)) may not issue certificates."
        case .leafIsAuthority: "The signer's certificate is one of an authority."
        case .keyUsage(let position):
            "The key usage of \(certificateName(position).lowercasedFirst) does not allow this."
        case .pathTooLong(let position):
            "\(certificateName(position)) allows fewer authorities below it."
        }
    }
}

extension SubjectFlaw {
    fileprivate var detail: String {
        switch self {
        case .serialNumber:
            "The certificate's serialNumber must stand once, as UI:DK-E:G: and a UUID."
        case .title: "The certificate's title must stand once, with the role."
        case .authorisation: "The certificate's UID must stand once, with the authorisation."
        }
    }
}

extension RevocationFinding {
    /// One sentence.
    package var detail: String {
        switch self {
        case .good(let asOf, _): "No certificate was revoked, by evidence of \(asOf)."
        case .revoked(let moment, let reason):
            "A certificate was revoked at \(moment): \(reason.text)."
        case .unknown(let why): why.detail
        }
    }
}

extension UnknownRevocation {
    fileprivate var detail: String {
        switch self {
        case .none: "No revocation evidence is about this certificate."
        case .stale: "The revocation evidence is older than 24 hours or past its end."
        case .future: "The revocation evidence was made in the future."
        case .wrongSigner: "The revocation evidence is not signed by the issuer or its responder."
        case .malformed: "The revocation evidence cannot be read."
        case .notKnownToResponder: "The responder does not know the certificate."
        case .onHold: "The certificate is on hold."
        case .untrusted: "The certificates lead to no pinned root any more."
        }
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
