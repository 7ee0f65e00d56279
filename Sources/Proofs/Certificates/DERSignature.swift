import SwiftASN1
import X509

/// The signature of a revocation list or an OCSP response, with the very bytes that it is over.
///
/// Both are `SEQUENCE { body, AlgorithmIdentifier, BIT STRING, … }` (RFC 5280 section 5.1, RFC 6960 section
/// 4.2.1).
struct DERSignature: Sendable {
    private let signed: ArraySlice<UInt8>
    private let algorithm: Certificate.SignatureAlgorithm
    private let signature: ArraySlice<UInt8>

    init(over body: ASN1Node, algorithm node: ASN1Node, bits: ASN1Node) throws {
        let bits = try ASN1BitString(derEncoded: bits)
        guard let algorithm = try SignatureRule.algorithm(node), bits.paddingBits == 0 else {
            throw DERFlaw.notExpected
        }
        signed = body.encodedBytes
        self.algorithm = algorithm
        signature = bits.bytes
    }

    /// Whether the key made it.
    func isMade(by key: Certificate.PublicKey) -> Bool {
        SignatureRule.accepts(signature, over: signed, by: algorithm, key: key)
    }
}
