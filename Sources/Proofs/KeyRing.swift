import Crypto
import Vocabulary

/// Every secret key of the gateway, derived from one master key that is kept outside the database.
///
/// Each use has a key of its own (HKDF-SHA256, RFC 5869, one label a use), so that what one use gives away
/// helps with no other. Printing a key ring prints a mask.
package struct KeyRing: Masked, Sendable {
    package static var mask: String { "[key ring]" }

    /// What the keys are for. A renamed case is another key: everything made under the old one is lost.
    enum Purpose: String {
        case seal
        case matchCode = "match-code"
        case pageToken = "page-token"
        case authenticationValue = "authentication-value"
        case testDevice = "test-device"
        case pseudonym
    }

    private let pseudoRandomKey: SymmetricKey

    /// Takes 32 random bytes; any other length is `badKey`.
    package init(master: [UInt8]) throws(ProofRefusal) {
        guard master.count == 32 else { throw .badKey }
        let extracted = HKDF<SHA256>.extract(
            inputKeyMaterial: SymmetricKey(data: master), salt: [UInt8]("godkend".utf8))
        pseudoRandomKey = SymmetricKey(data: extracted)
    }

    func key(for purpose: Purpose) -> SymmetricKey { key(label: purpose.rawValue) }

    func key(label: String) -> SymmetricKey {
        HKDF<SHA256>.expand(
            pseudoRandomKey: pseudoRandomKey, info: [UInt8]("1/\(label)".utf8), outputByteCount: 32)
    }
}

/// Texts joined so that no two different lists give the same bytes: each behind its length.
func lengthPrefixed(_ texts: String...) -> [UInt8] {
    texts.flatMap { bigEndianBytes(UInt64($0.utf8.count)) + [UInt8]($0.utf8) }
}
