package import Notation
import Proofs
import Records
package import Vocabulary

/// One leaf in an export: whole when it is inside the filter, else by what its hash is made of.
package struct ExportLine: Sendable, Hashable {
    package let position: Int64
    package let kind: String
    package let outcome: String
    package let time: Instant
    /// Nil for leaves of version 1, which have no body: those are shown by their hash, or whole.
    package let bodyDigest: [UInt8]?
    /// The RFC 6962 hash of a leaf of version 1 that is not shown.
    package let hash: [UInt8]?
    /// Nil outside the filter.
    package let shown: Shown?

    /// What a leaf inside the filter tells.
    package struct Shown: Sendable, Hashable {
        /// The body; of a leaf of version 1, all of it.
        package let body: [UInt8]
        package let subject: String
        package let merchant: String?
        package let reason: String?
        /// Opens the commitment to the reason, where the leaf has one.
        package let salt: [UInt8]?
        package let amountMinor: Int64?
        package let currency: String?
        package let state: String?
        package let actor: String?
    }

    package var json: JSON {
        var object: JSONObject = [
            "index": .integer(position), "kind": .text(kind), "outcome": .text(outcome),
            "time": .text(time.rfc3339),
        ]
        if let bodyDigest { object.set("body_digest", .text(Base64.encode(bodyDigest))) }
        if let hash { object.set("hash", .text(Base64.encode(hash))) }
        guard let shown else { return .object(object) }
        object.set(bodyDigest == nil ? "leaf" : "body", .text(Base64.encode(shown.body)))
        object.set("subject", .text(shown.subject))
        object.set("merchant", JSON(shown.merchant))
        object.set("reason", JSON(shown.reason))
        if let salt = shown.salt { object.set("salt", .text(Base64.encode(salt))) }
        object.set("amount", shown.amountMinor.map { .integer($0) } ?? .null)
        object.set("currency", JSON(shown.currency))
        object.set("state", JSON(shown.state))
        object.set("actor", JSON(shown.actor))
        return .object(object)
    }

    /// The columns of the table, and the cells of a leaf inside the filter; nil for any other.
    package static let columns = [
        "index", "time", "kind", "outcome", "subject", "merchant", "reason", "amount", "currency", "state",
        "actor",
    ]

    package var cells: [String]? {
        guard let shown else { return nil }
        return [
            String(position), time.rfc3339, kind, outcome, shown.subject, shown.merchant ?? "",
            shown.reason ?? "", shown.amountMinor.map(String.init) ?? "", shown.currency ?? "",
            shown.state ?? "", shown.actor ?? "",
        ]
    }
}

extension ExportLine {
    /// Nil for a leaf that cannot be read.
    init?(_ exported: ExportedLeaf, under filter: ExportFilter) {
        guard let leaf = exported.stored.leaf else { return nil }
        // A reason whose salt was erased cannot be shown to be the one.
        let opened = exported.salt == nil ? nil : exported.reason
        let reason = leaf.reason.flatMap { DeclineReason(rawValue: $0) } ?? opened
        let isShown = filter.admits(leaf, reason: reason)
        let body = exported.stored.body
        position = exported.stored.position
        kind = leaf.kind.rawValue
        outcome = leaf.outcome
        time = leaf.time
        bodyDigest = body.map { Digest.sha256($0) }
        hash = body == nil && !isShown ? exported.stored.hash : nil
        let isHidden = leaf.reason == nil && leaf.commitment("reason") != nil
        shown =
            isShown
            ? Shown(
                body: body ?? exported.stored.bytes, subject: leaf.subject, merchant: leaf.merchant,
                reason: reason?.rawValue, salt: isHidden ? exported.salt : nil,
                amountMinor: leaf.amountMinor, currency: leaf.currency, state: leaf.stateAfter,
                actor: leaf.actor) : nil
    }

    /// Reads a line; nil for anything that `json` did not write.
    package init?(_ json: JSON) {
        guard let object = json.object, let position = object["index"]?.integer,
            let kind = object["kind"]?.text, let outcome = object["outcome"]?.text,
            let time = object["time"]?.text.flatMap({ Instant(rfc3339: $0) })
        else { return nil }
        func bytes(_ name: String) -> [UInt8]? { object[name]?.text.flatMap { Base64.decode($0) } }
        self.position = position
        self.kind = kind
        self.outcome = outcome
        self.time = time
        bodyDigest = bytes("body_digest")
        hash = bytes("hash")
        shown = (bytes("body") ?? bytes("leaf")).flatMap { body in
            guard let subject = object["subject"]?.text else { return nil }
            return Shown(
                body: body, subject: subject, merchant: object["merchant"]?.text,
                reason: object["reason"]?.text, salt: bytes("salt"), amountMinor: object["amount"]?.integer,
                currency: object["currency"]?.text, state: object["state"]?.text,
                actor: object["actor"]?.text)
        }
    }
}
