package import GRDB
import Lifecycles
package import Vocabulary

extension AuditLists {
    /// Hours before its end in which an approval is told of.
    private static let expiringHours = 24
    /// Days back in which what was given back is looked for.
    private static let refundDays = 90
    /// Minutes after which a notice should have been delivered.
    private static let deliveryMinutes = 5
    /// Notices that are looked at: the latest before those minutes.
    private static let latestNotices = 10_000

    /// Reads all lists; each statement follows an index and ends at a limit.
    ///
    /// - Parameter timeoutSeconds: after so long without an answer an outcome counts as unknown.
    package static func read(
        at now: Instant, timeoutSeconds: Int, in db: Database
    ) throws -> AuditLists {
        AuditLists(
            notHandedOver: List(try owed(in: db)),
            notCaptured: List(try open(in: db) + refunded(at: now, in: db)),
            expiring: List(try expiring(at: now, in: db)),
            rising: List(try rising(at: now, in: db)),
            undelivered: List(try undelivered(at: now, in: db)),
            unknownOutcomes: List(try unknown(before: now.adding(seconds: -timeoutSeconds), in: db)),
            abandoned: List(try AbandonedCalls.read(at: now, in: db)))
    }

    /// The statements behind the lists, for whoever checks their plans.
    package static let statements = [
        owedSQL, openSQL, refundedSQL, expiringSQL, risingSQL, undeliveredSQL, unknownSQL,
        AbandonedCalls.sql,
    ]

    private static let owedSQL = """
        SELECT h.id, h.authorization, a.merchant, h.created_at FROM holds h INDEXED BY holds_owed
        CROSS JOIN authorizations a ON a.id = h.authorization
        WHERE h.status = 'owed' AND h.created_at >= 0 ORDER BY h.created_at LIMIT \(limit + 1)
        """

    private static func owed(in db: Database) throws -> [Owed] {
        try Row.fetchAll(db.cachedStatement(sql: owedSQL)).compactMap { row in
            guard let hold = HoldID(row["id"]), let authorization = AuthorizationID(row["authorization"]),
                let merchant = MerchantID(row["merchant"])
            else { return nil }
            return Owed(
                authorization: authorization, merchant: merchant, hold: hold, since: row["created_at"])
        }
    }

    private static let lastHandover = """
        (SELECT max(handed_over_at) FROM handovers WHERE authorization = a.id AND undone_at IS NULL)
        """

    private static let columns = """
        a.id, a.merchant, a.amount, a.currency, a.captured, a.refunded, \(lastHandover) AS handed_over_at
        """

    /// Nothing is owed any more, and yet a part of the money was never taken.
    private static let openSQL = """
        SELECT \(columns) FROM authorizations a INDEXED BY audit_pharmacy_open
        WHERE a.status = 'approved' AND a.prescription_lines > 0 AND a.id >= 'auth_'
            AND a.captured + a.capturing < a.amount AND \(lastHandover) IS NOT NULL
            AND NOT EXISTS (
                SELECT 1 FROM holds WHERE authorization = a.id AND status IN ('reserved', 'firm', 'owed'))
        ORDER BY a.id LIMIT \(limit + 1)
        """

    private static func open(in db: Database) throws -> [HandedOver] {
        try Row.fetchAll(db.cachedStatement(sql: openSQL)).compactMap { HandedOver($0) }
    }

    private static let refundedSQL = """
        SELECT \(columns) FROM authorizations a INDEXED BY audit_pharmacy_refunded
        WHERE a.refunded > 0 AND a.prescription_lines > 0 AND a.id >= ?
            AND a.refunded = a.captured AND \(lastHandover) IS NOT NULL
        ORDER BY a.id DESC LIMIT \(limit + 1)
        """

    private static func refunded(at now: Instant, in db: Database) throws -> [HandedOver] {
        let first = AuthorizationID(at: now.adding(days: -refundDays), random: (0, 0))
        return try Row.fetchAll(db.cachedStatement(sql: refundedSQL), arguments: [first])
            .compactMap { HandedOver($0) }
    }

    private static let expiringSQL = """
        SELECT a.id, a.merchant, a.amount, a.currency, a.captured, a.capture_before
        FROM authorizations a INDEXED BY authorizations_due
        WHERE a.status = 'approved' AND a.capture_before > ? AND a.capture_before <= ?
        ORDER BY a.capture_before LIMIT \(limit + 1)
        """

    private static func expiring(at now: Instant, in db: Database) throws -> [Expiring] {
        let end = now.adding(seconds: expiringHours * 3_600)
        return try Row.fetchAll(db.cachedStatement(sql: expiringSQL), arguments: [now, end])
            .compactMap { row in
                guard let id = AuthorizationID(row["id"]), let merchant = MerchantID(row["merchant"]),
                    let money = Money(row)
                else { return nil }
                return Expiring(
                    authorization: id, merchant: merchant, money: money, capturedMinor: row["captured"],
                    captureBefore: row["capture_before"])
            }
    }

    private static let risingSQL = """
        SELECT day, merchant, measure, word, number FROM tallies
        WHERE day >= ? AND day <= ? AND (measure = 'reason' OR (measure = 'orders' AND word = 'approved'))
        """

    private static func rising(at now: Instant, in db: Database) throws -> [Rising] {
        let today = LocalDate(now)
        let (start, middle) = (today.adding(days: -13), today.adding(days: -6))
        var before: [String: Share] = [:]
        var after: [String: Share] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: risingSQL), arguments: [start.description, today.description])
        while let row = try rows.next() {
            let (merchant, number): (String, Int) = (row["merchant"], row["number"])
            let isLate = (row["day"] as String) >= middle.description
            let path = (row["measure"] as String) == "reason" ? \Share.declined : \Share.approved
            if isLate {
                after[merchant, default: Share()][keyPath: path] += number
            } else {
                before[merchant, default: Share()][keyPath: path] += number
            }
        }
        return after.compactMap { merchant, now -> Rising? in
            guard let id = MerchantID(merchant) else { return nil }
            let rising = Rising(merchant: id, before: before[merchant] ?? Share(), now: now)
            return rising.isWorthTelling ? rising : nil
        }.sorted { left, right in
            let (a, b) = (
                left.now.permille - left.before.permille, right.now.permille - right.before.permille
            )
            return a == b ? left.merchant < right.merchant : a > b
        }
    }

    private static let undeliveredSQL = """
        SELECT merchant, count(*) AS count, min(created_at) AS oldest FROM (
            SELECT merchant, created_at, delivered_at FROM outbox WHERE id < ?
            ORDER BY id DESC LIMIT \(latestNotices))
        WHERE delivered_at IS NULL GROUP BY merchant ORDER BY count(*) DESC, merchant LIMIT \(limit + 1)
        """

    private static func undelivered(at now: Instant, in db: Database) throws -> [Undelivered] {
        let first = EventID(at: now.adding(seconds: -60 * deliveryMinutes), random: (0, 0))
        return try Row.fetchAll(db.cachedStatement(sql: undeliveredSQL), arguments: [first])
            .compactMap { row in
                MerchantID(row["merchant"]).map {
                    Undelivered(merchant: $0, count: row["count"], oldest: row["oldest"])
                }
            }
    }

    private static let unknownSQL = """
        SELECT i.id, i.authorization, i.kind, i.amount, i.created_at FROM intents i INDEXED BY intents_open
        WHERE i.status = 'open' AND i.id < ? ORDER BY i.id LIMIT \(limit + 1)
        """

    private static func unknown(before moment: Instant, in db: Database) throws -> [UnknownOutcome] {
        let first = IntentID(at: moment, random: (0, 0))
        return try Row.fetchAll(db.cachedStatement(sql: unknownSQL), arguments: [first]).compactMap { row in
            guard let intent = IntentID(row["id"]), let id = AuthorizationID(row["authorization"]),
                let kind = AcquirerCallKind(rawValue: row["kind"])
            else { return nil }
            return UnknownOutcome(
                intent: intent, authorization: id, kind: kind, amountMinor: row["amount"],
                since: row["created_at"])
        }
    }
}

extension AuditLists.HandedOver {
    fileprivate init?(_ row: Row) {
        guard let id = AuthorizationID(row["id"]), let merchant = MerchantID(row["merchant"]),
            let money = Money(row)
        else { return nil }
        self.init(
            authorization: id, merchant: merchant, money: money, capturedMinor: row["captured"],
            refundedMinor: row["refunded"], handedOverAt: row["handed_over_at"])
    }
}

extension Money {
    /// The amount and currency of a row of authorizations.
    fileprivate init?(_ row: Row) {
        guard let currency = Currency(code: row["currency"]) else { return nil }
        try? self.init(amountMinor: row["amount"], currency: currency)
    }
}
