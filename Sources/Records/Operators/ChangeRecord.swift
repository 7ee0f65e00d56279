package import Lifecycles
package import Vocabulary
import Foundation
import GRDB
import Notation
import Proofs

/// A change that one operator asked for and another decides on.
package struct ChangeRecord: Sendable, Hashable {
    /// How long a request waits for the second person.
    package static let seconds = 86_400

    package let id: ChangeRequestID
    package let kind: ChangeKind
    /// The id of whom it is about.
    package let subject: String
    /// The exact change, in RFC 8785: what the second person approves.
    package let change: String
    /// SHA-256 of `change`.
    package let digest: [UInt8]
    package let requestedBy: OperatorID
    package let requestedAt: Instant
    package let expiresAt: Instant
    package let status: ChangeStatus
    package let decidedBy: OperatorID?
    package let decidedAt: Instant?

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = ChangeRequestID(text), let kind = ChangeKind(rawValue: row["kind"]),
            let requestedBy = OperatorID(row["requested_by"]),
            let status = ChangeStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "change_requests", id: text) }
        self.id = id
        self.kind = kind
        self.requestedBy = requestedBy
        self.status = status
        subject = row["subject"]
        change = row["change"]
        digest = [UInt8](row["digest"] as Data)
        requestedAt = row["requested_at"]
        expiresAt = row["expires_at"]
        decidedBy = (row["decided_by"] as String?).flatMap { OperatorID($0) }
        decidedAt = row["decided_at"]
    }

    /// A text of the change, by its member's name.
    func text(_ member: String) -> String? {
        (try? JSON.parse(change.utf8))?.object?[member]?.text
    }
}

/// Why a change was not asked for, or not made.
package enum ChangeObstacle: Error, Sendable, Hashable {
    /// Who asks is no operator, or not any more.
    case operatorUnknown
    case roleTooLow(needed: OperatorRole)
    case requestUnknown
    case over(ChangeStatus)
    case ownRequest
    case digestDiffers
    case subjectUnknown
    /// The same change waits already.
    case alreadyAsked(ChangeRequestID)
    /// It is as asked for already.
    case nothingToChange
    /// What the change is about is not as it was when it was asked for.
    case changedSince
    case lastAdministrator
    /// The first operator must be an administrator, and so must the second.
    case administratorsFirst
    case userIDTaken
    /// An operator's identity is not erased.
    case isOperator
    case paymentOpen(AuthorizationID)
    case handoverOwed(AuthorizationID)

    /// One word for the leaf of the attempt.
    var word: String {
        switch self {
        case .operatorUnknown: "operator_unknown"
        case .roleTooLow: "role_missing"
        case .requestUnknown: "request_unknown"
        case .over: "request_over"
        case .ownRequest: "own_request"
        case .digestDiffers: "digest_differs"
        case .subjectUnknown: "subject_unknown"
        case .alreadyAsked: "already_asked"
        case .nothingToChange: "nothing_to_change"
        case .changedSince: "changed_since"
        case .lastAdministrator: "last_administrator"
        case .administratorsFirst: "administrators_first"
        case .userIDTaken: "user_id_taken"
        case .isOperator: "is_operator"
        case .paymentOpen: "payment_open"
        case .handoverOwed: "handover_owed"
        }
    }
}

extension Ledger {
    /// What waits for a second person at this moment, the oldest first.
    package func pendingChanges(at time: ServerTime) async throws -> [ChangeRecord] {
        let isOver = time.isOver("expires_at", of: "requested_at")
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM change_requests WHERE status = 'pending' AND NOT \(isOver.sql) ORDER BY id
                    """, arguments: isOver.arguments
            ).map(ChangeRecord.init)
        }
    }

    package func change(_ id: ChangeRequestID) async throws -> ChangeRecord? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM change_requests WHERE id = ?", arguments: [id])
                .map(ChangeRecord.init)
        }
    }
}

extension Transaction {
    func change(_ id: ChangeRequestID) throws -> ChangeRecord? {
        if try rowsDiffer(of: id.text) { try recordOperator(Self.rowsDiffered, id.text, by: nil) }
        return try row("SELECT * FROM change_requests WHERE id = ?", [id]).map(ChangeRecord.init)
    }

    /// Writes a request down. Its text names everything that will be changed, so that whoever approves it
    /// approves that and nothing else.
    func insertChange(
        _ kind: ChangeKind, _ subject: String, _ particulars: [(String, JSON)], by requester: OperatorID
    ) throws -> ChangeRecord {
        let id: ChangeRequestID = makeID()
        let expiresAt = now.adding(seconds: ChangeRecord.seconds)
        var change = JSONObject()
        for (name, value) in particulars { change.set(name, value) }
        change.set("expires_at", .text(expiresAt.rfc3339))
        change.set("id", .text(id.text))
        change.set("kind", .text(kind.rawValue))
        change.set("requested_at", .text(now.rfc3339))
        change.set("requested_by", .text(requester.text))
        change.set("subject", .text(subject))
        change.set("v", 1)
        let text = try JSON.object(change).canonical()
        try execute(
            """
            INSERT INTO change_requests (id, kind, subject, change, digest, requested_by, requested_at,
                expires_at, status)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')
            """,
            [
                id, kind.rawValue, subject, String(decoding: text, as: UTF8.self),
                Data(Digest.sha256(text)), requester, now, expiresAt,
            ])
        try recordOperator("change_requested", id.text, by: requester)
        guard let made = try self.change(id) else {
            throw LedgerFault.unreadable(table: "change_requests", id: id.text)
        }
        return made
    }

    /// Ends a request for good.
    ///
    /// - Returns: false when somebody decided on it before.
    func close(_ change: ChangeRecord, as status: ChangeStatus, by decider: OperatorID?) throws -> Bool {
        let isNew = try changesOne(
            """
            UPDATE change_requests SET status = ?, decided_by = ?, decided_at = ?
            WHERE id = ? AND status = 'pending'
            """,
            [status.rawValue, decider, now, change.id])
        guard isNew else { return false }
        try recordOperator("change_\(status.rawValue)", change.id.text, by: decider)
        if status != .approved { try withdrawCandidate(of: change) }
        return true
    }

    /// Ends requests that nobody decided on in time.
    func expireChanges(limit: Int = 100) throws {
        let isOver = time.isOver("expires_at", of: "requested_at", isCautious: true)
        let late = try rows(
            "SELECT * FROM change_requests WHERE status = 'pending' AND \(isOver.sql) LIMIT ?",
            [limit] + isOver.arguments)
        for row in late { _ = try close(try ChangeRecord(row), as: .expired, by: nil) }
    }
}
