import Crypto
import Notation
import Vocabulary
import X509

/// A signed record taken apart, with what its header says. Nobody has checked anything yet.
struct SignedRecord: Sendable {
    let payload: [UInt8]
    let chain: CertificateChain
    /// Nil when the header names none that we know.
    let kind: SignerKind?
    /// `iat`, whole seconds; nil when it is missing or not an integer.
    let signedAt: Instant?
    let isES256: Bool
    /// What is amiss in the header besides algorithm, certificates and time.
    let headerFlaw: ProofRefusal?

    private let signature: [UInt8]
    private let signingInput: [UInt8]

    init(_ compact: String, expecting type: SignedObjectType) throws(ProofRefusal) {
        let parts = try JWSParts(
            compact: compact, maximumBytes: type.maximumBytes, allowsNoSignature: true)
        payload = parts.payload
        signature = parts.signature
        signingInput = parts.signingInput
        chain = CertificateChain(header: parts.header)
        kind = parts.header["kind"]?.text.flatMap { SignerKind(rawValue: $0) }
        signedAt = parts.header["iat"]?.integer.map { Instant(secondsSince1970: $0) }
        isES256 = parts.header["alg"] == "ES256"
        headerFlaw = Self.flaw(parts.header, type: type, hasKind: kind != nil)
    }

    private static func flaw(
        _ header: JSONObject, type: SignedObjectType, hasKind: Bool
    ) -> ProofRefusal? {
        guard header["typ"] == .text(type.rawValue) else { return .wrongType }
        if let name = header.names.first(where: { !type.allowedHeaders.contains($0) }) {
            return .forbiddenHeader(name)
        }
        return hasKind ? nil : .missingHeader("kind")
    }

    /// The leaf's key; nil when the leaf cannot be read or its key is for another algorithm.
    var leafKey: DeviceKey? {
        guard let certificate = chain.leaf?.certificate,
            let key = P256.Signing.PublicKey(certificate.publicKey)
        else { return nil }
        return try? DeviceKey(raw64: [UInt8](key.rawRepresentation))
    }

    /// Whether the key signed the received bytes.
    func isSigned(by key: DeviceKey) -> Bool { key.accepts(signature: signature, over: signingInput) }
}
