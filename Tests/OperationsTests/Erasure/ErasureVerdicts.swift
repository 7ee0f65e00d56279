/// What an erasure does with each column that can hold words or bytes.
///
/// `gone` columns keep nothing of the customer. Every other column says why what it holds may stay.
enum ErasureVerdicts {
    enum Verdict: Hashable {
        case gone
        case kept(because: String)
    }

    /// By `table.column`.
    static let all: [String: Verdict] = {
        var verdicts: [String: Verdict] = [:]
        var table = ""
        for line in text.split(separator: "\n") {
            guard line.first == " " else {
                table = String(line)
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1)
            let reason = parts[1].drop { $0 == " " }
            for column in parts[0].split(separator: ",") {
                let name = column.filter { $0 != " " }
                verdicts["\(table).\(name)"] = reason == "gone" ? .gone : .kept(because: String(reason))
            }
        }
        return verdicts
    }()

    private static let text = """
        customers
          user_id, name_sealed, person_number_sealed, person_number_hash: gone
          id: a random name that payments and leaves point to
          certificate: valid or blocked
        authenticators
          customer, secret: gone
          kind, status, blocked_by: words of a list, whose row goes
        failure_counts
          customer: gone
          kind, flow: words of a list, whose row goes
        key_cards
          id, customer: random names
          status: the card is blocked
        key_card_codes
          key_card, number, code_mac: gone
        devices
          name: gone
          id, customer: random names
          public_key, thumbprint: signed answers are verified with it
          status: the device is revoked
        activation_codes
          id, customer, code_mac: gone
        sign_ins
          customer, key_card: gone
          id, status: a random name and a word of a list
          key_number: of one that failed at the password, which names nobody
        sessions
          id, customer, token_digest: gone
          factor: a word of a list, whose row goes
        cards
          fingerprint, number_sealed: gone
          id, customer: random names
          brand, first6, last4: the masked card of the accounting record
        alerts
          id, customer: gone
          kind, detail: a word of a list and an id, whose row goes
        operators
          id, identity, name, role, status: of an operator; one who is also a customer is not erased
        operator_sessions
          id, operator, token_digest: of an operator
        change_requests
          id, kind, subject, change, digest, requested_by, status, decided_by: who asked for what, by ids
        saved_views
          operator, name, filter: an operator's own words
        card_tokens
          fingerprint, number_sealed: gone
          id, merchant: a random name, a shop
          brand, first6, last4: the masked card of the accounting record
        authorizations
          return_url, cancel_reason: gone
          order_sealed: gone
          metadata: gone
          id, merchant, customer, card_token, replaces: random names and a shop
          brand, first6, last4: the masked card of the accounting record
          currency, capture_mode, status, approval_code, decline_reason, network_code: what was paid
          order_reference, order_document, order_digest: the voucher of the accounting record
          decline_next_from: a day of the calendar
        confirmations
          id, kind, authorization, subject, customer, merchant, payee, status, reason, device: \
        who was asked by which shop, and how it ended
        statements
          confirmation, device, statement: gone
        answers
          confirmation, device, verdict, verified_by, certificate, compact, digest: \
        the signed answer, for disputes: what the accounting record has, and initials where somebody else paid
        factor_offers
          confirmation, factor: which kind of factor was offered
        refunds
          reason: gone
          id, authorization, status: what was paid back
        intents
          id, authorization, kind, refund, status: what the bank was asked
          network_code, trace_number, retrieval_reference, terminal: how it was asked
        stored_answers
          merchant, route, key, parameters, intent, body_sealed: \
        gone with what they are about, which is looked for answer by answer
        outbox
          id, merchant, authorization, type: that something changed
        order_records
          authorization, prescription: random names
        prescriptions
          patient_hash, named_hash: gone
          id, merchant, kind: a random name, who filed it
          record_key: a used handover stays used, whoever files the record again
          signer_hash: the prescriber, not the patient
          status, flaw, valid_to: how the record ended
        prescription_filings
          body_sealed: gone
          prescription, verdict, rule_set, evidence: the rules that were asked, and what they rested on
          text_digest, record_digest: SHA-256 of a text with random parts, which is gone
          leaf_digest: the prescriber's certificate
        revoked_signers
          leaf: the prescriber's certificate
          proof_sealed: gone
        evidence
          digest, kind, bytes: certificates and lists of signers
        relations
          patient_hash: gone
          id, kind, holder, scope, valid_from, valid_to, status: that somebody acted for somebody
        holds
          patient_initials: gone
          id, authorization, prescription, relation: random names
          record_key, line: a used handover stays used
          status: how it ended
        line_handovers
          hold, record_key, line, begun_on, status: a used handover stays used
        handovers
          undo_reason: gone
          id, authorization, gln: which pharmacy
        handover_parts
          detail_sealed: gone
          handover, hold: random names
        prescription_lookups
          id, merchant, customer, confirmation, key_card, key_number, payee, ended_as: \
        which pharmacy asked; the code of that number is gone
        price_lists
          valid_from, digest: prices for everybody
        priced_products
          valid_from, number, drug, atc, name, substitution_group, dispensing_group: prices for everybody
        key_checks
          name, sealed: proves which keys the server has
        leaves
          kind, subject, bytes, hash, body: the log never changes; a commitment without its salt says nothing
        log_edge
          hash: the log never changes
        log_nodes
          hash: the log never changes
        leaf_salts
          salt: gone
          customer: a random name
        decisions
          id, authorization, stage, outcome, reason, trace, rule_set: the public part of a decision
        decision_inputs
          decision, customer, patient_hash, sealed: gone
        tallies
          day, merchant, measure, word: sums over many
        """
}
