import GRDB
import Lifecycles
import Vocabulary

/// Reads the calls to the acquirer that ended so that an operator must look.
enum AbandonedCalls {
    /// Days back that are looked at.
    private static let days = 90

    static let sql = """
        SELECT i.id, i.authorization, i.kind, i.amount, i.status, i.network_code, i.ended_at, a.currency
        FROM intents i INDEXED BY intents_abandoned
        CROSS JOIN authorizations a ON a.id = i.authorization
        WHERE \(PaymentSchema.abandonedIntents(in: "i")) AND i.id >= ?
        ORDER BY i.id DESC LIMIT \(AuditLists.limit + 1)
        """

    static func read(at now: Instant, in db: Database) throws -> [AuditLists.Abandoned] {
        let first = IntentID(at: now.adding(days: -days), random: (0, 0))
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [first]).compactMap { row in
            guard let intent = IntentID(row["id"]), let authorization = AuthorizationID(row["authorization"]),
                let kind = AcquirerCallKind(rawValue: row["kind"]),
                let status = IntentRecord.Status(rawValue: row["status"]),
                let currency = Currency(code: row["currency"]),
                let money = try? Money(amountMinor: row["amount"], currency: currency)
            else { return nil }
            return AuditLists.Abandoned(
                intent: intent, authorization: authorization, kind: kind, money: money, status: status,
                networkCode: (row["network_code"] as String?).flatMap { NetworkCode($0) },
                endedAt: row["ended_at"])
        }
    }
}
