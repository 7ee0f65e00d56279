import Foundation
package import GRDB
import Lifecycles
import Notation
package import Vocabulary

extension AuditMaterial {
    /// Leaves of one authorization at most; a payment has about ten.
    private static let mostLeaves = 500
    private static let mostReads = 20

    /// Everything about one authorization; nil when there is none.
    fileprivate static func read(_ id: AuthorizationID, in db: Database) throws -> AuditMaterial? {
        let sql = "SELECT \(AuditRow.columns) FROM authorizations a WHERE a.id = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]),
            let authorization = try AuthorizationReading.find(id, of: nil, in: db)
        else { return nil }
        let question = try rows("SELECT * FROM confirmations WHERE authorization = ?", id, in: db).first
            .map { try AskedQuestion($0) }
        return AuditMaterial(
            row: try AuditRow(row, in: db), authorization: authorization, question: question,
            shown: try question.map { try shown($0.id, in: db) } ?? [],
            answer: try question.flatMap { try answer($0.id, in: db) },
            offers: try question.map { try offers($0.id, in: db) } ?? [],
            decisions: try rows(
                """
                SELECT d.*, i.sealed FROM decisions d LEFT JOIN decision_inputs i ON i.decision = d.id
                WHERE d.authorization = ?
                """, id, in: db
            ).map { try TracedDecision($0) }.sorted { $0.leaf < $1.leaf },
            calls: try rows(
                "SELECT * FROM intents WHERE authorization = ? ORDER BY authorization, kind", id, in: db
            ).map { try AcquirerCall($0) }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) },
            notices: try rows("SELECT * FROM outbox WHERE authorization = ? ORDER BY sequence", id, in: db)
                .compactMap { ToldNotice($0) },
            leaves: try leaves(of: id, in: db), reads: try reads(of: id, in: db),
            erasedAt: try erasure(of: authorization.customer, in: db))
    }

    private static func rows(
        _ sql: String, _ id: any DatabaseValueConvertible, in db: Database
    ) throws -> [Row] {
        try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id])
    }

    private static func shown(_ id: ConfirmationID, in db: Database) throws -> [ShownText] {
        try rows("SELECT * FROM statements WHERE confirmation = ?", id, in: db).compactMap { row in
            DeviceID(row["device"]).map {
                ShownText(
                    device: $0, statement: [UInt8](row["statement"] as Data), fetchedAt: row["fetched_at"])
            }
        }
    }

    private static func answer(_ id: ConfirmationID, in db: Database) throws -> GivenAnswer? {
        guard let row = try rows("SELECT * FROM answers WHERE confirmation = ?", id, in: db).first else {
            return nil
        }
        guard let device = DeviceID(row["device"]), let verdict = Verdict(rawValue: row["verdict"]),
            let verifiedBy = VerifiedBy(rawValue: row["verified_by"])
        else { throw LedgerFault.unreadable(table: "answers", id: id.text) }
        return GivenAnswer(
            device: device, verdict: verdict, verifiedBy: verifiedBy, certificate: row["certificate"],
            compact: row["compact"], digest: [UInt8](row["digest"] as Data), answeredAt: row["answered_at"])
    }

    private static func offers(_ id: ConfirmationID, in db: Database) throws -> [OfferedFactor] {
        try rows("SELECT * FROM factor_offers WHERE confirmation = ? ORDER BY id", id, in: db)
            .compactMap { row in
                AuditFactor(rawValue: row["factor"]).map {
                    OfferedFactor(factor: $0, offeredAt: row["offered_at"])
                }
            }
    }

    private static func leaves(of id: AuthorizationID, in db: Database) throws -> [StoredLeaf] {
        try rows(
            """
            SELECT position, bytes, hash, body FROM leaves
            WHERE subject = ? AND kind <> 'operator_read' ORDER BY position LIMIT \(mostLeaves)
            """, id, in: db
        ).map { StoredLeaf($0) }
    }

    private static func reads(of id: AuthorizationID, in db: Database) throws -> [StoredLeaf] {
        try rows(
            """
            SELECT position, bytes, hash, body FROM leaves
            WHERE subject = ? AND kind = 'operator_read' ORDER BY position DESC LIMIT \(mostReads)
            """, id, in: db
        ).map { StoredLeaf($0) }
    }

    private static func erasure(of customer: CustomerID?, in db: Database) throws -> Instant? {
        guard let customer else { return nil }
        return try rows("SELECT erased_at FROM customers WHERE id = ?", customer, in: db).first?["erased_at"]
    }
}

extension AskedQuestion {
    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = ConfirmationID(text), let status = ConfirmationStatus(rawValue: row["status"]) else {
            throw LedgerFault.unreadable(table: "confirmations", id: text)
        }
        self.init(
            id: id, status: status,
            reason: (row["reason"] as String?).flatMap { DeclineReason(rawValue: $0) },
            payee: row["payee"], issuedAt: row["issued_at"], expiresAt: row["expires_at"],
            endedAt: row["ended_at"])
    }
}

extension TracedDecision {
    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = DecisionID(text), let trace = try? TraceDocument.read(row["trace"]) else {
            throw LedgerFault.unreadable(table: "decisions", id: text)
        }
        self.init(
            id: id, stage: row["stage"], outcome: row["outcome"],
            reason: (row["reason"] as String?).flatMap { DeclineReason(rawValue: $0) }, trace: trace,
            ruleSet: [UInt8](row["rule_set"] as Data), leaf: row["leaf"], decidedAt: row["decided_at"],
            sealedInputs: (row["sealed"] as Data?).map { [UInt8]($0) })
    }
}

extension AcquirerCall {
    init(_ row: Row) throws {
        let intent = try IntentRecord(row)
        self.init(
            id: intent.id, kind: intent.kind, amountMinor: intent.amountMinor, status: intent.status,
            networkCode: (row["network_code"] as String?).flatMap { NetworkCode($0) },
            reference: intent.reference, createdAt: intent.createdAt, endedAt: row["ended_at"])
    }
}

extension ToldNotice {
    init?(_ row: Row) {
        guard let id = EventID(row["id"]) else { return nil }
        self.init(
            id: id, type: row["type"], createdAt: row["created_at"], deliveredAt: row["delivered_at"])
    }
}

extension AuditMaterial {
    /// Reads from one connection, in one view of the file.
    package struct Reader {
        private let db: Database

        package init(_ db: Database) { self.db = db }

        package func material(of id: AuthorizationID) throws -> AuditMaterial? { try read(id, in: db) }

        /// Of the authorization that a decision was about.
        package func material(ofDecision id: DecisionID) throws -> AuditMaterial? {
            let sql = "SELECT authorization FROM decisions WHERE id = ?"
            let found = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
            return try found.flatMap { AuthorizationID($0) }.flatMap { try read($0, in: db) }
        }
    }
}
