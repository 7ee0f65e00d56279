package import Vocabulary
import X509

extension SpecimenPKI {
    /// Everything pinned, with lists made at a moment: the root's, the issuing authority's, and the register
    /// root's. The issuing authority's names the revoked doctor, and whoever else is handed in.
    package func trust(at moment: Instant, revoked: [SpecimenRevocation] = []) throws -> TrustAnchors {
        try TrustAnchors(
            prescriberRoots: [certificate(of: .root)], registers: [certificate(of: .registerRoot)],
            crls: revocationLists(at: moment, revoked: revoked),
            authorisations: AuthorisationRegister(csv: authorisationsCSV()))
    }

    /// The lists of `trust(at:)`, DER, in the order root, issuing, register root.
    package func revocationLists(
        at moment: Instant, revoked: [SpecimenRevocation] = []
    ) throws -> [[UInt8]] {
        let always = SpecimenRevocation(
            .revokedDoctor, at: self.moment.adding(days: -30), reason: .keyCompromise)
        let named = revoked.contains { $0.signer == .revokedDoctor } ? revoked : revoked + [always]
        return try [SpecimenAuthority.root, .issuing, .registerRoot].map { authority in
            try revocationList(
                of: authority, at: moment, revoked: named.filter { $0.signer.issuer == authority })
        }
    }

    /// A list of one authority, DER: made at a moment, good for 24 hours.
    package func revocationList(
        of authority: SpecimenAuthority, at moment: Instant, revoked: [SpecimenRevocation]
    ) throws -> [UInt8] {
        try listDraft(of: authority, at: moment, revoked: revoked).made()
    }

    /// An OCSP response about a signer, DER, by the responder of the authority that issued the certificate:
    /// made at a moment, good for 24 hours.
    package func response(
        about signer: SpecimenSigner, _ status: SpecimenStatus, at moment: Instant
    ) throws -> [UInt8] {
        try responseDraft(about: signer, status, at: moment).made()
    }

    /// The table `authorisation_id,role,from,to` of all specimen prescribers: active from two years before
    /// the moment of the PKI.
    package func authorisationsCSV() -> String {
        let from = LocalDate(moment).adding(years: -2)
        let rows = SpecimenSigner.allCases.compactMap { signer -> String? in
            guard let role = signer.role, let authorisation = signer.authorisation else { return nil }
            return "\(authorisation),\(role.rawValue),\(from),"
        }
        return ([AuthorisationRegister.heading] + rows).joined(separator: "\n") + "\n"
    }

    func listDraft(
        of authority: SpecimenAuthority, at moment: Instant, revoked: [SpecimenRevocation] = []
    ) throws -> ListDraft {
        ListDraft(
            issuer: try SpecimenDrafts.name(authority), thisUpdate: moment,
            nextUpdate: moment.adding(days: 1),
            entries: revoked.map { revocation in
                ListDraft.Entry(
                    serial: Certificate.SerialNumber(bytes: [0x20, UInt8(revocation.signer.number)]),
                    at: revocation.at, reason: revocation.reason)
            },
            key: try SpecimenKey.signing(authority.rawValue))
    }

    func responseDraft(
        about signer: SpecimenSigner, _ status: SpecimenStatus, at moment: Instant,
        hash: OCSPHash = .sha256
    ) throws -> ResponseDraft {
        guard let certificate = signers[signer], let issuer = authorities[signer.issuer],
            let responder = responders[signer.issuer]
        else { throw DERFlaw.notExpected }
        return ResponseDraft(
            certificate: try OCSPCertificateID(hash: hash, certificate: certificate, issuer: issuer),
            status: status, thisUpdate: moment, nextUpdate: moment.adding(days: 1), producedAt: moment,
            responder: responder, sent: [responder],
            key: try SpecimenKey.signing("responder of \(signer.issuer.rawValue)"))
    }
}
