/// What each trigger refuses, with its words. Of a trigger that looks at some columns only, `watches` in
/// `SchemaTriggers` lists them.
enum SchemaTriggerCases {
    static let all =
        authorizations + decided + confirmations + intents + identity + holds + handovers + records
        + log

    private static let declined: SchemaCase.Step = .fresh(
        "authorizations",
        ["status": "'declined'", "decline_reason": "'lost_card'", "network_code": "'41'"])

    /// Payment 2, whose question is approved, without an answer so far.
    private static let unanswered: [SchemaCase.Step] = [
        .fresh("authorizations", ["prescription_lines": "0"]), .fresh("confirmations"),
        .sql("UPDATE confirmations SET status = 'approved', ended_at = 2 WHERE id = 'cnf2'"),
    ]

    private static func set(_ values: String) -> SchemaCase.Step {
        .sql("UPDATE authorizations SET \(values)")
    }

    private static let authorizations: [SchemaCases] = [
        .trigger(
            "authorizations", "authorizations_begin_at_the_beginning",
            "an authorization begins with a question or a no",
            .fresh(
                "authorizations",
                ["status": "'approved'", "approval_code": "'A1'", "capture_before": "9"]),
            .fresh("authorizations", ["status": "'processing'"]),
            .fresh(
                "authorizations",
                [
                    "status": "'captured'", "approval_code": "'A1'", "capture_before": "9", "captured": "1",
                ]), .fresh("authorizations", ["status": "'canceled'"]),
            .fresh("authorizations", ["status": "'expired'"]), .replace("authorizations")),
        .trigger(
            "authorizations", "authorizations_follow_the_table", "no such change of state",
            set("status = 'expired'")),
        .trigger(
            "authorizations", "authorizations_keep_what_was_asked", "what was asked never changes",
            set("amount = 101"), set("currency = 'EUR'"), set("merchant = 'another'"),
            set("is_live = 1"), set("capture_mode = 'automatic'")),
        .trigger(
            "authorizations", "authorizations_keep_their_sealed_order", "what was asked never changes",
            set("prescription_lines = 2"), set("order_sealed = x'02'"), set("order_sealed = NULL")),
        .trigger(
            "authorizations", "authorizations_stay", "authorizations are kept",
            before: [.fresh("authorizations")], .sql("DELETE FROM authorizations WHERE id = 'auth2'")),
        .trigger(
            "authorizations", "authorizations_sums_only_grow", "what was captured or refunded stays so",
            before: SchemaCases.approved + [set("captured = 50"), set("refunded = 20")],
            set("captured = 49"), set("refunded = 19")),
    ]

    private static let decided: [SchemaCases] = [
        .trigger(
            "authorizations", "authorizations_keep_what_was_decided", "what was decided never changes",
            before: SchemaCases.approved + [declined],
            .sql("UPDATE authorizations SET decline_reason = 'stolen_card' WHERE id = 'auth2'"),
            .sql("UPDATE authorizations SET network_code = '43' WHERE id = 'auth2'"),
            .sql("UPDATE authorizations SET network_code = NULL WHERE id = 'auth2'"),
            .sql("UPDATE authorizations SET approval_code = 'B2' WHERE id = 'auth1'"),
            .sql("UPDATE authorizations SET approved_at = 4 WHERE id = 'auth1'"),
            .sql("UPDATE authorizations SET approved_at = NULL WHERE id = 'auth1'"),
            .sql("UPDATE authorizations SET capture_before = 10 WHERE id = 'auth1'")),
        .trigger(
            "authorizations", "approval_needs_an_answer", "no approval without a signed answer",
            before: unanswered,
            .sql("UPDATE authorizations SET status = 'processing' WHERE id = 'auth2'")),
        .trigger(
            "authorizations", "approval_needs_an_answer", "no approval without a signed answer",
            before: unanswered + [.fresh("answers", ["verdict": "'deny'"])],
            .sql("UPDATE authorizations SET status = 'processing' WHERE id = 'auth2'")),
        .trigger(
            "authorizations", "approval_needs_an_answer", "no approval without a signed answer",
            // Answered, but the question is still open.
            before: [],
            .sql("UPDATE authorizations SET status = 'processing' WHERE id = 'auth1'")),
        .trigger(
            "authorizations", "approval_needs_an_answer", "no approval without a signed answer",
            before: SchemaCases.asked + [.sql("DELETE FROM answers")],
            .sql("UPDATE authorizations SET status = 'approved', approval_code = 'A1', capture_before = 9")),
        .trigger(
            "authorizations", "approval_needs_its_holds", "no approval without its holds",
            before: [
                .sql("UPDATE confirmations SET status = 'approved', ended_at = 2"),
                .sql("UPDATE holds SET status = 'released', ended_at = 2"),
            ],
            .sql("UPDATE authorizations SET status = 'processing' WHERE id = 'auth1'")),
        .trigger(
            "authorizations", "approval_needs_its_holds", "no approval without its holds",
            before: SchemaCases.asked + [.sql("UPDATE holds SET status = 'released', ended_at = 2")],
            .sql("UPDATE authorizations SET status = 'approved', approval_code = 'A1', capture_before = 9")),
        .trigger(
            "authorizations", "approval_needs_its_holds", "no approval without its holds",
            // Another payment's hold is none of its own.
            before: [
                .fresh("authorizations"), .fresh("confirmations"), .fresh("answers"),
                .sql("UPDATE confirmations SET status = 'approved', ended_at = 2 WHERE id = 'cnf2'"),
            ],
            .sql("UPDATE authorizations SET status = 'processing' WHERE id = 'auth2'")),
    ]

    private static let confirmations: [SchemaCases] = [
        .trigger(
            "confirmations", "confirmations_begin_pending", "a confirmation begins as an open question",
            .fresh("confirmations", ["status": "'approved'", "ended_at": "1"]),
            .fresh("confirmations", ["status": "'expired'", "ended_at": "1"]), .replace("confirmations")),
        .trigger(
            "confirmations", "confirmations_end_for_good",
            "a confirmation that has ended stays as it is",
            before: [.sql("UPDATE confirmations SET status = 'denied', ended_at = 2")],
            .sql("UPDATE confirmations SET status = 'approved'"),
            .sql("UPDATE confirmations SET status = 'pending', ended_at = NULL")),
        .trigger(
            "confirmations", "confirmations_keep_what_was_asked", "what was asked never changes",
            .sql("UPDATE confirmations SET expires_at = 10"),
            .sql("UPDATE confirmations SET payee = 'Another'")),
        .trigger(
            "answers", "answers_are_given_once", "a confirmation has one answer", .replace("answers")),
        .trigger(
            "answers", "answers_never_change", "an answer never changes",
            .sql("UPDATE answers SET verdict = 'deny'"), .sql("UPDATE answers SET compact = 'd'"),
            .sql("UPDATE answers SET device = device")),
    ]

    private static let intents: [SchemaCases] = [
        .trigger(
            "intents", "intents_end_for_good", "an intent that has ended stays as it is",
            before: [.sql("UPDATE intents SET status = 'accepted', ended_at = 2")],
            .sql("UPDATE intents SET status = 'refused'"),
            .sql("UPDATE intents SET status = 'open', ended_at = NULL")),
        .trigger(
            "intents", "intents_keep_what_was_asked", "what was asked never changes",
            .sql("UPDATE intents SET amount = 99"), .sql("UPDATE intents SET trace_number = '2'")),
        .trigger(
            "intents", "intents_stay", "intents are kept", before: [.fresh("intents")],
            .sql("DELETE FROM intents WHERE id = 'int2'")),
        .trigger(
            "refunds", "refunds_end_for_good", "a refund that has ended stays as it is",
            .sql("UPDATE refunds SET id = 'another'"), .sql("UPDATE refunds SET amount = 2")),
        .trigger(
            "refunds", "refunds_end_for_good", "a refund that has ended stays as it is",
            before: [.fresh("authorizations")],
            .sql("UPDATE refunds SET authorization = 'auth2'")),
        .trigger(
            "refunds", "refunds_end_for_good", "a refund that has ended stays as it is",
            before: [.sql("UPDATE refunds SET status = 'failed'")],
            .sql("UPDATE refunds SET status = 'succeeded'"), .sql("UPDATE refunds SET status = 'pending'"),
            .sql("UPDATE refunds SET created_at = 2"), .sql("UPDATE refunds SET reason = 'another'")),
    ]

    private static let identity: [SchemaCases] = [
        .trigger(
            "devices", "devices_end_for_good", "a refused or revoked device never comes back",
            before: [.sql("UPDATE devices SET status = 'revoked'")],
            .sql("UPDATE devices SET status = 'active'"), .sql("UPDATE devices SET status = 'refused'")),
        .trigger(
            "devices", "devices_end_for_good", "a refused or revoked device never comes back",
            before: [.sql("UPDATE devices SET status = 'refused'")],
            .sql("UPDATE devices SET status = 'active'"), .sql("UPDATE devices SET status = 'revoked'")),
        .trigger(
            "devices", "devices_keep_their_key", "a device keeps its key",
            .sql("UPDATE devices SET public_key = randomblob(64)"),
            .sql("UPDATE devices SET thumbprint = 'another'")),
        .trigger(
            "operators", "operators_stay", "operators are kept", before: [.fresh("operators")],
            .sql("DELETE FROM operators WHERE id = 'op2'")),
        .trigger(
            "change_requests", "change_requests_begin_pending", "a request begins pending",
            .fresh(
                "change_requests", ["status": "'approved'", "decided_at": "1", "decided_by": "'op1'"]),
            .fresh("change_requests", ["status": "'rejected'", "decided_at": "1"]),
            .replace("change_requests")),
        .trigger(
            "change_requests", "change_requests_end_for_good", "a change that was decided stays so",
            before: [
                .fresh("operators"),
                .sql("UPDATE change_requests SET status = 'rejected', decided_at = 2, decided_by = 'op2'"),
            ], .sql("UPDATE change_requests SET status = 'approved'"),
            .sql("UPDATE change_requests SET status = 'pending', decided_at = NULL")),
        .trigger(
            "change_requests", "change_requests_keep_what_was_asked", "what was asked never changes",
            .sql("UPDATE change_requests SET change = '{\"role\":\"administrator\"}'"),
            .sql("UPDATE change_requests SET expires_at = 10")),
        .trigger(
            "change_requests", "change_requests_stay", "requests are kept",
            .sql("DELETE FROM change_requests")),
    ]

    private static let holds: [SchemaCases] = [
        .trigger(
            "holds", "holds_begin_reserved", "a hold begins with a question",
            .fresh("holds", ["status": "'firm'"]), .fresh("holds", ["status": "'owed'"]),
            .fresh("holds", ["status": "'consumed'", "ended_at": "1"]), .replace("holds")),
        .trigger(
            "holds", "holds_follow_the_table", "no such change of a hold",
            .sql("UPDATE holds SET status = 'firm'")),
        .trigger(
            "holds", "holds_keep_what_they_hold", "a hold keeps what it holds",
            .sql("UPDATE holds SET handover = 2"), .sql("UPDATE holds SET version = 2"),
            .sql("UPDATE holds SET quantity = 2"), .sql("UPDATE holds SET line = '2'")),
        .trigger(
            "holds", "holds_stay", "holds are kept", before: [.fresh("holds")],
            .sql("DELETE FROM holds WHERE id = 'hold2'")),
    ]

    private static let handovers: [SchemaCases] = [
        .trigger(
            "handover_parts", "handovers_need_an_owed_hold", "only what is owed is handed over",
            before: [.fresh("handovers"), .fresh("holds")],
            .sql("INSERT INTO handover_parts VALUES ('han2', 'hold2', 1, 1, x'01')")),
        .trigger(
            "handover_parts", "handovers_need_an_owed_hold", "only what is owed is handed over",
            before: [
                .fresh("handovers"), .fresh("holds"),
                .sql("UPDATE holds SET status = 'firm' WHERE id = 'hold2'"),
            ],
            .sql("INSERT INTO handover_parts VALUES ('han2', 'hold2', 1, 1, x'01')")),
        .trigger(
            "handover_parts", "handovers_need_an_owed_hold", "only what is owed is handed over",
            before: [
                .fresh("handovers"), .sql("UPDATE holds SET status = 'consumed', ended_at = 2"),
            ],
            .sql("INSERT INTO handover_parts VALUES ('han2', 'hold1', 1, 1, x'01')")),
        .trigger(
            "handovers", "handovers_are_undone_once", "a handover is undone once",
            before: [
                .fresh("authorizations"), .fresh("leaves"), .sql("DELETE FROM handover_parts"),
                .sql("UPDATE handovers SET undone_at = 2, undo_reason = 'forkert'"),
            ], .sql("UPDATE handovers SET undone_at = 3"), .sql("UPDATE handovers SET undo_reason = 'x'"),
            .sql("UPDATE handovers SET undone_at = NULL, undo_reason = NULL"),
            .sql("UPDATE handovers SET id = 'another'"), .sql("UPDATE handovers SET gln = 'h'"),
            .sql("UPDATE handovers SET authorization = 'auth2'"), .sql("UPDATE handovers SET is_final = 1"),
            .sql("UPDATE handovers SET handed_over_at = 2"), .sql("UPDATE handovers SET leaf = 1")),
        .trigger(
            "handovers", "handovers_stay", "handovers are kept", before: [.fresh("handovers")],
            .sql("DELETE FROM handovers WHERE id = 'han2'")),
    ]

    private static let forged = ["status": "'invalid'", "flaw": "'forged'", "named_hash": "x'08'"]

    private static let records: [SchemaCases] = [
        .trigger(
            "prescriptions", "prescriptions_follow_the_table", "no such change of a record",
            .sql("UPDATE prescriptions SET status = 'pending'")),
        .trigger(
            "prescriptions", "prescriptions_keep_what_was_signed", "what was signed never changes",
            .sql("UPDATE prescriptions SET version = 2"), .sql("UPDATE prescriptions SET kind = 'registry'"),
            .sql("UPDATE prescriptions SET merchant = 'another'")),
        .trigger(
            "prescriptions", "prescriptions_keep_their_patient", "what was signed never changes",
            .sql("UPDATE prescriptions SET patient_hash = x'09'")),
        .trigger(
            "prescriptions", "prescriptions_keep_their_patient", "what was signed never changes",
            before: [.fresh("prescriptions", ["status": "'invalid'", "flaw": "'forged'"])],
            .sql("UPDATE prescriptions SET patient_hash = NULL WHERE id = 'rx2'")),
        .trigger(
            "prescriptions", "prescriptions_keep_whom_they_name", "what was signed never changes",
            before: [.fresh("prescriptions", forged)],
            .sql("UPDATE prescriptions SET named_hash = x'09' WHERE id = 'rx2'")),
        .trigger(
            "prescriptions", "prescriptions_stay", "records are kept", before: [.fresh("prescriptions")],
            .sql("DELETE FROM prescriptions WHERE id = 'rx2'")),
        .trigger(
            "prescription_filings", "filings_never_change", "what was filed never changes",
            .sql("UPDATE prescription_filings SET verdict = 'another'"),
            .sql("UPDATE prescription_filings SET evidence = 'another'")),
        .trigger(
            "prescription_filings", "filings_keep_their_text", "what was filed never changes",
            .sql("UPDATE prescription_filings SET body_sealed = x'02'")),
        .trigger(
            "prescription_filings", "filings_stay", "filings are kept",
            .sql("DELETE FROM prescription_filings")),
    ]

    private static let log: [SchemaCases] = [
        .trigger(
            "gateway_mode", "gateway_mode_stays", "a file keeps its mode",
            .sql("UPDATE gateway_mode SET is_live = 1")),
        .trigger(
            "leaves", "leaves_only_at_the_end", "a leaf is added at the end",
            .fresh("leaves", ["position": "5"]), .fresh("leaves", ["position": "-1"]), .replace("leaves")),
        .trigger(
            "leaves", "leaves_never_change", "a leaf never changes",
            .sql("UPDATE leaves SET bytes = x'02'"), .sql("UPDATE leaves SET body = x'02'"),
            .sql("UPDATE leaves SET hash = hash"), .sql("UPDATE leaves SET subject = subject"),
            .sql("UPDATE leaves SET position = position")),
        .trigger(
            "leaves", "leaves_stay", "a leaf is never removed", before: [.fresh("leaves")],
            .sql("DELETE FROM leaves WHERE position = 1")),
        .trigger(
            "log_nodes", "log_nodes_never_change", "a node of the log never changes",
            .sql("UPDATE log_nodes SET hash = randomblob(32)"), .sql("UPDATE log_nodes SET level = level")),
        .trigger(
            "log_nodes", "log_nodes_stay", "a node of the log is never removed",
            .sql("DELETE FROM log_nodes")),
        .trigger(
            "decisions", "decisions_never_change", "a decision never changes",
            .sql("UPDATE decisions SET reason = reason"), .sql("UPDATE decisions SET trace = '[1]'"),
            .sql("UPDATE decisions SET stage = 'answer'")),
        .trigger(
            "decisions", "decisions_stay", "decisions are kept", before: [.fresh("decisions")],
            .sql("DELETE FROM decisions WHERE id = 'dec2'")),
    ]
}
