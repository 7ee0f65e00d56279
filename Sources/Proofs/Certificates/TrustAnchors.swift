import Vocabulary

/// What a verifier believes without proof: pinned certificates, revocation lists, the register of
/// authorisations.
package struct TrustAnchors: Sendable {
    let prescriberRoots: [ParsedCertificate]
    let registers: [ParsedCertificate]
    let lists: [RevocationList]
    package let authorisations: AuthorisationRegister

    /// All in DER. `registers` are roots of registers, or the very certificates that registers sign with.
    /// A revocation list is read here; whether its issuer signed it is checked when it is used.
    package init(
        prescriberRoots: [[UInt8]], registers: [[UInt8]], crls: [[UInt8]],
        authorisations: AuthorisationRegister
    ) throws(TrustFlaw) {
        var roots: [ParsedCertificate] = []
        for (position, bytes) in prescriberRoots.enumerated() {
            guard let root = ParsedCertificate(bytes) else { throw .badPrescriberRoot(position: position) }
            guard root.isAuthority else { throw .noAuthority(position: position) }
            roots.append(root)
        }
        var registerRoots: [ParsedCertificate] = []
        for (position, bytes) in registers.enumerated() {
            guard let register = ParsedCertificate(bytes) else { throw .badRegister(position: position) }
            registerRoots.append(register)
        }
        var lists: [RevocationList] = []
        for (position, bytes) in crls.enumerated() {
            guard let list = RevocationList(bytes) else { throw .badRevocationList(position: position) }
            lists.append(list)
        }
        self.prescriberRoots = roots
        self.registers = registerRoots
        self.lists = lists
        self.authorisations = authorisations
    }
}

extension TrustAnchors {
    /// Where a path of a kind of signer must end. A register's root vouches for no prescriber, and the other
    /// way round.
    func anchors(for kind: SignerKind) -> [ParsedCertificate] {
        switch kind {
        case .prescriber: prescriberRoots
        case .registry: registers
        }
    }
}
