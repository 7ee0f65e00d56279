/// What a customer, or staff, must hear of: the closed list.
package enum AlertKind: String, Sendable, Hashable, CaseIterable {
    case activationOrdered = "activation_ordered"
    /// Five wrong ones ended an activation code.
    case activationKilled = "activation_killed"
    case deviceEnrolled = "device_enrolled"
    case deviceRefused = "device_refused"
    case deviceRevoked = "device_revoked"
    case keyCardOrdered = "key_card_ordered"
    case passwordChanged = "password_changed"
    case factorSuspended = "factor_suspended"
    /// The next failure blocks the factor for good.
    case factorAtRisk = "factor_at_risk"
    case factorBlocked = "factor_blocked"
    case customerBlocked = "customer_blocked"
    case customerUnblocked = "customer_unblocked"
    case certificateChanged = "certificate_changed"
    /// "It was not me" (SCA-15).
    case reported = "confirmation_reported"
}
