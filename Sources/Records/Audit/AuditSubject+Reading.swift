import GRDB
import Vocabulary

extension AuditSubject {
    /// The newest authorizations of one record, so many at most.
    private static let most = 1_000

    /// The authorizations it leads to; nil for a customer, whose payments are read page by page.
    func authorizations(in db: Database) throws -> Set<String>? {
        let sql: String
        switch self {
        case .authorization(let id): return [id.text]
        case .customer: return nil
        case .decision: sql = "SELECT authorization FROM decisions WHERE id = ?"
        case .confirmation:
            sql = "SELECT authorization FROM confirmations WHERE id = ? AND authorization IS NOT NULL"
        case .hold: sql = "SELECT authorization FROM holds WHERE id = ?"
        case .handover: sql = "SELECT authorization FROM handovers WHERE id = ?"
        case .refund: sql = "SELECT authorization FROM refunds WHERE id = ?"
        case .intent: sql = "SELECT authorization FROM intents WHERE id = ?"
        case .event: sql = "SELECT authorization FROM outbox WHERE id = ?"
        case .prescription:
            sql = """
                SELECT authorization FROM order_records WHERE prescription = ?
                ORDER BY authorization DESC LIMIT \(Self.most)
                """
        }
        return Set(try String.fetchAll(db.cachedStatement(sql: sql), arguments: [text]))
    }
}
