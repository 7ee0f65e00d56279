package import GRDB
package import Lifecycles
package import Vocabulary

/// What we are about to ask the acquirer, as it was committed before.
package struct IntentRecord: Sendable, Hashable {
    /// Open until the outcome is known, then ended for good.
    package enum Status: String, Sendable {
        case open
        case accepted
        case refused
        /// No answer in time; only a reversal follows.
        case givenUp = "given_up"
    }

    package let id: IntentID
    package let authorization: AuthorizationID
    package let kind: AcquirerCallKind
    package let amountMinor: Int64
    package let isFinal: Bool
    package let refund: RefundID?
    package let status: Status
    package let reference: CallReference
    package let createdAt: Instant

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = IntentID(text), let authorization = AuthorizationID(row["authorization"]),
            let kind = AcquirerCallKind(rawValue: row["kind"]), let status = Status(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "intents", id: text) }
        self.id = id
        self.authorization = authorization
        self.kind = kind
        self.status = status
        amountMinor = row["amount"]
        isFinal = row["is_final"]
        refund = (row["refund"] as String?).flatMap { RefundID($0) }
        reference = CallReference(
            transmittedAt: row["transmitted_at"], traceNumber: row["trace_number"],
            retrievalReference: row["retrieval_reference"], terminal: row["terminal"])
        createdAt = row["created_at"]
    }

    package static func find(_ id: IntentID, in db: Database) throws -> IntentRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM intents WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(IntentRecord.init)
    }

    /// Every intent without a known outcome, oldest first: what a new start takes up again.
    package static func open(in db: Database) throws -> [IntentID] {
        try String.fetchAll(db, sql: "SELECT id FROM intents WHERE status = 'open' ORDER BY id")
            .compactMap { IntentID($0) }
    }

    /// The intent that asked for the approval which a later one follows.
    package static func original(of id: AuthorizationID, in db: Database) throws -> IntentRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM intents WHERE authorization = ? AND kind = 'authorize'")
        return try Row.fetchOne(statement, arguments: [id]).map(IntentRecord.init)
    }

    /// The intent that a late answer belongs to (ACQ-LATE): all four fields must agree; DE 7 has seconds
    /// only.
    package static func matching(_ reference: CallReference, in db: Database) throws -> IntentRecord? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT * FROM intents
                WHERE retrieval_reference = ? AND trace_number = ? AND terminal = ?
                    AND transmitted_at / 1000 = ?
                """)
        return try Row.fetchOne(
            statement,
            arguments: [
                reference.retrievalReference, reference.traceNumber, reference.terminal,
                reference.transmittedAt.milliseconds / 1000,
            ]
        ).map(IntentRecord.init)
    }
}

extension Transaction {
    private static let terminal = "GODKEND1"

    /// Records what is about to be asked, with the reference it will carry.
    @discardableResult
    func openIntent(
        _ kind: AcquirerCallKind, amountMinor: Int64, of authorization: AuthorizationID,
        isFinal: Bool = false,
        refund: RefundID? = nil
    ) throws -> IntentID {
        let id: IntentID = makeID()
        try execute(
            """
            INSERT INTO intents (id, authorization, kind, amount, is_final, refund, status, transmitted_at,
                trace_number, retrieval_reference, terminal, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?)
            """,
            [
                id, authorization, kind.rawValue, amountMinor, isFinal, refund, now,
                try nextTraceNumber(),
                // The last twelve digits of the identifier are random: 60 bits.
                String(id.text.suffix(12)), Self.terminal, now,
            ])
        noteIntent(id)
        return id
    }

    /// DE 11 counts from 1 to 949,999 and begins again: none repeats within its day, below eleven intents a
    /// second, and none after a restart. What is above is left to network management messages, which no
    /// intent stands behind.
    private func nextTraceNumber() throws -> String {
        let last = try row("SELECT trace_number FROM intents ORDER BY rowid DESC LIMIT 1", [])
        let number = (last?["trace_number"] as String?).flatMap { Int($0) } ?? 0
        let digits = String(number % Self.lastTraceNumber + 1)
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    }

    private static let lastTraceNumber = 949_999

    func intent(_ id: IntentID) throws -> IntentRecord {
        guard let found = try IntentRecord.find(id, in: db) else { throw Rejection.notFound }
        try witness(found.authorization)
        return found
    }

    /// Ends an intent once; false when it has ended already.
    func endIntent(
        _ id: IntentID, as status: IntentRecord.Status, networkCode: NetworkCode? = nil
    ) throws -> Bool {
        let ended = try changesOne(
            "UPDATE intents SET status = ?, network_code = ?, ended_at = ? WHERE id = ? AND status = 'open'",
            [status.rawValue, networkCode?.text, now, id])
        if ended { noteChange(of: id.text) }
        return ended
    }

    /// Takes back what the bank may still hold for an authorization. One reversal is open at a time; a yes
    /// that comes after an accepted reversal gets another.
    func openReversal(of authorization: Authorization) throws {
        let exists = try row(
            "SELECT 1 FROM intents WHERE authorization = ? AND kind = 'reversal' AND status = 'open'",
            [authorization.id])
        let sums = authorization.lifecycle.sums
        guard exists == nil, sums.authorized > sums.captured else { return }
        try openIntent(.reversal, amountMinor: sums.authorized - sums.captured, of: authorization.id)
    }
}
