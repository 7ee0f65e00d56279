import Crypto
import CryptoExtras
import Foundation

/// Seals a device key under a PIN: scrypt makes the sealing key, AES-GCM seals.
///
/// A PIN is short: whoever copies the file can try all PINs at home, and scrypt only makes each try dear. The
/// five tries count where they are counted, in the app. A phone keeps its key in hardware instead.
enum PINSeal {
    /// N = 2^15, with r = 8 and p = 3: 32 MiB and some tenths of a second a try (RFC 7914 section 2).
    static let usualCost = 15

    static func seal(_ secret: [UInt8], pin: String, salt: [UInt8], cost: Int, context: [UInt8]) throws
        -> [UInt8]
    {
        let box = try AES.GCM.seal(
            secret, using: key(pin: pin, salt: salt, cost: cost), authenticating: context)
        guard let combined = box.combined else { throw CommandFailure("The key could not be sealed.") }
        return [UInt8](combined)
    }

    /// The secret, or nil for a wrong PIN or an altered file.
    static func open(_ sealed: [UInt8], pin: String, salt: [UInt8], cost: Int, context: [UInt8]) throws
        -> [UInt8]?
    {
        let key = try key(pin: pin, salt: salt, cost: cost)
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let secret = try? AES.GCM.open(box, using: key, authenticating: context)
        else { return nil }
        return [UInt8](secret)
    }

    /// `cost` is the binary logarithm of N.
    private static func key(pin: String, salt: [UInt8], cost: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: [UInt8](pin.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: 8,
            parallelism: 3)
    }
}
