/// Why a request was not carried out: the one closed list (PAY-ERROR). A decline is not in it; it is a
/// result.
///
/// The raw value is the word on the wire. What belongs to each word stands in `ErrorEntry`.
package enum ErrorCode: String, Sendable, Hashable, CaseIterable {
    // The request as HTTP
    case requestMalformed = "request_malformed"
    case routeUnknown = "route_unknown"
    case methodNotAllowed = "method_not_allowed"
    case requestTimeout = "request_timeout"
    case bodyTooLarge = "body_too_large"
    case addressTooLong = "address_too_long"
    case contentTypeUnsupported = "content_type_unsupported"
    case headersTooLarge = "headers_too_large"

    // The request's content
    case bodyMalformed = "body_malformed"
    case parameterUnknown = "parameter_unknown"
    case parameterRepeated = "parameter_repeated"
    case parameterMissing = "parameter_missing"
    case parameterInvalid = "parameter_invalid"
    case cardNumberInvalid = "card_number_invalid"
    case orderSumMismatch = "order_sum_mismatch"
    case captureModeNotAllowed = "capture_mode_not_allowed"
    case replacesUnknown = "replaces_unknown"
    case featureNotAvailable = "feature_not_available"

    // Who asks
    case apiKeyMissing = "api_key_missing"
    case apiKeyInvalid = "api_key_invalid"
    case apiKeyExpired = "api_key_expired"
    case secretKeyRequired = "secret_key_required"
    case merchantKindNotAllowed = "merchant_kind_not_allowed"
    case originNotAllowed = "origin_not_allowed"
    case pageTokenMissing = "page_token_missing"
    case pageTokenInvalid = "page_token_invalid"
    case notFound = "not_found"

    // Idempotency
    case idempotencyKeyMissing = "idempotency_key_missing"
    case idempotencyKeyInvalid = "idempotency_key_invalid"
    case idempotencyKeyReused = "idempotency_key_reused"
    case idempotencyKeyInFlight = "idempotency_key_in_flight"

    // Payments
    case cardTokenUnknown = "card_token_unknown"
    case cardTokenUsed = "card_token_used"
    case cardTokenExpired = "card_token_expired"
    case captureAboveAuthorized = "capture_above_authorized"
    case refundAboveCaptured = "refund_above_captured"
    case authorizationNotCapturable = "authorization_not_capturable"
    case authorizationNotCancelable = "authorization_not_cancelable"
    case authorizationNotRefundable = "authorization_not_refundable"
    case captureOpen = "capture_open"
    case captureRefused = "capture_refused"
    case refundRefused = "refund_refused"
    case receiptNotReady = "receipt_not_ready"
    case notYetCheckpointed = "not_yet_checkpointed"

    // Prescriptions
    case prescriptionMalformed = "prescription_malformed"
    case prescriptionUnreadable = "prescription_unreadable"
    case prescriptionConflict = "rx_conflict"
    case cancellationRefused = "cancellation_refused"
    case prescriptionOver = "prescription_over"
    case holdEnded = "hold_ended"
    case handoverLineUnknown = "handover_line_unknown"
    case handoverProductRefused = "handover_product_refused"
    case handoverAboveOwed = "handover_above_owed"
    case handoverNotOwed = "handover_not_owed"
    case handoverUndone = "handover_undone"

    // Devices and confirmations
    case useDeviceNonce = "use_device_nonce"
    case deviceProofInvalid = "device_proof_invalid"
    case deviceUnknown = "device_unknown"
    case deviceBlocked = "device_blocked"
    case deviceOnHold = "device_on_hold"
    case enrolmentRefused = "enrolment_refused"
    case answerMalformed = "answer_malformed"
    case confirmationOver = "confirmation_over"

    // Customers
    case signInFailed = "sign_in_failed"
    case sessionMissing = "session_missing"
    case sessionInvalid = "session_invalid"
    case proofOfFactorFailed = "proof_of_factor_failed"
    case factorNotAvailable = "factor_not_available"

    // Operators
    case roleMissing = "role_missing"
    case twoPeopleNeeded = "two_people_needed"
    case ownRequest = "own_request"
    case changeUnknown = "change_unknown"
    case changeDiffers = "change_differs"
    case changeOver = "change_over"
    case changeNotPossible = "change_not_possible"

    // Load and faults
    case slowDown = "slow_down"
    case overloaded
    case storageUnavailable = "storage_unavailable"
    case outcomeOpen = "outcome_open"
    case notReady = "not_ready"
    case internalError = "internal_error"

    /// The HTTP status, RFC 9110 section 15 and RFC 6585.
    package var status: Int { entry.status }
    /// The sentence that names the kind of problem; the same for every occurrence (RFC 9457 section 3.1.3).
    package var title: String { entry.title }
    /// What to do about it, when the place that refuses has nothing more precise to say.
    package var detail: String { entry.detail }
    package var type: ErrorType { entry.type }
    /// Whether the same request, sent again unchanged, may succeed.
    package var isRetryable: Bool { entry.isRetryable }
    package var whoCanFix: String { entry.whoCanFix.rawValue }
}

/// The coarse kind of an error, by which client libraries choose an exception class.
package enum ErrorType: String, Sendable, Hashable, CaseIterable {
    case invalidRequest = "invalid_request_error"
    case authentication = "authentication_error"
    case idempotency = "idempotency_error"
    case rateLimit = "rate_limit_error"
    case api = "api_error"
    case card = "card_error"
}

/// Who can remove the cause of an error.
package enum Fixer: String, Sendable, Hashable, CaseIterable {
    case developer = "the caller's developer"
    case merchant
    case customer
    case gatewayOperator = "the gateway's operator"
    case nobody = "nobody; ask again later"
}
