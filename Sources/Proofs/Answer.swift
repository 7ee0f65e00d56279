import Notation
package import Vocabulary

/// What a customer's code app said about one confirmation (SCA-02, SCA-33).
package enum Answer {
    /// An answer whose signature nobody has checked: good for finding the device and the confirmation.
    package struct Unverified: Sendable {
        /// The device that the answer names in `kid`.
        package let device: DeviceID
        /// The confirmation that the payload names.
        package let confirmation: ConfirmationID

        /// Reads the body of the request.
        package init(_ compact: String) throws(ProofRefusal) {
            let jws = try UnverifiedJWS(compact: compact, expecting: .answer)
            guard let device = jws.keyID.flatMap({ DeviceID($0) }) else { throw .wrongDevice }
            self.device = device
            confirmation = try Payload(parsing: jws.unverifiedPayload).read("confirmation") {
                ConfirmationID($0)
            }
        }
    }

    /// Checks an answer against the statement that was handed to this device.
    ///
    /// The payload must be exactly the canonical bytes of the statement's members, `verdict`, `verified_by`
    /// and, to approve only, `match_code`. Whether the match code is the right one is not looked at here: a
    /// wrong one is a decision about the confirmation, not a forgery.
    package static func verify(
        _ compact: String, statement: [UInt8], key: DeviceKey, device: DeviceID
    ) throws(ProofRefusal) -> VerifiedAnswer {
        let jws = try UnverifiedJWS(compact: compact, expecting: .answer)
        guard jws.keyID == device.text else { throw .wrongDevice }
        let payload = try jws.verified(by: key).payload
        let asked = try Statement(canonical: statement)
        guard asked.device == device else { throw .wrongMember("device") }
        let said = try Payload(parsing: payload)
        guard try canonicalBytes(said.object) == payload else { throw .notCanonical }

        let verdict = try said.read("verdict") { Verdict(rawValue: $0) }
        let verifiedBy = try said.read("verified_by") { VerifiedBy(rawValue: $0) }
        var matchCode: MatchCode?
        if verdict == .approve { matchCode = try said.read("match_code", as: matchCodeOfEitherLength) }
        try compare(said.object, with: Payload(parsing: statement).object, approves: verdict == .approve)
        return VerifiedAnswer(
            confirmation: asked.confirmation, device: device, keyThumbprint: key.thumbprint, verdict: verdict,
            verifiedBy: verifiedBy, matchCode: matchCode, statementDigest: Digest.sha256(statement),
            compact: compact, digest: Digest.sha256(compact.utf8))
    }

    /// Both objects are canonical and hold no name twice, so equal members mean equal bytes.
    private static func compare(
        _ said: JSONObject, with asked: JSONObject, approves: Bool
    ) throws(ProofRefusal) {
        for member in asked.members {
            guard let value = said[member.name] else { throw .missingMember(member.name) }
            guard value == member.value else { throw .wrongMember(member.name) }
        }
        let added: Set<String> =
            approves ? ["verdict", "verified_by", "match_code"] : ["verdict", "verified_by"]
        for name in said.names where asked[name] == nil && !added.contains(name) {
            throw .unknownMember(name)
        }
    }

    /// Two digits, or six where the deployment chose them.
    private static func matchCodeOfEitherLength(_ text: String) -> MatchCode? {
        MatchCode(text) ?? MatchCode(text, digits: 6)
    }
}

/// An answer that a known device key signed over exactly the statement it was asked about.
///
/// Only `Answer.verify` makes one, so unchecked words cannot reach a decision.
package struct VerifiedAnswer: Hashable, Sendable {
    /// The confirmation that is answered.
    package let confirmation: ConfirmationID
    /// The device that answered.
    package let device: DeviceID
    /// The RFC 7638 thumbprint of the key that the answer was checked with.
    package let keyThumbprint: String
    /// What the customer said.
    package let verdict: Verdict
    /// How the device knew its customer.
    package let verifiedBy: VerifiedBy
    /// What the customer typed off the shop's page; there exactly when the verdict is approve.
    package let matchCode: MatchCode?
    /// SHA-256 of the statement's bytes.
    package let statementDigest: [UInt8]
    /// The answer as it came.
    package let compact: String
    /// SHA-256 of the answer as it came.
    package let digest: [UInt8]

    fileprivate init(
        confirmation: ConfirmationID, device: DeviceID, keyThumbprint: String, verdict: Verdict,
        verifiedBy: VerifiedBy, matchCode: MatchCode?, statementDigest: [UInt8], compact: String,
        digest: [UInt8]
    ) {
        self.confirmation = confirmation
        self.device = device
        self.keyThumbprint = keyThumbprint
        self.verdict = verdict
        self.verifiedBy = verifiedBy
        self.matchCode = matchCode
        self.statementDigest = statementDigest
        self.compact = compact
        self.digest = digest
    }
}
