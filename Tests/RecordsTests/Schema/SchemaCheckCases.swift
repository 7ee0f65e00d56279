/// Rules on one row that tell nothing of how they are broken, or that others say too.
enum SchemaCheckCases {
    static let all = identity + payments + moreOfPayments + prescriptions + rest

    private static let identity: [SchemaCases] = [
        .check(
            "authenticators", "blocked_by IN ('customer', 'issuer', 'failures', 'order')",
            .fresh("authenticators", ["status": "'blocked'", "blocked_by": "'no_such_word'"])),
        .check(
            "authenticators", "(status = 'blocked') = (blocked_by IS NOT NULL)",
            .fresh("authenticators", ["status": "'blocked'"]),
            .fresh("authenticators", ["blocked_by": "'issuer'"])),
        .check(
            "operators", "(status = 'ended') = (ended_at IS NOT NULL)",
            .fresh("operators", ["status": "'ended'"]), .fresh("operators", ["ended_at": "1"])),
        .check(
            "change_requests",
            "status IN ('pending', 'approved', 'rejected', 'expired')",
            beside: ["trigger change_requests_begin_pending"],
            .fresh("change_requests", ["status": "'no_such_word'", "decided_at": "1"])),
        .check(
            "change_requests", "(status = 'pending') = (decided_at IS NULL)",
            .fresh("change_requests", ["decided_at": "1"]),
            .sql("UPDATE change_requests SET status = 'rejected'")),
        .check(
            "change_requests",
            "status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> requested_by)",
            .sql("UPDATE change_requests SET status = 'approved', decided_at = 2"),
            .sql("UPDATE change_requests SET status = 'approved', decided_at = 2, decided_by = 'op1'")),
    ]

    private static let payments: [SchemaCases] = [
        .check(
            "card_tokens", "is_reusable IN (0, 1)", beside: ["check is_reusable = (expires_at IS NULL)"],
            .fresh("card_tokens", ["is_reusable": "2"]), .fresh("card_tokens", ["is_reusable": "-1"])),
        .check(
            "card_tokens", "is_reusable = (expires_at IS NULL)",
            .fresh("card_tokens", ["is_reusable": "1"]), .fresh("card_tokens", ["expires_at": "NULL"])),
        .check(
            "card_tokens", "is_reusable = 0 OR used_at IS NULL",
            .fresh("card_tokens", ["is_reusable": "1", "expires_at": "NULL", "used_at": "1"])),
        .check(
            "authorizations",
            "status IN ('requires_confirmation', 'processing', 'approved', 'captured', 'declined', "
                + "'canceled', 'expired')",
            beside: ["trigger authorizations_begin_at_the_beginning"],
            .fresh("authorizations", ["status": "'no_such_word'"])),
        .check(
            "authorizations", "captured >= 0",
            beside: [
                "check refunded + refunding <= captured",
                "check captured = 0 OR status IN ('approved', 'captured')",
            ], .fresh("authorizations", ["captured": "-1"])),
        .check(
            "authorizations", "capturing >= 0", before: SchemaCases.approved,
            .sql("UPDATE authorizations SET capturing = -1")),
        .check(
            "authorizations", "captured + capturing <= amount", before: SchemaCases.approved,
            .sql("UPDATE authorizations SET captured = 101"),
            .sql("UPDATE authorizations SET capturing = 101"),
            .sql("UPDATE authorizations SET captured = 50, capturing = 51")),
        .check(
            "authorizations", "refunded + refunding <= captured",
            .fresh("authorizations", ["refunded": "1"]), .fresh("authorizations", ["refunding": "1"])),
        .check(
            "authorizations", "(status = 'declined') = (decline_reason IS NOT NULL)",
            .fresh("authorizations", ["status": "'declined'"]),
            .fresh("authorizations", ["decline_reason": "'lost_card'"])),
    ]

    private static let moreOfPayments: [SchemaCases] = [
        .check(
            "authorizations", "(status IN ('approved', 'captured')) <= (approval_code IS NOT NULL)",
            before: SchemaCases.asked,
            .sql("UPDATE authorizations SET status = 'approved', capture_before = 9")),
        .check(
            "authorizations", "(status IN ('approved', 'captured')) <= (capture_before IS NOT NULL)",
            before: SchemaCases.asked,
            .sql("UPDATE authorizations SET status = 'approved', approval_code = 'A1'")),
        .check(
            "authorizations", "captured = 0 OR status IN ('approved', 'captured')",
            .fresh("authorizations", ["captured": "1"])),
        .check(
            "authorizations", "capturing = 0 OR status = 'approved'",
            .fresh("authorizations", ["capturing": "1"])),
        .check(
            "authorizations", "status <> 'captured' OR captured > 0", before: SchemaCases.approved,
            .sql("UPDATE authorizations SET status = 'captured'")),
        .check(
            "confirmations", "kind IN ('card_payment', 'prescription_lookup', 'sign_in')",
            .fresh("confirmations", ["kind": "'no_such_word'", "authorization": "NULL"])),
        .check(
            "confirmations",
            "status IN ('pending', 'approved', 'denied', 'reported', 'expired', 'canceled', 'superseded')",
            beside: ["trigger confirmations_begin_pending"],
            .fresh("confirmations", ["status": "'no_such_word'", "ended_at": "1"])),
        .check(
            "confirmations", "(kind = 'card_payment') = (authorization IS NOT NULL)",
            .fresh("confirmations", ["kind": "'sign_in'"]),
            .fresh("confirmations", ["authorization": "NULL"])),
        .check(
            "confirmations", "(status = 'pending') = (ended_at IS NULL)",
            .fresh("confirmations", ["ended_at": "1"]),
            .sql("UPDATE confirmations SET status = 'denied'")),
        .check(
            "intents", "(kind = 'refund') = (refund IS NOT NULL)",
            .fresh("intents", ["kind": "'refund'"]), .fresh("intents", ["refund": "'ref2'"])),
        .check(
            "intents", "status IN ('open', 'accepted', 'refused', 'given_up')",
            .fresh("intents", ["status": "'no_such_word'", "ended_at": "1"])),
        .check(
            "intents", "(status = 'open') = (ended_at IS NULL)",
            .fresh("intents", ["ended_at": "1"]), .fresh("intents", ["status": "'accepted'"])),
    ]

    private static let prescriptions: [SchemaCases] = [
        .check(
            "prescriptions", "(status = 'invalid') = (flaw IS NOT NULL)",
            .fresh("prescriptions", ["status": "'invalid'"]), .fresh("prescriptions", ["flaw": "'forged'"])),
        .check(
            "prescriptions", "named_hash IS NULL OR status = 'invalid'",
            .fresh("prescriptions", ["named_hash": "x'08'"])),
        .check(
            "prescriptions",
            "status = 'invalid' OR (record_key IS NOT NULL AND version IS NOT NULL AND patient_hash IS NOT "
                + "NULL AND signer_hash IS NOT NULL AND valid_to IS NOT NULL)",
            .fresh("prescriptions", ["record_key": "NULL"]), .fresh("prescriptions", ["version": "NULL"]),
            .fresh("prescriptions", ["patient_hash": "NULL"]),
            .fresh("prescriptions", ["signer_hash": "NULL"]), .fresh("prescriptions", ["valid_to": "NULL"])),
        .check(
            "relations", "valid_to >= valid_from", .fresh("relations", ["valid_to": "'2029-12-31'"])),
        .check("holds", "handover <= handovers", .fresh("holds", ["handover": "3"])),
        .check(
            "holds", "units_handed_over BETWEEN 0 AND units",
            .fresh("holds", ["units_handed_over": "1001"]), .fresh("holds", ["units_handed_over": "-1"])),
        .check(
            "holds", "status IN ('reserved', 'firm', 'owed', 'released', 'expired', 'consumed')",
            beside: ["trigger holds_begin_reserved"],
            .fresh("holds", ["status": "'no_such_word'", "ended_at": "1"])),
        .check(
            "holds", "(status IN ('reserved', 'firm', 'owed')) = (ended_at IS NULL)",
            .fresh("holds", ["ended_at": "1"]), .sql("UPDATE holds SET status = 'released'")),
        .check("line_handovers", "handover <= handovers", .fresh("line_handovers", ["handover": "3"])),
        .check(
            "handovers", "(undone_at IS NULL) = (undo_reason IS NULL)",
            .fresh("handovers", ["undone_at": "1"]), .fresh("handovers", ["undo_reason": "'forkert'"])),
        .check(
            "prescription_lookups", "ended_as IN ('denied', 'canceled')",
            .fresh("prescription_lookups", ["customer": "NULL", "ended_as": "'no_such_word'"])),
        .check(
            "prescription_lookups", "customer IS NULL OR ended_as IS NULL",
            .fresh("prescription_lookups", ["ended_as": "'denied'"])),
        .check(
            "prescription_lookups", "customer IS NOT NULL OR (open_until IS NULL AND key_card IS NULL)",
            .fresh("prescription_lookups", ["customer": "NULL", "open_until": "1"]),
            .fresh("prescription_lookups", ["customer": "NULL", "key_card": "'key2'"])),
    ]

    private static let rest: [SchemaCases] = [
        .check(
            "decisions", "(outcome = 'declined') = (reason IS NOT NULL)",
            .fresh("decisions", ["outcome": "'declined'"]), .fresh("decisions", ["reason": "'lost_card'"])),
        .check(
            "log_nodes", "level > 0 AND level % 8 = 0",
            .fresh("log_nodes", ["level": "0"]), .fresh("log_nodes", ["level": "7"]),
            .fresh("log_nodes", ["level": "9"])),
        .check(
            "gateway_mode", "is_live IN (0, 1)", before: [.sql("DELETE FROM gateway_mode")],
            .fresh("gateway_mode", ["is_live": "2"]), .fresh("gateway_mode", ["is_live": "-1"])),
        .check(
            "key_checks", "name IN ('master', 'receipt', 'log')",
            .fresh("key_checks", ["name": "'no_such_word'"]), .fresh("key_checks", ["name": "''"])),
        .check(
            "key_checks", "length(sealed) > 28", .fresh("key_checks", ["sealed": "zeroblob(28)"]),
            .fresh("key_checks", ["sealed": "x''"])),
    ]
}
