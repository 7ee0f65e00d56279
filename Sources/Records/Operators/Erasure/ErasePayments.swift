import Foundation
import GRDB
import Lifecycles
import Vocabulary

extension Transaction {
    /// What payments hold beyond the accounting record: medicine and batches, the merchants' own words, what
    /// decisions looked at, and answers kept for a repeated request.
    func erasePayments(_ scope: ErasureScope) throws {
        for id in scope.payments {
            try execute(
                """
                UPDATE authorizations SET
                    order_sealed = CASE WHEN order_sealed IS NULL THEN NULL ELSE x'' END
                WHERE id = ? AND order_sealed IS NOT NULL
                """, [id])
            try execute(
                """
                UPDATE authorizations SET metadata = '{}', return_url = NULL, cancel_reason = NULL,
                    version = version + 1, updated_at = ?
                WHERE id = ?
                """, [now, id])
            try execute("UPDATE refunds SET reason = NULL WHERE authorization = ?", [id])
            try execute(
                """
                UPDATE handover_parts SET detail_sealed = x''
                WHERE handover IN (SELECT id FROM handovers WHERE authorization = ?)
                """, [id])
            try execute(
                "UPDATE handovers SET undo_reason = '' WHERE authorization = ? AND undone_at IS NOT NULL",
                [id])
            try execute(
                """
                DELETE FROM decision_inputs
                WHERE decision IN (SELECT id FROM decisions WHERE authorization = ?)
                """, [id])
            // Whoever was asked: what a payer was shown of another's medicine goes too.
            try execute(
                """
                DELETE FROM statements
                WHERE confirmation IN (SELECT id FROM confirmations WHERE authorization = ?)
                """, [id])
            try eraseAnswers(of: id)
            noteChange(of: id.text)
        }
        try execute(
            "DELETE FROM decision_inputs WHERE customer = ?1 OR patient_hash = ?2",
            [scope.customer, scope.patientHash])
    }

    private func eraseAnswers(of id: AuthorizationID) throws {
        try execute(
            "DELETE FROM stored_answers WHERE intent IN (SELECT id FROM intents WHERE authorization = ?)",
            [id])
        try eraseAnswers(naming: id.text, in: "authorizations", under: "POST /v1/authorizations/")
    }

    /// Answers kept for their idempotency keys: of what was asked later about a thing, by the routes; of the
    /// request that made it by the moment, which both rows have from one transaction, and by what it says,
    /// since others may have been made in the same one.
    func eraseAnswers(naming id: String, in table: String, under routes: String) throws {
        let row = try row("SELECT merchant, is_live, created_at FROM \(table) WHERE id = ?", [id])
        guard let row else { return }
        let (merchant, isLive): (String, Bool) = (row["merchant"], row["is_live"])
        let begin = "\(routes)\(id)/"
        try execute(
            """
            DELETE FROM stored_answers
            WHERE merchant = ? AND is_live = ? AND route >= ? AND route < ?
            """, [merchant, isLive, begin, begin + "\u{7F}"])
        let candidates = try rows(
            """
            SELECT route, key, body_sealed FROM stored_answers
            WHERE created_at = ? AND merchant = ? AND is_live = ? AND body_sealed IS NOT NULL
            """, [row["created_at"] as Instant, merchant, isLive])
        for candidate in candidates {
            guard let owner = MerchantID(merchant).map({ Owner(merchant: $0, isLive: isLive) }) else {
                continue
            }
            let key = StoredAnswerKey(owner: owner, route: candidate["route"], key: candidate["key"])
            let body = try context.vault.open([UInt8](candidate["body_sealed"] as Data), for: key)
            guard body.contains(Array(id.utf8)) else { continue }
            try execute(
                "DELETE FROM stored_answers WHERE merchant = ? AND is_live = ? AND route = ? AND key = ?",
                [merchant, isLive, key.route, key.key])
        }
    }
}
