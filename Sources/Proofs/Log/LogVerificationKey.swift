import Crypto
import Notation
import Vocabulary

/// The public half of a log's key, with the log's name (C2SP signed-note, Ed25519, signature type 0x01).
package struct LogVerificationKey: Hashable, Sendable, CustomStringConvertible {
    /// The signature type of Ed25519.
    private static let type: UInt8 = 0x01

    /// The name of the log, which is also the origin of its checkpoints.
    package let name: String
    /// Four bytes: the beginning of SHA-256 over name, newline, type and key.
    package let keyID: [UInt8]
    /// The public key, 32 bytes (RFC 8032).
    package let publicKey: [UInt8]

    /// Throws `badName`, or `badKey` for bytes that are no key to trust.
    package init(name: String, publicKey: [UInt8]) throws(LogFlaw) {
        guard SignedNote.isName(name) else { throw .badName }
        guard EdwardsPoint.isTrustworthy(publicKey) else { throw .badKey }
        self.name = name
        self.publicKey = publicKey
        let named = [UInt8](name.utf8) + [UInt8(ascii: "\n"), Self.type]
        keyID = [UInt8](Digest.sha256(named + publicKey).prefix(4))
    }

    /// Reads `name+keyID+base64`, the key ID as 8 lower-case hexadecimal digits. Throws `malformedKey`, also
    /// when the key ID is not that of name and key; `badName`; `badKey`.
    package init(parsing text: String) throws(LogFlaw) {
        let fields = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let material = Base64.decode(fields[2]), material.first == Self.type else {
            throw .malformedKey
        }
        try self.init(name: String(fields[0]), publicKey: [UInt8](material.dropFirst()))
        guard Array(description.utf8) == Array(text.utf8) else { throw .malformedKey }
    }

    /// The key as a verifier is given it: `name+keyID+base64`.
    package var description: String {
        "\(name)+\(Hex.encode(keyID))+\(Base64.encode([Self.type] + publicKey))"
    }

    /// Whether the note has exactly one signature by this key, and it is good.
    package func verifies(_ note: SignedNote) -> Bool {
        do {
            try check(note)
            return true
        } catch {
            return false
        }
    }

    /// Throws `notSigned` when the note has not exactly one signature by this key, and `badSignature`.
    /// Signatures by other keys, be it under the same name or key ID, are passed over (signed-note,
    /// Signatures).
    func check(_ note: SignedNote) throws(LogFlaw) {
        let own = note.signatures.filter { $0.keyID == keyID && $0.name.utf8.elementsEqual(name.utf8) }
        guard own.count == 1, let signature = own.first?.signature else { throw .notSigned }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey),
            signature.count == 64, key.isValidSignature(signature, for: [UInt8](note.text.utf8))
        else { throw .badSignature }
    }
}

/// What can be wrong with the 32 bytes of an Ed25519 public key (RFC 8032 section 5.1.3).
private enum EdwardsPoint {
    /// Whether the bytes are the one way to write a coordinate, and not that of one of the eight points of
    /// small order: under those anybody can sign.
    static func isTrustworthy(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 32 else { return false }
        // The top bit is the sign of the other coordinate.
        let y = bytes[..<31] + [bytes[31] & 0x7F]
        let isBelowPrime = y[31] < 0x7F || y[1..<31].contains { $0 < 0xFF } || y[0] < 0xED
        return isBelowPrime && !ofSmallOrder.contains(Hex.encode(y))
    }

    /// Zero, one, minus one, and the two coordinates of the points of order eight.
    private static let ofSmallOrder: Set<String> = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ]
}
