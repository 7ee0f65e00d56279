import Crypto
package import Vocabulary

/// A leaf of the log, read back from its bytes.
package struct Leaf: Sendable, Hashable {
    /// A value the leaf commits to without holding it.
    package struct Commitment: Sendable, Hashable {
        package let name: String
        /// HMAC-SHA256(salt, name 0x00 value), 32 bytes.
        package let mac: [UInt8]
    }

    package let version: UInt8
    package let kind: LeafKind
    package let outcome: String
    package let time: Instant
    package let subject: String
    package let merchant: String?
    package let reason: String?
    package let ruleSet: [UInt8]?
    package let amountMinor: Int64?
    package let currency: String?
    package let stateBefore: String?
    package let stateAfter: String?
    package let confirmation: String?
    package let previous: Int64?
    package let actor: String?
    package let commitments: [Commitment]

    /// Reads a leaf; nil when the bytes are not exactly what the encoding writes.
    ///
    /// - Parameters:
    ///   - bytes: what the tree hashes.
    ///   - body: what the digest in them stands for; a leaf of version 1 has none.
    package init?(bytes: [UInt8], body: [UInt8]?) {
        switch bytes.first {
        case 1:
            guard body == nil else { return nil }
            self.init(first: bytes)
        case 2:
            guard let body else { return nil }
            self.init(second: bytes, body)
        default: return nil
        }
    }

    /// The commitment of a name; nil when the leaf has none.
    package func commitment(_ name: String) -> [UInt8]? {
        commitments.first { $0.name == name }?.mac
    }

    /// Whether the leaf commits to this value under this salt.
    package func commits(to value: [UInt8], as name: String, salt: [UInt8]) -> Bool {
        commitment(name) == LeafEncoding.commitment(LeafSecret(name, value), salt: salt)
    }

    private init?(second bytes: [UInt8], _ body: [UInt8]) {
        var head = LeafReader(bytes)
        guard let kind = head.text().flatMap({ LeafKind(rawValue: $0) }), let outcome = head.text(),
            let time = head.number(), let digest = head.field(), head.isAtEnd,
            digest == [UInt8](SHA256.hash(data: body)), body.first == 2
        else { return nil }
        var rest = LeafReader(body)
        guard let subject = rest.text(), let merchant = rest.field(), let reason = rest.field(),
            let ruleSet = rest.field(), let amount = rest.optionalNumber(), let currency = rest.field(),
            let before = rest.field(), let after = rest.field(), let confirmation = rest.field(),
            let previous = rest.optionalNumber(), let actor = rest.field(),
            let commitments = rest.commitments()
        else { return nil }
        version = 2
        self.kind = kind
        self.outcome = outcome
        self.time = Instant(milliseconds: time)
        self.subject = subject
        self.merchant = LeafReader.word(merchant)
        self.reason = LeafReader.word(reason)
        self.ruleSet = ruleSet.isEmpty ? nil : ruleSet
        amountMinor = amount.value
        self.currency = LeafReader.word(currency)
        stateBefore = LeafReader.word(before)
        stateAfter = LeafReader.word(after)
        self.confirmation = LeafReader.word(confirmation)
        self.previous = previous.value
        self.actor = LeafReader.word(actor)
        self.commitments = commitments
    }

    /// Version 1 had one part: kind, subject, time, merchant, outcome, reason, rule-set hash, amount,
    /// currency, state before, state after, confirmation, position of the leaf before, commitments.
    private init?(first bytes: [UInt8]) {
        var all = LeafReader(bytes)
        guard let kind = all.text().flatMap({ LeafKind(rawValue: $0) }), let subject = all.text(),
            let time = all.number(), let merchant = all.field(), let outcome = all.text(),
            let reason = all.field(), let ruleSet = all.field(), let amount = all.optionalNumber(),
            let currency = all.field(), let before = all.field(), let after = all.field(),
            let confirmation = all.field(), let previous = all.optionalNumber(),
            let commitments = all.commitments()
        else { return nil }
        version = 1
        self.kind = kind
        self.outcome = outcome
        self.time = Instant(milliseconds: time)
        self.subject = subject
        self.merchant = LeafReader.word(merchant)
        self.reason = LeafReader.word(reason)
        self.ruleSet = ruleSet.isEmpty ? nil : ruleSet
        amountMinor = amount.value
        self.currency = LeafReader.word(currency)
        stateBefore = LeafReader.word(before)
        stateAfter = LeafReader.word(after)
        self.confirmation = LeafReader.word(confirmation)
        self.previous = previous.value
        actor = nil
        self.commitments = commitments
    }
}

/// Takes fields with their lengths, after the version byte.
private struct LeafReader {
    struct OptionalNumber { let value: Int64? }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes.dropFirst() }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func field() -> [UInt8]? {
        guard rest.count >= 2, let high = rest.popFirst(), let low = rest.popFirst() else { return nil }
        let length = Int(high) << 8 | Int(low)
        guard rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return Array(rest.prefix(length))
    }

    mutating func text() -> String? {
        field().flatMap { String(validating: $0, as: UTF8.self) }
    }

    mutating func number() -> Int64? {
        optionalNumber()?.value
    }

    /// A field that is empty or a number; nil when it is neither.
    mutating func optionalNumber() -> OptionalNumber? {
        guard let bytes = field() else { return nil }
        if bytes.isEmpty { return OptionalNumber(value: nil) }
        guard bytes.count == 8 else { return nil }
        return OptionalNumber(value: bytes.reduce(0) { $0 << 8 | Int64($1) })
    }

    mutating func commitments() -> [Leaf.Commitment]? {
        var all: [Leaf.Commitment] = []
        while !isAtEnd {
            guard let name = text(), let mac = field(), mac.count == 32 else { return nil }
            all.append(Leaf.Commitment(name: name, mac: mac))
        }
        return all
    }

    static func word(_ bytes: [UInt8]) -> String? {
        bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
