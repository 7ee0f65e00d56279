import SwiftASN1
import X509

/// The signature algorithms taken on certificates, revocation lists and OCSP responses: SHA-2 only.
enum SignatureRule {
    private static let algorithms: [ASN1ObjectIdentifier: Certificate.SignatureAlgorithm] = [
        [1, 2, 840, 10_045, 4, 3, 2]: .ecdsaWithSHA256,
        [1, 2, 840, 10_045, 4, 3, 3]: .ecdsaWithSHA384,
        [1, 2, 840, 10_045, 4, 3, 4]: .ecdsaWithSHA512,
        [1, 2, 840, 113_549, 1, 1, 11]: .sha256WithRSAEncryption,
        [1, 2, 840, 113_549, 1, 1, 12]: .sha384WithRSAEncryption,
        [1, 2, 840, 113_549, 1, 1, 13]: .sha512WithRSAEncryption,
    ]

    static func allows(_ algorithm: Certificate.SignatureAlgorithm) -> Bool {
        algorithms.values.contains(algorithm)
    }

    /// Reads an `AlgorithmIdentifier`; nil for an algorithm that is not in the list.
    static func algorithm(_ node: ASN1Node) throws -> Certificate.SignatureAlgorithm? {
        try DER.sequence(node, identifier: .sequence) { nodes in
            let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
            // RFC 5758 section 3.2 leaves the parameters out, RFC 4055 section 5 has NULL.
            if let parameters = nodes.next() { _ = try ASN1Null(derEncoded: parameters) }
            return algorithms[identifier]
        }
    }

    /// Whether the key signed the bytes. An ECDSA signature is the DER of RFC 3279 section 2.2.3.
    static func accepts(
        _ signature: ArraySlice<UInt8>, over bytes: ArraySlice<UInt8>,
        by algorithm: Certificate.SignatureAlgorithm, key: Certificate.PublicKey
    ) -> Bool {
        allows(algorithm) && key.isValidSignature(signature, for: bytes, signatureAlgorithm: algorithm)
    }
}
