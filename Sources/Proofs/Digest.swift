import Crypto

/// Hashes of bytes. SHA-256 alone: nothing here needs another.
package enum Digest {
    /// SHA-256, 32 bytes.
    package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        [UInt8](SHA256.hash(data: [UInt8](bytes)))
    }
}

/// HMAC-SHA256 (RFC 2104), 32 bytes.
func authenticate(_ bytes: [UInt8], with key: SymmetricKey) -> [UInt8] {
    [UInt8](HMAC<SHA256>.authenticationCode(for: bytes, using: key))
}
