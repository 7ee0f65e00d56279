/// Every trigger of the schema, written down a second time, with the columns that it watches where it does
/// not watch all of its table.
enum SchemaTriggers {
    static let rules: [SchemaRule] = text.split(separator: "\n").flatMap { line in
        let (head, columns) = line.cut(at: ":")
        let (table, name) = head.cut(at: " ")
        return [SchemaRule(table, .trigger(name))]
            + SQLWords.split(columns, at: ",").map { SchemaRule(table, .watched($0, by: name)) }
    }

    /// Those that refuse any change of the columns they watch: a value set to itself is one.
    static func isUnconditional(_ trigger: String) -> Bool {
        [
            "authorizations_keep_what_was_asked", "confirmations_keep_what_was_asked",
            "intents_keep_what_was_asked", "devices_keep_their_key", "change_requests_keep_what_was_asked",
            "holds_keep_what_they_hold", "prescriptions_keep_what_was_signed", "filings_never_change",
        ].contains(trigger)
    }

    private static let text = """
        authorizations authorizations_begin_at_the_beginning
        authorizations authorizations_follow_the_table: status
        authorizations authorizations_keep_what_was_asked: id, merchant, is_live, amount, currency, \
        capture_mode, order_reference, order_document, order_digest, card_token, created_at
        authorizations authorizations_keep_what_was_decided: decline_reason, network_code, approval_code, \
        approved_at, capture_before
        authorizations authorizations_keep_their_sealed_order: prescription_lines, order_sealed
        authorizations authorizations_stay
        authorizations authorizations_sums_only_grow: captured, refunded
        authorizations approval_needs_an_answer: status
        authorizations approval_needs_its_holds: status
        confirmations confirmations_begin_pending
        confirmations confirmations_end_for_good: status
        confirmations confirmations_keep_what_was_asked: kind, authorization, customer, merchant, payee, \
        issued_at, expires_at
        answers answers_are_given_once
        answers answers_never_change
        intents intents_end_for_good: status
        intents intents_keep_what_was_asked: id, authorization, kind, amount, is_final, refund, \
        transmitted_at, trace_number, retrieval_reference, terminal, created_at
        intents intents_stay
        refunds refunds_end_for_good
        devices devices_end_for_good: status
        devices devices_keep_their_key: customer, public_key, thumbprint
        operators operators_stay
        change_requests change_requests_begin_pending
        change_requests change_requests_end_for_good: status
        change_requests change_requests_keep_what_was_asked: id, kind, subject, change, digest, \
        requested_by, requested_at, expires_at
        change_requests change_requests_stay
        holds holds_begin_reserved
        holds holds_follow_the_table: status
        holds holds_keep_what_they_hold: id, authorization, order_line, prescription, version, record_key, \
        line, handover, handovers, quantity, units, relation
        holds holds_stay
        handover_parts handovers_need_an_owed_hold
        handovers handovers_are_undone_once
        handovers handovers_stay
        prescriptions prescriptions_follow_the_table: status
        prescriptions prescriptions_keep_what_was_signed: id, merchant, is_live, kind, record_key, version, \
        signer_hash, flaw
        prescriptions prescriptions_keep_their_patient: patient_hash
        prescriptions prescriptions_keep_whom_they_name: named_hash
        prescriptions prescriptions_stay
        prescription_filings filings_never_change: prescription, number, text_digest, record_digest, \
        attested_at, signed_at, first_seen, examined_at, verdict, rule_set, evidence, leaf_digest, leaf
        prescription_filings filings_keep_their_text: body_sealed
        prescription_filings filings_stay
        gateway_mode gateway_mode_stays
        leaves leaves_only_at_the_end
        leaves leaves_never_change
        leaves leaves_stay
        log_nodes log_nodes_never_change
        log_nodes log_nodes_stay
        decisions decisions_never_change
        decisions decisions_stay
        """
}
