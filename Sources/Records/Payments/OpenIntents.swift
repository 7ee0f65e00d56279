package import GRDB
package import Lifecycles
package import Vocabulary

/// What is under way at the acquirer, and what ended so that an operator must look, counted by kind.
package struct OpenIntents: Sendable, Hashable {
    /// Intents of one kind.
    package struct Group: Sendable, Hashable {
        package let count: Int
        /// When the oldest of them was recorded.
        package let oldest: Instant

        package init(count: Int, oldest: Instant) {
            self.count = count
            self.oldest = oldest
        }
    }

    package let kinds: [AcquirerCallKind: Group]
    /// Ended, and not by a plain yes or a no that the shop was told.
    package let abandoned: [AcquirerCallKind: Int]

    package init(kinds: [AcquirerCallKind: Group], abandoned: [AcquirerCallKind: Int]) {
        self.kinds = kinds
        self.abandoned = abandoned
    }

    package static func read(in db: Database) throws -> OpenIntents {
        var kinds: [AcquirerCallKind: Group] = [:]
        let open = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT kind, count(*) AS count, min(created_at) AS oldest FROM intents
                    INDEXED BY intents_open WHERE status = 'open' GROUP BY kind
                    """))
        while let row = try open.next() {
            guard let kind = AcquirerCallKind(rawValue: row["kind"]) else { continue }
            kinds[kind] = Group(count: row["count"], oldest: row["oldest"])
        }
        var abandoned: [AcquirerCallKind: Int] = [:]
        let ended = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT kind, count(*) AS count FROM intents INDEXED BY intents_abandoned
                    WHERE \(PaymentSchema.abandonedIntents()) GROUP BY kind
                    """))
        while let row = try ended.next() {
            guard let kind = AcquirerCallKind(rawValue: row["kind"]) else { continue }
            abandoned[kind] = row["count"]
        }
        return OpenIntents(kinds: kinds, abandoned: abandoned)
    }

    /// Reads them from a file that a server may be running on; nothing is written.
    package static func read(path: String) throws -> OpenIntents {
        try VerifiedFile.open(path).read { db in try read(in: db) }
    }
}

/// The intent that a late answer belongs to (ACQ-LATE).
package struct LateMatch: Sendable {
    package let intent: IntentRecord
    /// Of the payment.
    package let currency: Currency
    /// False when the retrieval reference, which is one intent's alone, is all that agrees.
    package let isCertain: Bool

    package static func find(_ reference: CallReference, in db: Database) throws -> LateMatch? {
        let exact = try IntentRecord.matching(reference, in: db)
        guard let intent = try exact ?? IntentRecord.near(reference, in: db),
            let authorization = try AuthorizationReading.find(intent.authorization, of: nil, in: db)
        else { return nil }
        return LateMatch(
            intent: intent, currency: authorization.money.currency, isCertain: exact != nil)
    }
}

extension IntentRecord {
    /// By the retrieval reference alone: a host that writes its own time into its answers.
    fileprivate static func near(_ reference: CallReference, in db: Database) throws -> IntentRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM intents WHERE retrieval_reference = ?")
        return try Row.fetchOne(statement, arguments: [reference.retrievalReference]).map(IntentRecord.init)
    }
}
