import CryptoExtras
import Foundation
import Notation
import Vocabulary

/// What scrypt (RFC 7914) costs.
package struct ScryptParameters: Hashable, Sendable {
    /// The binary logarithm of N.
    package let logN: Int
    /// The block size.
    package let r: Int
    /// The parallelism.
    package let p: Int

    /// N = 2^15, r = 8, p = 3: about 32 MiB and a tenth of a second.
    package static let standard = ScryptParameters(knownGood: (15, 8, 3))

    /// N from 2 to 2^20, r from 1 to 32, p from 1 to 16, or nil: a stored text must not cost more than that.
    package init?(logN: Int, r: Int, p: Int) {
        guard (1...20).contains(logN), (1...32).contains(r), (1...16).contains(p) else { return nil }
        self.init(knownGood: (logN, r, p))
    }

    private init(knownGood: (Int, Int, Int)) {
        (logN, r, p) = knownGood
    }
}

/// A stored password: salt, scrypt hash of 32 bytes, and what it cost.
///
/// Computing one takes as long as it should: callers keep a bounded queue before it.
package struct PasswordHash: Masked, Hashable, Sendable {
    package static var mask: String { "[password hash]" }

    /// At least 8 random bytes.
    package let salt: [UInt8]
    /// The scrypt output.
    package let hash: [UInt8]
    /// The cost.
    package let parameters: ScryptParameters

    /// Hashes a password. An empty password and a salt under 8 bytes are refused.
    package static func make(
        _ password: String, salt: [UInt8], parameters: ScryptParameters = .standard
    ) throws -> PasswordHash {
        guard salt.count >= 8 else { throw ProofRefusal.malformed }
        let hash = try derive(normalised(password), salt: salt, parameters: parameters, count: 32)
        return PasswordHash(salt: salt, hash: hash, parameters: parameters)
    }

    /// Whether a password is the one, compared in constant time.
    package func matches(_ password: String) throws -> Bool {
        guard !password.isEmpty else { return false }
        let other = try Self.derive(
            Self.normalised(password), salt: salt, parameters: parameters, count: hash.count)
        return constantTimeEquals(hash, other)
    }

    /// The same letters typed on two keyboards must be the same bytes: Unicode form NFC.
    private static func normalised(_ password: String) -> [UInt8] {
        [UInt8](password.precomposedStringWithCanonicalMapping.utf8)
    }

    /// scrypt itself.
    static func derive(
        _ password: [UInt8], salt: [UInt8], parameters: ScryptParameters, count: Int
    ) throws -> [UInt8] {
        guard !password.isEmpty, !salt.isEmpty else { throw ProofRefusal.malformed }
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << parameters.logN,
            blockSize: parameters.r, parallelism: parameters.p)
        return unsafe key.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

extension PasswordHash {
    /// `$scrypt$ln=15,r=8,p=3$salt$hash`, both parts base64 without padding (the PHC string format).
    package var encoded: String {
        let cost = "ln=\(parameters.logN),r=\(parameters.r),p=\(parameters.p)"
        return "$scrypt$\(cost)$\(Self.unpadded(salt))$\(Self.unpadded(hash))"
    }

    /// Reads `encoded` back, or gives nil for anything that it would not have written.
    package init?(encoded: String) {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        let costs = parts[2].split(separator: ",", omittingEmptySubsequences: false)
        guard costs.count == 3, costs[0].hasPrefix("ln="), let logN = Int(costs[0].dropFirst(3)),
            costs[1].hasPrefix("r="), let r = Int(costs[1].dropFirst(2)),
            costs[2].hasPrefix("p="), let p = Int(costs[2].dropFirst(2)),
            let parameters = ScryptParameters(logN: logN, r: r, p: p),
            let salt = Self.padded(parts[3]), salt.count >= 8,
            let hash = Self.padded(parts[4]), hash.count == 32
        else { return nil }
        self.init(salt: salt, hash: hash, parameters: parameters)
        guard self.encoded == encoded else { return nil }
    }

    private static func unpadded(_ bytes: [UInt8]) -> String {
        String(Base64.encode(bytes).prefix { $0 != "=" })
    }

    private static func padded(_ text: Substring) -> [UInt8]? {
        Base64.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}
