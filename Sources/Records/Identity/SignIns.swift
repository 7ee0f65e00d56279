import Foundation
import GRDB
import Lifecycles
import Vocabulary

/// A sign-in as the writer sees it.
struct SignInRecord: Sendable, Hashable {
    let id: SignInID
    let customer: CustomerID?
    let question: KeyCardQuestion?
    let createdAt: Instant
    let expiresAt: Instant
}

extension Transaction {
    func insertSignIn(_ id: SignInID, of customer: CustomerID?, card: KeyCardID?, number: String) throws {
        try execute(
            """
            INSERT INTO sign_ins (id, customer, key_card, key_number, status, expires_at, created_at)
            VALUES (?, ?, ?, ?, 'open', ?, ?)
            """,
            [id, customer, card, number, now.adding(seconds: SignInTerms.seconds), now])
    }

    /// A sign-in that still waits for its second element, or nil.
    func openSignIn(_ id: SignInID) throws -> SignInRecord? {
        let isOver = time.isOver("expires_at", of: "created_at")
        let row = try row(
            """
            SELECT customer, key_card, key_number, created_at, expires_at FROM sign_ins
            WHERE id = ? AND status = 'open' AND NOT \(isOver.sql)
            """, [id] + isOver.arguments)
        return row.map { row in
            let card: KeyCardID? = row["key_card"]
            return SignInRecord(
                id: id, customer: row["customer"],
                question: card.map { KeyCardQuestion(card: $0, number: row["key_number"]) },
                createdAt: row["created_at"], expiresAt: row["expires_at"])
        }
    }

    func closeSignIn(_ id: SignInID, as status: String) throws {
        try execute("UPDATE sign_ins SET status = ? WHERE id = ? AND status = 'open'", [status, id])
    }

    func isStored(_ check: PasswordCheck) throws -> Bool {
        let row = try row(
            "SELECT secret FROM authenticators WHERE customer = ? AND kind = 'password'", [check.customer])
        guard let stored = row?["secret"] as Data? else { return false }
        return constantTimeEquals(stored, check.stored)
    }

    /// A challenge shown and never answered counts as a failed attempt with the key card, so that nobody
    /// starts over until the one code comes up that they have seen.
    func endUnansweredSignIns(of customer: CustomerID, terms: SignInTerms) throws {
        let open = try rows(
            "SELECT id, key_card FROM sign_ins WHERE customer = ? AND status = 'open' ORDER BY id", [customer]
        )
        for row in open { try endUnanswered(row["id"], of: customer, card: row["key_card"], terms: terms) }
    }

    func endUnanswered(
        _ id: SignInID, of customer: CustomerID?, card: KeyCardID?, terms: SignInTerms
    ) throws {
        try closeSignIn(id, as: "expired")
        guard let customer, card != nil else { return }
        try noteFailure(of: customer, kind: .keyCard, flow: .signIn, limit: terms.wrongAnswers)
        try recordFailedSignIn(id, of: customer)
    }
}
