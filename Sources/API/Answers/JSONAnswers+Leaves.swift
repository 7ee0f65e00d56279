import Notation
import Operations
import Vocabulary

extension JSONAnswers {
    /// A leaf with what can be read of it.
    static func json(_ leaf: LoggedLeaf) -> JSON {
        [
            "object": "leaf", "index": .integer(leaf.index), "leaf": .text(Base64.encode(leaf.bytes)),
            "body": leaf.body.map { .text(Base64.encode($0)) } ?? .null, "kind": .text(leaf.kind),
            "outcome": .text(leaf.outcome), "time": .text(leaf.time.rfc3339),
            "fields": leaf.content.map(json) ?? .null,
        ]
    }

    private static func json(_ content: LoggedLeaf.Content) -> JSON {
        [
            "subject": .text(content.subject), "merchant": text(content.merchant),
            "reason": text(content.reason), "rule_set": text(content.ruleSet.map { Hex.encode($0) }),
            "amount": content.amountMinor.map { .integer($0) } ?? .null,
            "currency": text(content.currency), "state_before": text(content.stateBefore),
            "state_after": text(content.stateAfter), "confirmation": text(content.confirmation),
            "previous": content.previous.map { .integer($0) } ?? .null,
            "commitments": .array(
                content.commitments.map {
                    ["name": .text($0.name), "mac": .text(Base64.encode($0.mac))]
                }),
        ]
    }
}

extension Schemas {
    static let leafCommitment = ObjectSchema(
        "LeafCommitment", "A value that the leaf commits to without holding it.",
        [
            Property("name", word, required: true),
            Property("mac", base64("HMAC-SHA256(salt, name 0x00 value)."), required: true),
        ])

    static let leafFields = ObjectSchema(
        "LeafFields", "What stands in the body of the leaf.",
        [
            Property("subject", word, required: true),
            Property("merchant", Shape.orNull(word), required: true),
            Property("reason", Shape.orNull(word), required: true),
            Property(
                "rule_set", Shape.orNull(Shape.pattern("^[0-9a-f]{64}$", "SHA-256 of the rule set.")),
                required: true),
            Property("amount", Shape.orNull(amount), required: true),
            Property("currency", Shape.orNull(Shape.pattern("^[A-Z]{3}$", "ISO 4217.")), required: true),
            Property("state_before", Shape.orNull(word), required: true),
            Property("state_after", Shape.orNull(word), required: true),
            Property("confirmation", Shape.orNull(word), required: true),
            Property(
                "previous", Shape.orNull(Shape.integer(0...Int64.max, "Leaf before this one.")),
                required: true),
            Property(
                "commitments", ["type": "array", "items": leafCommitment.reference], required: true),
        ])

    static let leaf = ObjectSchema(
        "Leaf", "A leaf of the decision log.",
        [
            Property("object", Shape.constant("leaf"), required: true),
            Property("index", Shape.integer(0...Int64.max, "Position in the log, from 0."), required: true),
            Property("leaf", base64("What the log hashes."), required: true),
            Property(
                "body",
                Shape.orNull(
                    base64(
                        """
                        What the digest at the end of the leaf stands for; null where it would name a reason \
                        that shops are not told.
                        """)), required: true),
            Property("kind", word, required: true), Property("outcome", word, required: true),
            Property("time", Shape.instant("When."), required: true),
            Property("fields", Shape.orNull(leafFields.reference), required: true),
        ])

    private static let word: JSON = ["type": "string"]

    private static func base64(_ description: String) -> JSON {
        Shape.pattern("^[A-Za-z0-9+/]*={0,2}$", description)
    }
}
