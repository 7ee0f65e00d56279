import Foundation
import GRDB
import Lifecycles
import Vocabulary

/// Erases a customer: values and salts go, leaves and the accounting record stay (LOG-ERASE).
///
/// What stays of a payment is what book-keeping needs: amounts, merchant, order reference, masked card,
/// states, decisions' public traces, the signed answer. Each payment and record that lost something gets a
/// leaf of its own, so that the log vouches for what is left of it.
struct EraseCustomer {
    let id: CustomerID
    let approver: OperatorID

    init(_ id: CustomerID, by approver: OperatorID) {
        self.id = id
        self.approver = approver
    }

    func run(in transaction: Transaction) throws {
        let scope = try ErasureScope(id, in: transaction)
        for payment in scope.payments { try transaction.witness(payment) }
        // An open question of a sign-in or a look-up ends; a payment's would have been an obstacle.
        try transaction.endPendingConfirmation(of: id, reason: .customerBlocked)
        try transaction.eraseRecords(scope)
        try transaction.erasePayments(scope)
        try transaction.eraseRelations(scope)
        try transaction.eraseSalts(scope)
        try transaction.eraseMeans(of: id)
        try transaction.erasePerson(id)
        try transaction.recordErasure(of: scope)
        var leaf = LeafDraft(kind: .erasure, subject: id.text, outcome: "erased")
        leaf.actor = approver.text
        try transaction.appendLeaf(leaf)
        transaction.noteChange(of: id.text)
    }
}

/// Everything that an erasure touches, by id.
struct ErasureScope {
    let customer: CustomerID
    /// Keyed hash of the CPR number; nil where there is none.
    let patientHash: Data?
    /// The customer's own payments, and those that somebody else made for the customer's medicine.
    let payments: [AuthorizationID]
    /// What these payments held: their leaves commit to whose record it was.
    let holds: [HoldID]
    /// Records whose patient the customer is, or is said to be by a text that nothing vouches for.
    let records: [PrescriptionID]
    /// Relations that the customer holds, or that are about the customer.
    let relations: [RelationID]

    init(_ customer: CustomerID, in transaction: Transaction) throws {
        self.customer = customer
        let person = try transaction.row(
            "SELECT person_number_hash FROM customers WHERE id = ?", [customer])
        let hash = person?["person_number_hash"] as Data?
        patientHash = hash
        payments = try transaction.rows(
            """
            SELECT id FROM authorizations WHERE customer = ?1
            UNION SELECT h.authorization FROM prescriptions p JOIN holds h ON h.prescription = p.id
                WHERE p.patient_hash = ?2 AND p.status <> 'invalid'
            UNION SELECT d.authorization FROM decision_inputs i JOIN decisions d ON d.id = i.decision
                WHERE i.patient_hash = ?2
            ORDER BY 1
            """, [customer, hash]
        ).compactMap { AuthorizationID($0["id"]) }
        holds = try payments.flatMap { payment in
            try transaction.rows("SELECT id FROM holds WHERE authorization = ? ORDER BY id", [payment])
                .compactMap { HoldID($0["id"]) }
        }
        records = try transaction.rows(
            """
            SELECT id FROM prescriptions
            WHERE (patient_hash = ?1 AND status <> 'invalid') OR named_hash = ?1 ORDER BY id
            """, [hash]
        ).compactMap { PrescriptionID($0["id"]) }
        relations = try transaction.rows(
            "SELECT id FROM relations WHERE holder = ? OR patient_hash = ? ORDER BY id", [customer, hash]
        ).compactMap { RelationID($0["id"]) }
    }
}

extension Transaction {
    /// Nothing may be under way that needs what an erasure takes away: money or medicine on its way.
    func requireErasable(_ id: CustomerID) throws {
        guard try customerExists(id) else { throw ChangeObstacle.subjectUnknown }
        let holder = try row("SELECT 1 FROM operators WHERE identity = ?", [id])
        guard holder == nil else { throw ChangeObstacle.isOperator }
        let scope = try ErasureScope(id, in: self)
        for payment in scope.payments {
            let row = try row(
                """
                SELECT status IN ('requires_confirmation', 'processing', 'approved') AS is_going_on,
                    EXISTS (SELECT 1 FROM intents WHERE authorization = a.id AND status = 'open') AS is_open,
                    EXISTS (SELECT 1 FROM holds WHERE authorization = a.id AND ended_at IS NULL) AS is_owed
                FROM authorizations a WHERE id = ?
                """, [payment])
            guard let row else { continue }
            if row["is_going_on"] || row["is_open"] { throw ChangeObstacle.paymentOpen(payment) }
            if row["is_owed"] { throw ChangeObstacle.handoverOwed(payment) }
        }
    }

    /// The means to sign in, to confirm and to pay. A device's public key stays: signed answers are verified
    /// with it.
    fileprivate func eraseMeans(of id: CustomerID) throws {
        for table in ["sign_ins", "sessions", "alerts", "failure_counts", "activation_codes"] {
            try execute("DELETE FROM \(table) WHERE customer = ?", [id])
        }
        try execute(
            "DELETE FROM statements WHERE confirmation IN (SELECT id FROM confirmations WHERE customer = ?)",
            [id])
        try execute(
            "DELETE FROM key_card_codes WHERE key_card IN (SELECT id FROM key_cards WHERE customer = ?)",
            [id])
        try execute("UPDATE key_cards SET status = 'blocked' WHERE customer = ? AND status = 'active'", [id])
        try execute("DELETE FROM authenticators WHERE customer = ?", [id])
        try execute(
            "UPDATE devices SET status = 'revoked', ended_at = ? WHERE customer = ? AND status = 'active'",
            [now, id])
        try execute("UPDATE devices SET name = '' WHERE customer = ?", [id])
        for lookup in try rows("SELECT id FROM prescription_lookups WHERE customer = ?", [id]) {
            try eraseAnswers(
                naming: lookup["id"], in: "prescription_lookups", under: "POST /v1/prescription_lookups/")
        }
        for card in try rows("SELECT id, fingerprint FROM cards WHERE customer = ?", [id]) {
            try eraseTokens(withFingerprint: card["fingerprint"])
            try execute(
                """
                UPDATE cards SET number_sealed = x'', fingerprint = ?, blocked_at = coalesce(blocked_at, ?)
                WHERE id = ?
                """, [Data(context.randomBytes(32)), now, card["id"] as String])
        }
    }

    /// Saved cards of the same number at any merchant: they are nobody's card from now on.
    private func eraseTokens(withFingerprint fingerprint: Data) throws {
        for token in try rows("SELECT id FROM card_tokens WHERE fingerprint = ?", [fingerprint]) {
            try eraseAnswers(naming: token["id"], in: "card_tokens", under: "POST /v1/card_tokens/")
        }
        try execute(
            "UPDATE card_tokens SET number_sealed = x'', fingerprint = ? WHERE fingerprint = ?",
            [Data(context.randomBytes(32)), fingerprint])
    }

    fileprivate func erasePerson(_ id: CustomerID) throws {
        let name = "erased-" + context.randomBytes(8).map { String($0 % 36, radix: 36) }.joined()
        try execute(
            """
            UPDATE customers SET user_id = ?, name_sealed = NULL, person_number_sealed = NULL,
                person_number_hash = NULL, reported_until = NULL, blocked_at = coalesce(blocked_at, ?),
                erased_at = ?
            WHERE id = ?
            """, [name, now, now, id])
    }

    /// The commitments of these leaves say nothing any more; who the salts belonged to stays.
    fileprivate func eraseSalts(_ scope: ErasureScope) throws {
        try execute(
            "UPDATE leaf_salts SET salt = x'' WHERE customer = ? AND length(salt) > 0", [scope.customer])
        let subjects =
            scope.payments.map(\.text) + scope.holds.map(\.text) + scope.records.map(\.text)
            + scope.relations.map(\.text)
        for subject in subjects {
            try execute(
                """
                UPDATE leaf_salts SET salt = x'' WHERE length(salt) > 0
                    AND position IN (SELECT position FROM leaves WHERE subject = ?)
                """, [subject])
        }
    }

    /// A leaf for everything that lost something: the log vouches for what is left.
    fileprivate func recordErasure(of scope: ErasureScope) throws {
        for payment in scope.payments {
            try recordNote("erased", of: try authorization(payment))
        }
        for record in scope.records {
            try recordNote("erased", of: try requirePrescription(record))
        }
        for subject in scope.holds.map(\.text) + scope.relations.map(\.text) {
            try appendLeaf(LeafDraft(kind: .erasure, subject: subject, outcome: "erased"))
        }
    }
}
