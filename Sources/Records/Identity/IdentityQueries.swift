package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// A customer's stored password.
package struct StoredPassword: Sendable, Hashable {
    package let customer: CustomerID
    /// `PasswordHash.encoded` as UTF-8.
    package let encoded: [UInt8]
}

/// What is needed to check a second element outside the writer.
package struct SecondElementMaterial: Sendable, Hashable {
    package let customer: CustomerID?
    package let keyCard: KeyCardID?
    package let keyNumber: String
    package let codeToken: CodeTokenSecret?
}

/// The secret of a code token, sealed, and the last step that was used.
package struct CodeTokenSecret: Sendable, Hashable {
    package let sealed: [UInt8]
    package let lastStep: Int64?
}

/// A device's key with its owner; its state is read again by the writer when it counts.
package struct DeviceRecord: Sendable, Hashable {
    package let id: DeviceID
    package let customer: CustomerID
    package let name: String
    package let publicKey: [UInt8]
    package let status: String
    package let mayConfirmFrom: Instant
    package let createdAt: Instant
    package let isTestRobot: Bool

    package var isActive: Bool { status == DeviceStatus.active.rawValue }

    init(_ row: Row) {
        id = row["id"]
        customer = row["customer"]
        name = row["name"]
        publicKey = [UInt8](row["public_key"] as Data)
        status = row["status"]
        mayConfirmFrom = row["may_confirm_from"]
        createdAt = row["created_at"]
        isTestRobot = row["is_test_robot"]
    }
}

extension Ledger {
    /// The password of whoever signs in under this name; nil for nobody.
    package func storedPassword(_ login: CustomerLogin) async throws -> StoredPassword? {
        try await read { db in
            let condition =
                switch login {
                case .userID: "customers.user_id = ?"
                case .personNumber: "customers.person_number_hash = ?"
                }
            let argument: DatabaseValue =
                switch login {
                case .userID(let id): id.text.databaseValue
                case .personNumber(let hash): Data(hash).databaseValue
                }
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT customer, secret FROM authenticators JOIN customers ON customers.id = customer
                        WHERE kind = 'password' AND secret IS NOT NULL AND \(condition)
                        """),
                arguments: [argument])
            return row.map {
                StoredPassword(customer: $0["customer"], encoded: [UInt8]($0["secret"] as Data))
            }
        }
    }

    /// The password of a customer who is known already.
    package func storedPassword(of customer: CustomerID) async throws -> StoredPassword? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT secret FROM authenticators WHERE kind = 'password' AND customer = ?"),
                arguments: [customer])
            return (row?["secret"] as Data?).map {
                StoredPassword(customer: customer, encoded: [UInt8]($0))
            }
        }
    }

    /// What a sign-in asked for; nil when there is no such sign-in.
    package func secondElementMaterial(_ id: SignInID) async throws -> SecondElementMaterial? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT sign_ins.customer, key_card, key_number, secret, last_step FROM sign_ins
                        LEFT JOIN authenticators ON authenticators.customer = sign_ins.customer
                            AND kind = 'code_token'
                        WHERE id = ?
                        """),
                arguments: [id])
            return row.map {
                SecondElementMaterial(
                    customer: $0["customer"], keyCard: $0["key_card"], keyNumber: $0["key_number"] ?? "",
                    codeToken: codeTokenSecret($0))
            }
        }
    }

    package func codeToken(of customer: CustomerID) async throws -> CodeTokenSecret? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT secret, last_step FROM authenticators
                        WHERE kind = 'code_token' AND customer = ?
                        """),
                arguments: [customer])
            return row.flatMap(codeTokenSecret)
        }
    }

    /// A session by the keyed digest of its token, with the element it was opened with; nil when it is over.
    package func session(
        tokenDigest: [UInt8], at time: ServerTime
    ) async throws -> (id: SessionID, customer: CustomerID, factor: Factor)? {
        let isOver = time.isOver("expires_at", of: "sessions.created_at")
        return try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT sessions.id, customer, factor FROM sessions
                        JOIN customers ON customers.id = customer
                        WHERE token_digest = ? AND ended_at IS NULL AND NOT \(isOver.sql) AND blocked_at IS NULL
                        """),
                arguments: [Data(tokenDigest)] + isOver.arguments)
            return row.flatMap { row in
                Factor(rawValue: row["factor"]).map { (row["id"], row["customer"], $0) }
            }
        }
    }

    /// The newest sign-in of a customer that still waits for a code of the key card.
    package func latestKeyCardChallenge(of customer: CustomerID) async throws -> SignInID? {
        try await read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT id FROM sign_ins WHERE customer = ? AND status = 'open' AND key_number NOT NULL
                    ORDER BY id DESC LIMIT 1
                    """, arguments: [customer]
            ).flatMap { SignInID($0) }
        }
    }

    package func device(_ id: DeviceID) async throws -> DeviceRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM devices WHERE id = ?"), arguments: [id]
            ).map(DeviceRecord.init)
        }
    }

    /// All devices that a customer ever had, oldest first.
    package func devices(of customer: CustomerID) async throws -> [DeviceRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT * FROM devices WHERE customer = ? ORDER BY id"),
                arguments: [customer]
            ).map(DeviceRecord.init)
        }
    }
}

private func codeTokenSecret(_ row: Row) -> CodeTokenSecret? {
    (row["secret"] as Data?).map { CodeTokenSecret(sealed: [UInt8]($0), lastStep: row["last_step"]) }
}
