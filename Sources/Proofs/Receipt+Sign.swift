import Notation
import Vocabulary

extension Receipt {
    private static let names: Set<String> = [
        "v", "authorization", "merchant", "status", "reason", "amount", "currency", "captured", "refunded",
        "order_digest", "card", "factor", "verified_by", "answer_digest", "customer", "device",
        "record_digests", "handovers", "handed_over_at", "pharmacy", "patient", "decided_at", "leaf", "log",
    ]

    /// The compact JWS; `kid` is the thumbprint of the key, the payload its RFC 8785 form.
    package func sign(with key: SigningKey) throws -> String {
        try key.sign(
            type: .receipt, header: [("kid", .text(key.publicKey.thumbprint))],
            payload: canonicalBytes(object))
    }

    /// Checks a receipt with the published keys and reads it.
    package static func verify(_ compact: String, keys: [DeviceKey]) throws(ProofRefusal) -> Receipt {
        let jws = try UnverifiedJWS(compact: compact, expecting: .receipt)
        guard let key = keys.first(where: { $0.thumbprint == jws.keyID }) else { throw .unknownKey }
        let bytes = try jws.verified(by: key).payload
        let payload = try Payload(parsing: bytes)
        try payload.only(names)
        guard try payload.integer("v") == 1 else { throw .wrongMember("v") }
        let receipt = try Receipt(payload)
        guard try canonicalBytes(receipt.object) == bytes else { throw .notCanonical }
        return receipt
    }

    private var object: JSONObject {
        var object: JSONObject = [
            "v": 1,
            "authorization": .text(authorization.text),
            "merchant": .text(merchant.text),
            "status": .text(status),
            "amount": .integer(money.amountMinor),
            "currency": .text(money.currency.code),
            "captured": .integer(capturedMinor),
            "refunded": .integer(refundedMinor),
            "order_digest": .text(orderDigest),
            "card": .text(card),
            "record_digests": .array(recordDigests.map(JSON.text)),
            "handovers": .array(handovers.map { .text($0.text) }),
            "decided_at": .text(decidedAt.rfc3339),
            "leaf": .integer(leaf),
            "log": .text(log),
        ]
        let optional: [(String, String?)] = [
            ("reason", reason), ("factor", factor?.rawValue), ("verified_by", verifiedBy?.rawValue),
            ("answer_digest", answerDigest.map { Base64URL.encode($0) }), ("customer", customer),
            ("device", device), ("handed_over_at", handedOverAt?.rfc3339), ("pharmacy", pharmacy?.text),
            ("patient", patient),
        ]
        for case (let name, let text?) in optional { object.set(name, .text(text)) }
        return object
    }

    private init(_ payload: Payload) throws(ProofRefusal) {
        let currency = try payload.read("currency") { Currency(code: $0) }
        let amountMinor = try payload.integer("amount")
        guard let money = try? Money(amountMinor: amountMinor, currency: currency) else {
            throw .wrongMember("amount")
        }
        var handovers: [HandoverID] = []
        for text in try payload.texts("handovers") {
            guard let handover = HandoverID(text) else { throw .wrongMember("handovers") }
            handovers.append(handover)
        }
        self.init(
            authorization: try payload.read("authorization") { AuthorizationID($0) },
            merchant: try payload.read("merchant") { MerchantID($0) },
            status: try payload.text("status"),
            reason: try payload.readIfPresent("reason") { $0 },
            money: money,
            capturedMinor: try payload.integer("captured"),
            refundedMinor: try payload.integer("refunded"),
            orderDigest: try payload.text("order_digest"),
            card: try payload.text("card"),
            factor: try payload.readIfPresent("factor") { Factor(rawValue: $0) },
            verifiedBy: try payload.readIfPresent("verified_by") { VerifiedBy(rawValue: $0) },
            answerDigest: try payload.readIfPresent("answer_digest") { Base64URL.decode($0) },
            customer: try payload.readIfPresent("customer") { $0 },
            device: try payload.readIfPresent("device") { $0 },
            recordDigests: try payload.texts("record_digests"),
            handovers: handovers,
            handedOverAt: try payload.readIfPresent("handed_over_at") { Instant(rfc3339: $0) },
            pharmacy: try payload.readIfPresent("pharmacy") { GLN($0) },
            patient: try payload.readIfPresent("patient") { $0 },
            decidedAt: try payload.read("decided_at") { Instant(rfc3339: $0) },
            leaf: try payload.integer("leaf"),
            log: try payload.text("log"))
    }
}
