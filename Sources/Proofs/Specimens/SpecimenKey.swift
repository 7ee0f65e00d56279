import Crypto

/// Keys that anybody can make again from a label: honest test keys, worth nothing.
enum SpecimenKey {
    static let label = "godkend specimen keys, published, for tests only"

    /// The P-256 scalar of a label, by HKDF-SHA256 (RFC 5869).
    static func scalar(_ name: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(label.utf8)), info: Array(name.utf8),
            outputByteCount: 32)
        return unsafe key.withUnsafeBytes { unsafe [UInt8]($0) }
    }

    static func signing(_ name: String) throws -> P256.Signing.PrivateKey {
        try P256.Signing.PrivateKey(rawRepresentation: scalar(name))
    }
}
