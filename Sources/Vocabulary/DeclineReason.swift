/// Why an authorization was declined: one word of a closed list, the same on the wire and in the records.
///
/// Cases stand by who refused. What each word means and what outsiders see of
/// it stands in its `entry`.
package enum DeclineReason: String, CaseIterable, Hashable, Sendable {
    // merchant_rules
    case merchantSuspended = "merchant_suspended"
    case currencyNotAllowed = "currency_not_allowed"
    case amountOverLimit = "amount_over_limit"
    case merchantNotPharmacy = "merchant_not_pharmacy"
    case productUnknown = "product_unknown"
    case ageRestricted = "age_restricted"

    // authentication
    case codeAppRequired = "code_app_required"
    case noCodeApp = "no_code_app"
    case confirmationDenied = "confirmation_denied"
    case confirmationReported = "confirmation_reported"
    case confirmationExpired = "confirmation_expired"
    case confirmationMismatch = "confirmation_mismatch"
    case matchCodeWrong = "match_code_wrong"
    case appBlocked = "app_blocked"
    case customerBlocked = "customer_blocked"
    case certificateBlocked = "certificate_blocked"
    case tooManyAttempts = "too_many_attempts"
    case pushBudgetSpent = "push_budget_spent"
    case confirmationPendingElsewhere = "confirmation_pending_elsewhere"

    // card
    case cardNotEnrolled = "card_not_enrolled"
    case cardExpired = "card_expired"
    case cardBlocked = "card_blocked"

    // prescription
    case rxMissing = "rx_missing"
    case rxSignatureInvalid = "rx_signature_invalid"
    case rxAlgorithmRefused = "rx_algorithm_refused"
    case rxCertificateMalformed = "rx_certificate_malformed"
    case rxChainUntrusted = "rx_chain_untrusted"
    case rxSigningTimeImplausible = "rx_signing_time_implausible"
    case rxDateMismatch = "rx_date_mismatch"
    case rxRevoked = "rx_revoked"
    case rxRevocationUnknown = "rx_revocation_unknown"
    case rxPrescriberNotEntitled = "rx_prescriber_not_entitled"
    case rxPrescriberInactive = "rx_prescriber_inactive"
    case rxConflict = "rx_conflict"
    case rxPatientMismatch = "rx_patient_mismatch"
    case rxNotCovered = "rx_not_covered"
    case rxSubstitutionRefused = "rx_substitution_refused"
    case rxQuantityExceeded = "rx_quantity_exceeded"
    case rxExhausted = "rx_exhausted"
    case rxTooEarly = "rx_too_early"
    case rxNotYetValid = "rx_not_yet_valid"
    case rxExpired = "rx_expired"
    case rxCanceled = "rx_canceled"
    case rxGroupSingle = "rx_group_single"
    case rxAge = "rx_age"
    case rxProxyMissing = "rx_proxy_missing"
    case rxHeldElsewhere = "rx_held_elsewhere"
    case rxAttestationStale = "rx_attestation_stale"

    // acquirer
    case acquirerUnavailable = "acquirer_unavailable"
    case partialApproval = "partial_approval"
    case processingError = "processing_error"

    // issuer
    case doNotHonor = "do_not_honor"
    case insufficientFunds = "insufficient_funds"
    case lostCard = "lost_card"
    case stolenCard = "stolen_card"
    case incorrectCvc = "incorrect_cvc"
    case expiredCard = "expired_card"
    case authenticationRequired = "authentication_required"
}
