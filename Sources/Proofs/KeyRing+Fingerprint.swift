/// What is looked up by its keyed fingerprint instead of being stored. Each kind has its own key.
package enum FingerprintKind: String, CaseIterable, Sendable {
    /// A card number (PAN-1).
    case card
    /// A person number (SCA-28).
    case personNumber = "person-number"
    /// The body of a request behind an idempotency key.
    case request
    /// One key of a printed key card.
    case keyCardCode = "key-card-code"
    /// An activation code of an app.
    case activationCode = "activation-code"
    /// A one-time code that was used.
    case oneTimeCode = "one-time-code"
    /// The token of a session.
    case session
    /// The patient in a receipt.
    case patient
    /// The id of a prescription record.
    case record
    /// Who signed a prescription record.
    case signer
    /// A salted commitment in a leaf of the decision log.
    case commitment
    /// The name of a caller in limits and counters.
    case caller
}

extension KeyRing {
    /// HMAC-SHA256 of the bytes under the key of their kind, 32 bytes.
    package func fingerprint(_ bytes: [UInt8], as kind: FingerprintKind) -> [UInt8] {
        authenticate(bytes, with: key(label: "fingerprint/\(kind.rawValue)"))
    }

    /// The fingerprint of a text's UTF-8.
    package func fingerprint(_ text: String, as kind: FingerprintKind) -> [UInt8] {
        fingerprint([UInt8](text.utf8), as: kind)
    }
}
