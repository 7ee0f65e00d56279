package import Lifecycles
package import Vocabulary
import Foundation
import GRDB

/// One authenticator of a customer as it is stored.
package struct FactorRecord: Sendable, Hashable {
    package let kind: AuthenticatorKind
    package let blockedBy: AuthenticatorBlocker?
    package let since: Instant
}

/// A customer's key card in use.
package struct KeyCardRecord: Sendable, Hashable {
    package let id: KeyCardID
    package let status: String
    package let codesLeft: Int
    package let createdAt: Instant
}

/// A payment card as its issuer sees it; the number stays sealed.
package struct EnrolledCard: Sendable, Hashable {
    package let id: CardID
    package let brand: String
    package let last4: String
    package let isBlocked: Bool
}

/// A customer as the issuer sees them.
package struct CustomerRecord: Sendable, Hashable {
    package let id: CustomerID
    package let userID: String
    package let nameSealed: [UInt8]?
    package let isBlocked: Bool
    package let isErased: Bool
    package let certificate: String
    package let reportedUntil: Instant?
    package let createdAt: Instant
}

/// What a customer was or must be told, newest first.
package struct AlertRecord: Sendable, Hashable {
    package let id: AlertID
    package let kind: AlertKind
    package let detail: String
    package let createdAt: Instant
}

extension Ledger {
    package func customer(_ id: CustomerID) async throws -> CustomerRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM customers WHERE id = ?"), arguments: [id]
            ).map { row in
                CustomerRecord(
                    id: id, userID: row["user_id"],
                    nameSealed: (row["name_sealed"] as Data?).map { [UInt8]($0) },
                    isBlocked: row["blocked_at"] as Instant? != nil,
                    isErased: row["erased_at"] as Instant? != nil, certificate: row["certificate"],
                    reportedUntil: row["reported_until"], createdAt: row["created_at"])
            }
        }
    }

    /// Authenticators with a row of their own: password, code token, and whatever is blocked.
    package func factors(of customer: CustomerID) async throws -> [FactorRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT kind, blocked_by, updated_at FROM authenticators
                        WHERE customer = ? ORDER BY kind
                        """),
                arguments: [customer]
            ).compactMap { row in
                AuthenticatorKind(rawValue: row["kind"]).map {
                    FactorRecord(
                        kind: $0,
                        blockedBy: (row["blocked_by"] as String?).flatMap {
                            AuthenticatorBlocker(rawValue: $0)
                        },
                        since: row["updated_at"])
                }
            }
        }
    }

    /// The card in use, or the last one where none is.
    package func keyCard(of customer: CustomerID) async throws -> KeyCardRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT id, status, created_at, (SELECT count(*) FROM key_card_codes
                            WHERE key_card = key_cards.id AND used_at IS NULL) AS codes_left
                        FROM key_cards WHERE customer = ? ORDER BY status = 'active' DESC, id DESC LIMIT 1
                        """),
                arguments: [customer]
            ).map {
                KeyCardRecord(
                    id: $0["id"], status: $0["status"], codesLeft: $0["codes_left"],
                    createdAt: $0["created_at"])
            }
        }
    }

    /// The id under which the next key card was ordered, if one was.
    package func openKeyCardOrder(of customer: CustomerID) async throws -> KeyCardID? {
        try await read { db in try Records.openKeyCardOrder(of: customer, in: db) }
    }

    package func cards(of customer: CustomerID) async throws -> [EnrolledCard] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT id, brand, last4, blocked_at FROM cards WHERE customer = ? ORDER BY id"),
                arguments: [customer]
            ).map {
                EnrolledCard(
                    id: $0["id"], brand: $0["brand"], last4: $0["last4"],
                    isBlocked: $0["blocked_at"] as Instant? != nil)
            }
        }
    }

    package func alerts(of customer: CustomerID, limit: Int = 100) async throws -> [AlertRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT id, kind, detail, created_at FROM alerts WHERE customer = ?
                        ORDER BY created_at DESC, id DESC LIMIT ?
                        """),
                arguments: [customer, limit]
            ).compactMap { row in
                AlertKind(rawValue: row["kind"]).map {
                    AlertRecord(
                        id: row["id"], kind: $0, detail: row["detail"], createdAt: row["created_at"])
                }
            }
        }
    }
}
