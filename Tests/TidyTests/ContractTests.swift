import Operations
import Testing
import Vocabulary

/// Closed lists that outsiders rely on, in a copy of their own: a change of either side must be meant.
@Suite struct ContractTests {
    @Test(
        arguments: [
            "public_url", "log.origin", "confirmation.ttl_seconds", "confirmation.wrong_answers",
            "push.budget",
            "push.window_seconds", "report.block_seconds", "enrolment.hold_seconds", "authorization.ttl_days",
            "acquirer.timeout_seconds", "keycard.reorder_at", "idempotency.keep_days",
            "registry.attestation_seconds", "guardian.until_age",
        ])
    func `Tidy: every configuration key of the contract is there`(key: String) {
        #expect(SettingKey(rawValue: key) != nil)
    }

    @Test func `Tidy: no key turns off what must not be turned off`() {
        let words = SettingKey.allCases.map(\.rawValue).joined(separator: " ")
        for word in ["enabled", "disable", "skip", "synchronous", "match", "code_app"] {
            #expect(!words.contains(word))
        }
    }

    @Test func `PAY-DECLINE: the decline reasons are those of the contract`() {
        #expect(DeclineReason.allCases.map(\.rawValue).sorted() == Self.reasons.sorted())
    }

    private static let reasons = """
        merchant_suspended currency_not_allowed amount_over_limit merchant_not_pharmacy product_unknown
        age_restricted code_app_required no_code_app confirmation_denied confirmation_reported
        confirmation_expired confirmation_mismatch match_code_wrong app_blocked customer_blocked
        certificate_blocked too_many_attempts push_budget_spent confirmation_pending_elsewhere
        card_not_enrolled card_expired card_blocked rx_missing rx_signature_invalid rx_algorithm_refused
        rx_certificate_malformed rx_chain_untrusted rx_signing_time_implausible rx_date_mismatch rx_revoked
        rx_revocation_unknown rx_prescriber_not_entitled rx_prescriber_inactive rx_conflict
        rx_patient_mismatch rx_not_covered rx_substitution_refused rx_quantity_exceeded rx_exhausted
        rx_too_early rx_not_yet_valid rx_expired rx_canceled rx_group_single rx_age rx_proxy_missing
        rx_held_elsewhere rx_attestation_stale acquirer_unavailable partial_approval processing_error
        do_not_honor insufficient_funds lost_card stolen_card incorrect_cvc expired_card
        authentication_required
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
