/// Every rule of the schema but its triggers, written down a second time: what a change of the schema has to
/// be told to.
///
/// A table begins a block. `key`, `unique` and `index` let no row stand twice; `null` names the only columns
/// that may be empty; `ref` names the table where a value must stand; `check` is the expression itself.
enum SchemaBook {
    static let all = identity + payments + prescriptions + log

    private static let identity = """
        customers
          key id
          null name_sealed, person_number_sealed, person_number_hash, blocked_at, reported_until, \
            erased_at
          unique user_id
          unique person_number_hash
          check certificate IN ('valid', 'blocked')
        authenticators
          key customer, kind
          null blocked_by, secret, last_step
          ref customer -> customers
          check kind IN ('password', 'key_card', 'code_token', 'app')
          check status IN ('active', 'blocked')
          check blocked_by IN ('customer', 'issuer', 'failures', 'order')
          check (status = 'blocked') = (blocked_by IS NOT NULL)
        failure_counts
          key customer, kind, flow
          null suspended_until
          ref customer -> customers
          check kind IN ('password', 'key_card', 'code_token', 'app')
          check flow IN ('sign_in', 'confirmation', 'enrolment', 'order')
          check failures >= 0
        key_cards
          key id
          index key_cards_one_active (customer) WHERE status = 'active'
          ref customer -> customers
          check status IN ('active', 'replaced', 'blocked')
        key_card_codes
          key key_card, number
          null asked_at, used_at
          ref key_card -> key_cards
        devices
          key id
          null ended_at
          unique thumbprint
          ref customer -> customers
          check length(public_key) = 64
          check status IN ('active', 'refused', 'revoked')
          check is_test_robot IN (0, 1)
        activation_codes
          key id
          null ended_at
          index activation_codes_one_open (customer) WHERE ended_at IS NULL
          ref customer -> customers
        sign_ins
          key id
          null customer, key_card, key_number
          ref customer -> customers
          ref key_card -> key_cards
          check status IN ('open', 'succeeded', 'failed', 'expired')
        sessions
          key id
          null ended_at
          unique token_digest
          ref customer -> customers
          check factor IN ('app', 'key_card', 'code_token')
        cards
          key id
          null blocked_at
          unique fingerprint
          ref customer -> customers
        alerts
          key id
          ref customer -> customers
        operators
          key id
          null ended_at
          unique identity
          ref identity -> customers
          check role IN ('viewer', 'auditor', 'operator', 'administrator')
          check status IN ('active', 'ended')
          check (status = 'ended') = (ended_at IS NOT NULL)
        operator_sessions
          key id
          null ended_at
          unique token_digest
          ref operator -> operators
        change_requests
          key id
          null decided_by, decided_at
          index change_requests_once (kind, subject) WHERE status = 'pending'
          ref requested_by -> operators
          ref decided_by -> operators
          check kind IN ('customer.unblock', 'certificate.unblock', 'customer.erase', 'operator.add', \
            'operator.end', 'rules.change')
          check length(digest) = 32
          check status IN ('pending', 'approved', 'rejected', 'expired')
          check (status = 'pending') = (decided_at IS NULL)
          check status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> requested_by)
        saved_views
          key operator, name
          ref operator -> operators

        """

    private static let payments = """
        card_tokens
          key id
          null expires_at, used_at
          check is_live IN (0, 1)
          check is_reusable IN (0, 1)
          check is_reusable = (expires_at IS NULL)
          check is_reusable = 0 OR used_at IS NULL
        authorizations
          key id
          null customer, return_url, replaces, cancel_reason, processing_since, approval_code, \
            approved_at, capture_before, decline_reason, network_code, last_leaf, decline_line, \
            decline_next_from, order_sealed
          ref customer -> customers
          ref card_token -> card_tokens
          ref replaces -> authorizations
          check is_live IN (0, 1)
          check amount > 0
          check length(currency) = 3
          check capture_mode IN ('manual', 'automatic')
          check status IN ('requires_confirmation', 'processing', 'approved', 'captured', 'declined', \
            'canceled', 'expired')
          check captured >= 0
          check capturing >= 0
          check refunded >= 0
          check refunding >= 0
          check final_capture_open IN (0, 1)
          check decline_is_open IN (0, 1)
          check captured + capturing <= amount
          check refunded + refunding <= captured
          check (status = 'declined') = (decline_reason IS NOT NULL)
          check (status IN ('approved', 'captured')) <= (approval_code IS NOT NULL)
          check (status IN ('approved', 'captured')) <= (capture_before IS NOT NULL)
          check captured = 0 OR status IN ('approved', 'captured')
          check capturing = 0 OR status = 'approved'
          check status <> 'captured' OR captured > 0
        confirmations
          key id
          null authorization, subject, reason, ended_at, device
          unique authorization
          index confirmations_one_pending (customer) WHERE status = 'pending'
          ref authorization -> authorizations
          ref customer -> customers
          ref device -> devices
          check kind IN ('card_payment', 'prescription_lookup', 'sign_in')
          check status IN ('pending', 'approved', 'denied', 'reported', 'expired', 'canceled', \
            'superseded')
          check (kind = 'card_payment') = (authorization IS NOT NULL)
          check (status = 'pending') = (ended_at IS NULL)
        statements
          key confirmation, device
          ref confirmation -> confirmations
          ref device -> devices
        answers
          key confirmation
          ref confirmation -> confirmations
          ref device -> devices
          check verdict IN ('approve', 'deny', 'report')
          check verified_by IN ('pin', 'passkey')
        factor_offers
          key id
          null id
          ref confirmation -> confirmations
          check factor IN ('key_card', 'code_token', 'password')
        refunds
          key id
          null reason
          ref authorization -> authorizations
          check amount > 0
          check status IN ('pending', 'succeeded', 'failed')
        intents
          key id
          null refund, network_code, ended_at
          unique refund
          unique retrieval_reference
          index intents_one_authorize (authorization) WHERE kind = 'authorize'
          index intents_one_reversal (authorization) WHERE kind = 'reversal' AND status = 'open'
          ref authorization -> authorizations
          ref refund -> refunds
          check kind IN ('authorize', 'capture', 'refund', 'reversal')
          check amount > 0
          check is_final IN (0, 1)
          check status IN ('open', 'accepted', 'refused', 'given_up')
          check (kind = 'refund') = (refund IS NOT NULL)
          check (status = 'open') = (ended_at IS NULL)
        stored_answers
          key merchant, is_live, route, key
          null intent, status, body_sealed
          index stored_answers_of_intent (intent) WHERE intent IS NOT NULL
          ref intent -> intents
        outbox
          key id
          null delivered_at
          unique authorization, sequence
          ref authorization -> authorizations
        order_records
          key authorization, prescription
          ref authorization -> authorizations

        """

    private static let prescriptions = """
        prescriptions
          key id
          null record_key, version, patient_hash, signer_hash, named_hash, flaw, valid_to, last_leaf
          index prescriptions_identity (record_key, version, kind, is_live) WHERE status <> 'invalid'
          check is_live IN (0, 1)
          check kind IN ('prescriber', 'registry')
          check version >= 1
          check status IN ('pending', 'open', 'part_handed_over', 'closed', 'cancel_pending', \
            'canceled', 'invalid', 'expired')
          check filing >= 1
          check (status = 'invalid') = (flaw IS NOT NULL)
          check named_hash IS NULL OR status = 'invalid'
          check status = 'invalid' OR (record_key IS NOT NULL AND version IS NOT NULL AND patient_hash \
            IS NOT NULL AND signer_hash IS NOT NULL AND valid_to IS NOT NULL)
        prescription_filings
          key prescription, number
          null record_digest, attested_at, signed_at, leaf_digest
          unique leaf
          ref prescription -> prescriptions
          ref leaf -> leaves at the commit
          check number >= 1
          check length(text_digest) = 32
          check length(record_digest) = 32
          check length(leaf_digest) = 32
        revoked_signers
          key leaf
          null revoked_from
          check length(leaf) = 32
        evidence
          key digest, kind
          check length(digest) = 32
        relations
          key id
          null ended_at
          ref holder -> customers
          check kind IN ('guardian', 'power_of_attorney')
          check scope IN ('prescriptions')
          check valid_to >= valid_from
          check status IN ('requested', 'approved', 'revoked')
        holds
          key id
          null relation, ended_at
          unique authorization, order_line
          index holds_one_active (record_key, line) WHERE status IN ('reserved', 'firm', 'owed')
          ref authorization -> authorizations
          ref prescription -> prescriptions
          ref relation -> relations
          check handover >= 1
          check handover <= handovers
          check quantity >= 1
          check units > 0
          check units_handed_over BETWEEN 0 AND units
          check status IN ('reserved', 'firm', 'owed', 'released', 'expired', 'consumed')
          check (status IN ('reserved', 'firm', 'owed')) = (ended_at IS NULL)
        line_handovers
          key hold
          index line_handovers_once (record_key, line, handover) WHERE status = 'done'
          ref hold -> holds
          check handover >= 1
          check handover <= handovers
          check status IN ('done', 'undone')
        handovers
          key id
          null undone_at, undo_reason
          ref authorization -> authorizations
          ref leaf -> leaves at the commit
          check is_final IN (0, 1)
          check (undone_at IS NULL) = (undo_reason IS NULL)
        handover_parts
          key handover, hold
          ref handover -> handovers
          ref hold -> holds
          check quantity >= 1
          check units > 0
        prescription_lookups
          key id
          null customer, key_card, ended_as, open_until
          unique confirmation
          ref customer -> customers
          ref key_card -> key_cards
          check is_live IN (0, 1)
          check ended_as IN ('denied', 'canceled')
          check customer IS NULL OR ended_as IS NULL
          check customer IS NOT NULL OR (open_until IS NULL AND key_card IS NULL)
        price_lists
          key valid_from
          check length(digest) = 32
        priced_products
          key valid_from, number
          null drug, atc, substitution_group, price
          ref valid_from -> price_lists
          check package_size > 0
          check price >= 0

        """

    private static let log = """
        gateway_mode
          key only
          check only = 1
          check is_live IN (0, 1)
        key_checks
          key name
          check name IN ('master', 'receipt', 'log')
          check length(sealed) > 28
        leaves
          key position
          null body
          check length(bytes) <= 65535
          check length(hash) = 32
          check length(body) <= 65535
        log_edge
          key level
          check length(hash) = 32
        log_nodes
          key level, position
          check level > 0 AND level % 8 = 0
          check position >= 0
          check length(hash) = 32
        leaf_salts
          key position
          null customer
          ref position -> leaves
        decisions
          key id
          null reason
          unique leaf
          ref authorization -> authorizations
          ref leaf -> leaves at the commit
          check stage IN ('create', 'answer', 'result')
          check outcome IN ('go_on', 'approved', 'declined')
          check (outcome = 'declined') = (reason IS NOT NULL)
        decision_inputs
          key decision
          null customer, patient_hash
          ref decision -> decisions
        tallies
          key day, merchant, measure, word
          check measure IN ('reason', 'factor', 'network_code', 'orders', 'answer_seconds')
          check number > 0

        """

}
