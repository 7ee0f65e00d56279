import Notation
package import Vocabulary

// What is derived from an id can be shown again after a restart and never stands in the database.
extension KeyRing {
    /// The number shown on the shop's page, two digits or six, every value equally likely (SCA-13).
    package func matchCode(for confirmation: ConfirmationID, digits: Int = 2) -> MatchCode {
        let isLong = digits == 6
        let range: UInt64 = isLong ? 1_000_000 : 100
        let limit = UInt64.max - UInt64.max % range
        let key = key(for: .matchCode)
        var counter: UInt64 = 0
        while true {
            let tag = authenticate([UInt8](confirmation.text.utf8) + bigEndianBytes(counter), with: key)
            let value = tag.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let text = leadingZeros(value % range, width: isLong ? 6 : 2)
            // Values above the last full range would make small numbers likelier; they draw again.
            if value < limit, let code = MatchCode(text, digits: isLong ? 6 : 2) { return code }
            counter += 1
        }
    }

    /// The secret in the fragment of the page's address: base64url of 32 bytes.
    package func pageToken(for confirmation: ConfirmationID) -> String {
        Base64URL.encode(authenticate([UInt8](confirmation.text.utf8), with: key(for: .pageToken)))
    }

    /// The authentication value that goes to the acquirer, 20 bytes (ACQ-SCA): bound to the very answer.
    package func authenticationValue(for confirmation: ConfirmationID, answerDigest: [UInt8]) -> [UInt8] {
        let bytes = lengthPrefixed(confirmation.text) + answerDigest
        return Array(authenticate(bytes, with: key(for: .authenticationValue)).prefix(20))
    }

    /// The key of test mode's own code app for a customer.
    package func testDeviceKey(for customer: CustomerID) throws -> SigningKey {
        let key = key(for: .testDevice)
        var refusal = ProofRefusal.badKey
        // A draw of 32 bytes misses the range of scalars about once in four thousand million.
        for counter in UInt64(0)..<8 {
            let scalar = authenticate([UInt8](customer.text.utf8) + bigEndianBytes(counter), with: key)
            do throws(ProofRefusal) {
                return try SigningKey(raw: scalar)
            } catch {
                refusal = error
            }
        }
        throw refusal
    }

    /// A name for a customer or a device that is the same for one merchant and tells two merchants nothing.
    package func pseudonym(_ id: String, merchant: MerchantID) -> String {
        Base64URL.encode(
            authenticate(lengthPrefixed(merchant.text, id), with: key(for: .pseudonym)).prefix(16))
    }
}

/// A number in decimal with leading zeros.
func leadingZeros(_ value: UInt64, width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
