// Rows of the table of decline reasons: what the confirmation refuses.

extension DeclineEntry {
    static let codeAppRequired = DeclineEntry(
        by: .authentication, .shown(.retryLater), requirement: "SCA-06", fixedBy: .customer,
        "A card payment is confirmed in a code app; no other factor was looked at.")
    static let noCodeApp = DeclineEntry(
        by: .authentication, .shown(.doNotRetry), requirement: "SCA-23", fixedBy: .customer,
        "The cardholder has no code app that may confirm payments.")
    static let confirmationDenied = DeclineEntry(
        by: .authentication, .shown(.doNotRetry), requirement: "SCA-02", fixedBy: .customer,
        "The customer declined the payment in the code app.")
    static let confirmationReported = DeclineEntry(
        by: .authentication, .shown(.doNotRetry), requirement: "SCA-15", fixedBy: .customer,
        "The customer says that this payment is not theirs.")
    static let confirmationExpired = DeclineEntry(
        by: .authentication, .shown(.retryLater), requirement: "SCA-16", fixedBy: .customer,
        "The customer did not answer in time.")
    static let confirmationMismatch = DeclineEntry(
        by: .authentication, .shown(.retryLater), requirement: "SCA-03", fixedBy: .shop,
        "The payment changed after the customer was asked to confirm it.")
    static let matchCodeWrong = DeclineEntry(
        by: .authentication, .shown(.retryLater), requirement: "SCA-13", fixedBy: .customer,
        "The number typed in the code app was not the one that the shop shows.")
    static let authenticatorBlocked = DeclineEntry(
        by: .authentication, .unavailable, requirement: "SCA-08", fixedBy: .customer,
        "The code app or its certificate is blocked.")
    static let customerBlocked = DeclineEntry(
        by: .authentication, .unavailable, requirement: "SCA-15", fixedBy: .gatewayOperator,
        "The customer is blocked, or blocked requests after reporting one.")
    static let tooManyAttempts = DeclineEntry(
        by: .authentication, .unavailable, requirement: "SCA-10", fixedBy: .customer,
        "Too many wrong answers were given; the factor is blocked for a while.")
    static let pushBudgetSpent = DeclineEntry(
        by: .authentication, .unavailable, requirement: "SCA-14", fixedBy: .later,
        "The customer was asked too often without a success.")
    static let confirmationPendingElsewhere = DeclineEntry(
        by: .authentication, .unavailable, requirement: "SCA-12", fixedBy: .customer,
        "Another payment of the customer waits for its confirmation.")
}
