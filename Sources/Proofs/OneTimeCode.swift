import Crypto
package import Vocabulary

/// One-time codes of code tokens: HOTP (RFC 4226) and TOTP (RFC 6238).
package enum OneTimeCode {
    /// The hash under the HMAC. Tokens in the field use SHA-1, which HMAC does not weaken.
    package enum Algorithm: String, CaseIterable, Sendable {
        /// RFC 4226.
        case sha1 = "SHA1"
        /// RFC 6238 section 1.2.
        case sha256 = "SHA256"
        /// RFC 6238 section 1.2.
        case sha512 = "SHA512"
    }

    /// The code for a counter, 6 to 9 digits (RFC 4226 section 5.3).
    package static func hotp(
        secret: [UInt8], counter: UInt64, digits: Int = 6, algorithm: Algorithm = .sha1
    ) -> String {
        let tag = authenticationCode(bigEndianBytes(counter), secret: secret, algorithm: algorithm)
        let offset = Int((tag.last ?? 0) & 0x0F)
        let number = tag[offset..<offset + 4].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0x7FFF_FFFF
        let width = min(max(digits, 6), 9)
        let modulus = (0..<width).reduce(UInt64(1)) { product, _ in product * 10 }
        return leadingZeros(number % modulus, width: width)
    }

    /// The code for a time (RFC 6238 section 4).
    package static func totp(
        secret: [UInt8], at now: Instant, stepSeconds: Int = 30, digits: Int = 6,
        algorithm: Algorithm = .sha1
    ) -> String {
        let step = step(at: now, stepSeconds: stepSeconds)
        return hotp(
            secret: secret, counter: UInt64(bitPattern: step), digits: digits, algorithm: algorithm)
    }

    /// The step that a code belongs to, or nil when it fits none that is still to be had.
    ///
    /// Steps up to `window` before and after now are tried. A step at or before `lastStep`, the last one that
    /// was accepted, is never accepted again (RFC 6238 section 5.2). Every step is tried whatever comes
    /// first.
    package static func matchTOTP(
        _ code: String, secret: [UInt8], at now: Instant, window: Int = 1, notBefore lastStep: Int64?,
        stepSeconds: Int = 30, digits: Int = 6, algorithm: Algorithm = .sha1
    ) -> Int64? {
        let current = step(at: now, stepSeconds: stepSeconds)
        let reach = Int64(max(0, window))
        var match: Int64?
        for step in (current - reach)...(current + reach) {
            let expected = hotp(
                secret: secret, counter: UInt64(bitPattern: step), digits: digits, algorithm: algorithm)
            let isRight = constantTimeEquals(Array(expected.utf8), Array(code.utf8))
            let isNew = lastStep.map { step > $0 } ?? true
            if isRight && isNew && match == nil { match = step }
        }
        return match
    }

    /// How many whole steps since 1970.
    package static func step(at now: Instant, stepSeconds: Int = 30) -> Int64 {
        let length = Int64(max(1, stepSeconds)) * 1_000
        let (quotient, remainder) = now.milliseconds.quotientAndRemainder(dividingBy: length)
        return remainder < 0 ? quotient - 1 : quotient
    }

    static func authenticationCode(_ bytes: [UInt8], secret: [UInt8], algorithm: Algorithm) -> [UInt8] {
        let key = SymmetricKey(data: secret)
        return switch algorithm {
        case .sha1: [UInt8](HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key))
        case .sha256: [UInt8](HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        case .sha512: [UInt8](HMAC<SHA512>.authenticationCode(for: bytes, using: key))
        }
    }
}
