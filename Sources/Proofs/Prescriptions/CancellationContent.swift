import Notation
import Vocabulary

/// The payload of a cancellation: exactly `{record, version, reason}`.
struct CancellationContent: Sendable {
    let record: String
    let version: Int64
    let reason: String

    init(_ bytes: [UInt8]) throws(ProofRefusal) {
        let payload = try Payload(parsing: bytes)
        try payload.only(["record", "version", "reason"])
        record = try payload.read("record") { try? PlainText($0, maximum: 64).text }
        version = try payload.integer("version")
        guard version >= 1 else { throw .wrongMember("version") }
        reason = try payload.read("reason") { try? PlainText($0, maximum: 500).text }
    }
}
