package import Decisions
import Foundation
package import GRDB
package import Vocabulary

/// Counts what was taken from a record line. The same count serves the decision and the dry run.
package enum LineUses {
    /// - Parameters:
    ///   - prescription: the filed record; while an order holds another version of it, all its lines are
    ///     held.
    ///   - exempt: an authorization whose own hold does not count, because it is being replaced; one that is
    ///     paid for counts nevertheless.
    ///   - time: holds whose payment's time is over by then do not count, swept or not.
    package static func read(
        _ line: PrescribedLine, of prescription: PrescriptionID, recordKey: [UInt8], attestedAt: Instant?,
        except exempt: AuthorizationID?, at time: ServerTime, in db: Database
    ) throws -> LineUse {
        let own = try ownHandovers(of: line.id, recordKey: recordKey, since: attestedAt, in: db)
        let isLate = time.isOver("c.expires_at", of: "c.issued_at")
        let isOver = time.isOver("a.capture_before", of: "a.approved_at", isCautious: true)
        let held = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT 1 FROM holds h JOIN authorizations a ON a.id = h.authorization
                        LEFT JOIN confirmations c ON c.authorization = a.id
                    WHERE h.record_key = ? AND (h.line = ? OR h.prescription <> ?)
                        AND h.status IN ('reserved', 'firm', 'owed')
                        AND NOT (h.authorization = ? AND h.status <> 'owed')
                        AND NOT (a.status = 'requires_confirmation' AND \(isLate.sql))
                        AND NOT (h.status = 'firm' AND \(isOver.sql) AND a.capturing = 0)
                    """),
            arguments: [Data(recordKey), line.id, prescription, exempt?.text ?? ""] + isLate.arguments
                &+ isOver.arguments)
        let history = line.history
        // A register counts what was reported to it until it looked; what we handed over since comes on top.
        // It may not have heard of all of ours, so its count is never taken below our own.
        let handedOver = history.map { max($0.handedOver + own.since, own.count) } ?? own.count
        return LineUse(
            handedOver: handedOver,
            lastHandover: [history?.lastHandover, own.last].compactMap { $0 }.max(),
            residual: history?.residual.map { $0.subtracting(own.unitsSince) }, isHeld: held != nil)
    }

    /// The number of the next handover: the first that nobody has taken.
    package static func nextNumber(
        of line: PrescribedLine, recordKey: [UInt8], in db: Database
    ) throws -> Int? {
        let taken = try Int.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT handover FROM line_handovers WHERE record_key = ? AND line = ? AND status = 'done'
                    """),
            arguments: [Data(recordKey), line.id])
        let first = (line.history?.handedOver ?? 0) + 1
        guard first <= line.handovers else { return nil }
        return (first...line.handovers).first { !taken.contains($0) }
    }

    private struct Own {
        var count = 0
        var since = 0
        var unitsSince = Quantity.zero
        var last: LocalDate?
    }

    private static func ownHandovers(
        of line: String, recordKey: [UInt8], since: Instant?, in db: Database
    ) throws -> Own {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) AS count, coalesce(sum(l.begun_at > ?1), 0) AS since,
                        coalesce(sum((
                            SELECT sum(p.units) FROM handover_parts p JOIN handovers v ON v.id = p.handover
                            WHERE p.hold = l.hold AND v.handed_over_at > ?1 AND v.undone_at IS NULL
                        )), 0) AS units,
                        max(l.begun_on) AS last
                    FROM line_handovers l
                    WHERE l.record_key = ?2 AND l.line = ?3 AND l.status = 'done'
                    """),
            arguments: [since ?? Instant(milliseconds: .min), Data(recordKey), line])
        guard let row else { return Own() }
        return Own(
            count: row["count"], since: row["since"],
            unitsSince: Quantity(thousandths: min(row["units"], 1_000_000_000)) ?? .zero,
            last: (row["last"] as String?).flatMap { LocalDate($0) })
    }
}
