import Notation
package import Vocabulary

/// Signs records and cancellations: for registers and clinic systems in tests, for the demo, for
/// `godkend prescription sign`.
package enum PrescriptionSigning {
    /// A signed record. `payload` goes in as it is; `chain` is DER, leaf first.
    package static func sign(
        payload: [UInt8], kind: SignerKind, chain: [[UInt8]], key: SigningKey, at time: Instant
    ) throws -> String {
        try key.sign(
            type: .prescription, header: header(kind: kind, chain: chain, at: time), payload: payload)
    }

    /// A signed cancellation of one version of a record.
    package static func signCancellation(
        record: String, version: Int64, reason: String, kind: SignerKind, chain: [[UInt8]], key: SigningKey,
        at time: Instant
    ) throws -> String {
        try key.sign(
            type: .prescriptionCancel, header: header(kind: kind, chain: chain, at: time),
            payload: cancellation(record: record, version: version, reason: reason))
    }

    /// The payload of a cancellation.
    static func cancellation(record: String, version: Int64, reason: String) -> [UInt8] {
        let payload: JSON = ["record": .text(record), "version": .integer(version), "reason": .text(reason)]
        return payload.written()
    }

    /// The header members besides `alg` and `typ`. The time is cut to whole seconds.
    static func header(kind: SignerKind, chain: [[UInt8]], at time: Instant) -> [(String, JSON)] {
        [
            ("kind", .text(kind.rawValue)),
            ("x5c", .array(chain.map { .text(Base64.encode($0)) })),
            ("x5t#S256", .text(Base64URL.encode(Digest.sha256(chain.first ?? [])))),
            ("iat", .integer(time.secondsSince1970)),
        ]
    }
}
