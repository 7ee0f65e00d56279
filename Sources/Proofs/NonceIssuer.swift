import Crypto
import Notation
package import Vocabulary

/// Makes and checks the server's nonces: the server's own time under an HMAC, so nothing need be stored and
/// no clock of a device matters (RFC 9449 section 8).
package struct NonceIssuer: Masked, Sendable {
    package static var mask: String { "[nonce issuer]" }

    private let key: SymmetricKey
    private let lifetimeMilliseconds: Int64

    /// Takes a key made at this start of the server and how long a nonce is good, in seconds.
    package init(key: [UInt8], lifetimeSeconds: Int) {
        self.key = SymmetricKey(data: key)
        lifetimeMilliseconds = Int64(lifetimeSeconds) * 1_000
    }

    /// A nonce of 32 base64url characters: 8 bytes of time, 16 bytes of HMAC-SHA256.
    package func nonce(at now: Instant) -> String {
        let time = bigEndianBytes(UInt64(bitPattern: now.milliseconds))
        return Base64URL.encode(time + tag(time))
    }

    /// Whether a nonce is ours and at most as old as its lifetime, to the millisecond.
    package func isGood(_ nonce: String, at now: Instant) -> Bool {
        guard nonce.utf8.count == 32, let bytes = Base64URL.decode(nonce) else { return false }
        let time = Array(bytes.prefix(8))
        guard constantTimeEquals(bytes.dropFirst(8), tag(time)) else { return false }
        let issued = time.reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
        let age = now.milliseconds - Int64(bitPattern: issued)
        return (0...lifetimeMilliseconds).contains(age)
    }

    private func tag(_ time: [UInt8]) -> ArraySlice<UInt8> {
        authenticate(time, with: key).prefix(16)
    }
}

/// The eight bytes of an integer, most significant first.
func bigEndianBytes(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
}
