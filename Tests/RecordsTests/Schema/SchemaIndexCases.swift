/// What each unique index with a name refuses, and what it lets pass beside a row that it counts.
enum SchemaIndexCases {
    static let refused: [SchemaCases] = [
        index("key_cards", "key_cards_one_active", ["customer"], ["customer": "'cus1'"]),
        index("activation_codes", "activation_codes_one_open", ["customer"], ["customer": "'cus1'"]),
        index(
            "change_requests", "change_requests_once", ["kind", "subject"], ["subject": "'s1'"]),
        index("confirmations", "confirmations_one_pending", ["customer"], ["customer": "'cus1'"]),
        index("intents", "intents_one_authorize", ["authorization"], ["authorization": "'auth1'"]),
        index(
            "intents", "intents_one_reversal", ["authorization"],
            ["authorization": "'auth1'", "kind": "'reversal'"],
            before: [.sql(reversal)]),
        index("stored_answers", "stored_answers_of_intent", ["intent"], ["intent": "'int1'"]),
        index(
            "prescriptions", "prescriptions_identity", ["record_key", "version", "kind", "is_live"],
            ["record_key": "x'01'"]),
        // Whoever asks, from another version of the record or for another payment, firm or owed.
        index("holds", "holds_one_active", ["record_key", "line"], ["record_key": "x'01'", "version": "2"]),
        index(
            "line_handovers", "line_handovers_once", ["record_key", "line", "handover"],
            ["record_key": "x'01'"]),
    ]

    /// Rows beside row 1 that break no rule.
    static let accepted: [(name: String, before: [SchemaCase.Step], step: SchemaCase.Step)] = [
        (
            "a second key card that is replaced", [],
            .fresh("key_cards", ["customer": "'cus1'", "status": "'replaced'"])
        ),
        (
            "an activation code that has ended", [],
            .fresh("activation_codes", ["customer": "'cus1'", "ended_at": "2"])
        ),
        (
            "an activation code after one that has ended",
            [.sql("UPDATE activation_codes SET ended_at = 2")],
            .fresh("activation_codes", ["customer": "'cus1'"])
        ),
        (
            "a request of another kind about the same", [],
            .fresh("change_requests", ["subject": "'s1'", "kind": "'customer.erase'"])
        ),
        (
            "the same request after a no",
            [.sql("UPDATE change_requests SET status = 'rejected', decided_at = 2")],
            .fresh("change_requests", ["subject": "'s1'"])
        ),
        (
            "a question after one that has ended",
            [.sql("UPDATE confirmations SET status = 'denied', ended_at = 2")],
            .fresh("confirmations", ["customer": "'cus1'"])
        ),
        (
            "a second capture of a payment", [.sql(reversal.replacing("reversal", with: "capture"))],
            .fresh("intents", ["authorization": "'auth1'", "kind": "'capture'"])
        ),
        (
            "a reversal after one that was given up",
            [.sql(reversal), .sql("UPDATE intents SET status = 'given_up', ended_at = 2")],
            .fresh("intents", ["authorization": "'auth1'", "kind": "'reversal'"])
        ),
        ("an answer of no intent", [], .fresh("stored_answers", ["intent": "NULL"])),
        (
            "a forged record beside the true one", [],
            .fresh("prescriptions", ["record_key": "x'01'", "status": "'invalid'", "flaw": "'forged'"])
        ),
        (
            "another version of a record", [],
            .fresh("prescriptions", ["record_key": "x'01'", "version": "2"])
        ),
        (
            "the register's copy of a record", [],
            .fresh("prescriptions", ["record_key": "x'01'", "kind": "'registry'"])
        ),
        ("a hold on another line", [], .fresh("holds", ["record_key": "x'01'", "line": "'2'"])),
        (
            "a hold after one that has ended",
            [.sql("UPDATE holds SET status = 'released', ended_at = 2")],
            .fresh("holds", ["record_key": "x'01'"])
        ),
        (
            "the next handover of a line", [],
            .fresh("line_handovers", ["record_key": "x'01'", "handover": "2"])
        ),
        (
            "a handover again that was undone", [.sql("UPDATE line_handovers SET status = 'undone'")],
            .fresh("line_handovers", ["record_key": "x'01'"])
        ),
        // What triggers let pass.
        ("a text that goes", [], .sql("UPDATE prescription_filings SET body_sealed = x''")),
        (
            "a patient who is forgotten after the text",
            [.sql("UPDATE prescription_filings SET body_sealed = x''")],
            .sql("UPDATE prescriptions SET patient_hash = x'09'")
        ),
        ("medicine that goes", [], .sql("UPDATE authorizations SET order_sealed = x''")),
        (
            "a merchant's words that go", [.sql("UPDATE refunds SET status = 'succeeded', reason = 'ord'")],
            .sql("UPDATE refunds SET reason = NULL")
        ),
        (
            "a pharmacy's words that go",
            [.sql("UPDATE handovers SET undone_at = 2, undo_reason = 'ord'")],
            .sql("UPDATE handovers SET undo_reason = ''")
        ),
        ("the next leaf", [], .fresh("leaves")),
    ]

    private static let reversal = """
        INSERT INTO intents (id, authorization, kind, amount, status, transmitted_at, trace_number,
            retrieval_reference, terminal, created_at)
        VALUES ('int8', 'auth1', 'reversal', 100, 'open', 1, '1', 'r8', 't', 1)
        """

    private static func index(
        _ table: String, _ name: String, _ columns: [String], _ changes: [String: String],
        before: [SchemaCase.Step] = []
    ) -> SchemaCases {
        SchemaCases(
            table: table, rule: "index \(name)", before: before,
            says: "UNIQUE constraint failed: " + columns.map { "\(table).\($0)" }.joined(separator: ", "),
            steps: [.fresh(table, changes)])
    }
}
