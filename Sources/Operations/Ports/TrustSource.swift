package import Proofs

/// Where trust comes from: roots, registers, revocation lists, the register of authorisations, the list of
/// pharmacies.
package protocol TrustSource: Sendable {
    /// What is trusted now. Cheap: asked again for each filing and each hold.
    func current() throws -> TrustSnapshot
}

/// What was trusted at one moment. A new revocation list makes a new snapshot; this one stays as it is.
package struct TrustSnapshot: Sendable {
    package let anchors: TrustAnchors
    package let pharmacies: PharmacyRegister
    /// The files that all of it was read from, in the order of their names (RX-AUDIT).
    package let evidence: [TrustEvidence]

    package init(anchors: TrustAnchors, pharmacies: PharmacyRegister, evidence: [TrustEvidence]) {
        self.anchors = anchors
        self.pharmacies = pharmacies
        self.evidence = evidence
    }
}

/// One file of the trust folder as it was read.
package struct TrustEvidence: Hashable, Sendable {
    package let kind: TrustFileKind
    /// Its path inside the folder: `crls/issuing-ca.crl`.
    package let name: String
    package let bytes: [UInt8]

    package init(kind: TrustFileKind, name: String, bytes: [UInt8]) {
        self.kind = kind
        self.name = name
        self.bytes = bytes
    }

    /// SHA-256 of the bytes.
    package var digest: [UInt8] { Digest.sha256(bytes) }
}

/// What a file of the trust folder is for. The raw value is its folder, or its name without the suffix.
package enum TrustFileKind: String, CaseIterable, Hashable, Sendable {
    /// A root under which prescribers' certificates are issued.
    case prescriberRoot = "prescribers"
    /// A pinned register, or its root.
    case register = "registers"
    /// Issues certificates under one of the roots; known so that its revocation list can be checked.
    case issuer = "issuers"
    case revocationList = "crls"
    case authorisations
    case pharmacies
}

/// Trusts nobody: what a gateway has without a trust folder.
package struct EmptyTrust: TrustSource {
    package init() {}

    package func current() throws -> TrustSnapshot {
        let anchors = try TrustAnchors(
            prescriberRoots: [], registers: [], crls: [], authorisations: AuthorisationRegister([]))
        return TrustSnapshot(anchors: anchors, pharmacies: PharmacyRegister([]), evidence: [])
    }
}
