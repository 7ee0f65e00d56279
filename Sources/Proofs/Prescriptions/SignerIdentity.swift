package import Vocabulary

/// Who signed, as the certificate says it.
package struct SignerIdentity: Hashable, Sendable {
    package let kind: SignerKind
    package let role: SignerRole
    /// Nil for a register.
    package let authorisation: AuthorisationID?
    /// The subject's `serialNumber`, in lower case: `UI:DK-E:G:` and a UUID. It stays when the certificate
    /// is renewed.
    package let subject: String
    /// The certificates of the header, DER, leaf first.
    package let chain: [[UInt8]]
    /// SHA-256 of the leaf.
    package let leafDigest: [UInt8]

    /// What the signer is known by when the certificate is another one: `prescriber|` and the authorisation,
    /// `registry|` and the subject.
    package var lastingName: String {
        let name =
            switch kind {
            case .prescriber: authorisation?.text ?? subject
            case .registry: subject
            }
        return "\(kind.rawValue)|\(name)"
    }

    /// Whether both are the same prescriber or the same register: who signed a record may cancel it.
    package func isSameSigner(as other: SignerIdentity) -> Bool { lastingName == other.lastingName }
}
