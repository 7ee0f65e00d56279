import Notation
import Vocabulary

extension Statement {
    /// The members that a card payment has and the other kinds do not.
    private static let paymentMembers: Set<String> = [
        "amount", "authorization", "card", "currency", "order", "order_digest", "payee",
    ]
    private static let commonMembers: Set<String> = [
        "confirmation", "customer", "device", "effect", "expires_at", "issued_at", "kind", "merchant",
        "nonce",
        "patient_initials", "prescriptions", "v",
    ]

    /// The RFC 8785 bytes. Absent members are left out, never written as null.
    package func canonical() -> [UInt8] {
        // Written in canonical order already: every name is ASCII and every number an integer within 2^53.
        JSON.object(object).written()
    }

    private var object: JSONObject {
        var object = JSONObject()
        func set(_ name: String, _ text: String?) {
            if let text { object.set(name, .text(text)) }
        }
        if let amount { object.set("amount", .integer(amount)) }
        set("authorization", authorization?.text)
        set("card", card)
        set("confirmation", confirmation.text)
        set("currency", currency?.code)
        set("customer", customer.text)
        set("device", device.text)
        object.set("effect", .array(effect.map(JSON.text)))
        set("expires_at", expiresAt.rfc3339)
        set("issued_at", issuedAt.rfc3339)
        set("kind", kind.rawValue)
        set("merchant", merchant.text)
        set("nonce", nonce)
        set("order", order)
        set("order_digest", orderDigest)
        set("patient_initials", patientInitials)
        set("payee", payee)
        object.set("prescriptions", .array(prescriptions.map(\.json)))
        object.set("v", 1)
        return object
    }

    /// Reads the canonical bytes back; anything that this version would not have written is refused.
    package init(canonical bytes: [UInt8]) throws(ProofRefusal) {
        let payload = try Payload(parsing: bytes)
        let kind = try payload.read("kind") { ConfirmationKind(rawValue: $0) }
        let isPayment = kind == .cardPayment
        try payload.only(Self.commonMembers.union(isPayment ? Self.paymentMembers : []))
        guard try payload.integer("v") == 1 else { throw .wrongMember("v") }
        let money = isPayment ? try Self.money(payload) : nil
        let effect = try payload.texts("effect")
        guard effect.allSatisfy({ checked($0, 500) != nil }) else { throw .wrongMember("effect") }
        var uses: [PrescriptionUse] = []
        for use in try payload.array("prescriptions") { uses.append(try PrescriptionUse(json: use)) }
        self.init(
            amount: money?.amountMinor,
            authorization: isPayment ? try payload.read("authorization") { AuthorizationID($0) } : nil,
            card: isPayment ? try payload.read("card") { checked($0, 80) } : nil,
            confirmation: try payload.read("confirmation") { ConfirmationID($0) },
            currency: money?.currency,
            customer: try payload.read("customer") { CustomerID($0) },
            device: try payload.read("device") { DeviceID($0) },
            effect: effect,
            expiresAt: try payload.read("expires_at") { Instant(rfc3339: $0) },
            issuedAt: try payload.read("issued_at") { Instant(rfc3339: $0) },
            kind: kind,
            merchant: try payload.read("merchant") { MerchantID($0) },
            nonce: try payload.text("nonce"),
            order: isPayment ? try payload.read("order") { try? OrderReference($0).text } : nil,
            orderDigest: isPayment ? try payload.text("order_digest") : nil,
            patientInitials: try payload.read("patient_initials") { $0.isEmpty ? $0 : checked($0, 20) },
            payee: isPayment ? try payload.read("payee") { try? DisplayName($0).text } : nil,
            prescriptions: uses)
        guard canonical() == bytes else { throw .notCanonical }
    }

    private static func money(_ payload: Payload) throws(ProofRefusal) -> Money {
        let currency = try payload.read("currency") { Currency(code: $0) }
        let amountMinor = try payload.integer("amount")
        do throws(MoneyError) {
            return try Money(amountMinor: amountMinor, currency: currency)
        } catch {
            throw .wrongMember("amount")
        }
    }
}

/// A text fit to be shown, or nil: an app must not print control characters or turned-round text (SCA-05).
private func checked(_ text: String, _ maximum: Int) -> String? {
    try? PlainText(text, maximum: maximum).text
}

extension Statement.PrescriptionUse {
    fileprivate var json: JSON {
        [
            "handover": .integer(handover), "line": .text(line), "record": .text(record.text),
            "version": .integer(version),
        ]
    }

    fileprivate init(json: JSON) throws(ProofRefusal) {
        guard let object = json.object else { throw .wrongMember("prescriptions") }
        let payload = Payload(object)
        try payload.only(["handover", "line", "record", "version"])
        self.init(
            record: try payload.read("record") { PrescriptionID($0) },
            version: try payload.integer("version"),
            line: try payload.read("line") { checked($0, 64) }, handover: try payload.integer("handover"))
    }
}
