package import Lifecycles
package import Vocabulary
import Foundation
import GRDB

/// A new activation code, ordered by the customer in a session or by the issuer. It ends the one before;
/// existing apps are told (SCA-32).
package struct OrderActivationCode: Command {
    /// Who orders the code.
    package enum Origin: Sendable, Hashable {
        /// A session that user ID, password and a second element opened.
        /// Where one is named, the session must have been opened with it.
        case session(SessionID, openedWith: AuthenticatorKind?)
        case issuer
    }

    /// How long a code is good.
    package static let seconds = 86_400

    let customer: CustomerID
    let codeMAC: [UInt8]
    let origin: Origin

    package init(customer: CustomerID, codeMAC: [UInt8], origin: Origin) {
        self.customer = customer
        self.codeMAC = codeMAC
        self.origin = origin
    }

    /// - Returns: when the code ends; nil when this customer may not have one now.
    package func run(in transaction: Transaction) throws -> Instant? {
        guard try transaction.customerExists(customer), try mayOrder(in: transaction) else { return nil }
        try transaction.endActivationCode(of: customer)
        let id: ActivationID = transaction.makeID()
        let expiresAt = transaction.now.adding(seconds: Self.seconds)
        try transaction.execute(
            """
            INSERT INTO activation_codes (id, customer, code_mac, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            [id, customer, Data(codeMAC), expiresAt, transaction.now])
        try transaction.alert(customer, kind: .activationOrdered, detail: id.text)
        if origin == .issuer {
            try transaction.recordIssuerAction(id.text, "activation_code_ordered", of: customer)
        } else {
            try transaction.recordKeyEvent(id.text, "activation_code_ordered", of: customer)
        }
        return expiresAt
    }

    private func mayOrder(in transaction: Transaction) throws -> Bool {
        guard case .session(let session, let kind) = origin else { return true }
        guard try transaction.sessionIsGood(session, of: customer, openedWith: kind) else { return false }
        guard try transaction.blocker(of: customer, kind: .password) == nil else { return false }
        for kind in AuthenticatorKind.allCases {
            try transaction.noteSuccess(of: customer, kind: kind, flow: .order)
        }
        return true
    }
}

extension Transaction {
    /// Ends the customer's open activation code, if there is one.
    func endActivationCode(of customer: CustomerID) throws {
        try execute(
            "UPDATE activation_codes SET ended_at = ? WHERE customer = ? AND ended_at IS NULL",
            [now, customer])
    }

    /// Consumes the customer's open activation code if it is the right one; a wrong one counts, and the fifth
    /// kills the code (CONTRACT section 5).
    func useActivationCode(_ mac: [UInt8], of customer: CustomerID) throws -> Bool {
        let isOver = time.isOver("expires_at", of: "created_at")
        let row = try row(
            """
            SELECT id, code_mac, wrong_tries FROM activation_codes
            WHERE customer = ? AND ended_at IS NULL AND NOT \(isOver.sql)
            """, [customer] + isOver.arguments)
        guard let row else { return false }
        let id: ActivationID = row["id"]
        let stored: Data = row["code_mac"]
        if constantTimeEquals(stored, mac) {
            return try changesOne(
                "UPDATE activation_codes SET ended_at = ? WHERE id = ? AND ended_at IS NULL", [now, id])
        }
        let tries = (row["wrong_tries"] as Int) + 1
        let isDead = tries >= EnrolDevice.wrongTriesAllowed
        try execute(
            "UPDATE activation_codes SET wrong_tries = ?, ended_at = ? WHERE id = ?",
            [tries, isDead ? now : nil, id])
        if isDead {
            try alert(customer, kind: .activationKilled, detail: id.text)
            try recordKeyEvent(id.text, "activation_code_killed", of: customer)
        }
        return false
    }
}
