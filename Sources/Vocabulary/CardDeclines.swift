// Rows of the table of decline reasons: what the card, the acquirer and the issuer refuse.

extension DeclineEntry {
    static let cardNotEnrolled = DeclineEntry(
        by: .card, .shown(.useAnotherCard), requirement: "SCA-01", fixedBy: .customer,
        "The card is not enrolled here.")
    static let cardExpired = DeclineEntry(
        by: .card, .shown(.useAnotherCard), requirement: "PAN-4", fixedBy: .customer,
        "The card has expired.")
    static let cardBlocked = DeclineEntry(
        by: .card, .shown(.useAnotherCard), requirement: "SCA-08", fixedBy: .issuer,
        "The card is blocked.")
    static let acquirerUnavailable = DeclineEntry(
        by: .acquirer, .shown(.retryLater), requirement: "ACQ-INTENT", fixedBy: .later,
        "The acquirer did not answer in time; a reversal makes sure that nothing is charged.")
    static let partialApproval = DeclineEntry(
        by: .acquirer, .shown(.useAnotherCard), requirement: "ACQ-LATE", fixedBy: .customer,
        "The issuer approved a part of the amount only, which was reversed.")
    static let processingError = DeclineEntry(
        by: .acquirer, .shown(.retryLater), requirement: "ACQ-PORT", fixedBy: .later,
        "The acquirer could not process the payment.")
    static let doNotHonor = DeclineEntry(
        by: .issuer, .shown(.contactIssuer), requirement: "PAY-DECLINE", fixedBy: .issuer,
        "The issuer declined the payment and gave no reason.")
    static let insufficientFunds = DeclineEntry(
        by: .issuer, .shown(.useAnotherCard), requirement: "PAY-DECLINE", fixedBy: .customer,
        "The account has not enough funds for this payment.")
    static let cardReportedMissing = DeclineEntry(
        by: .issuer, .shown(.doNotRetry), requirement: "PAY-DECLINE", fixedBy: .issuer,
        "The issuer declined the payment; do not send it again with this card.")
    static let incorrectCvc = DeclineEntry(
        by: .issuer, .shown(.retryLater), requirement: "PAY-DECLINE", fixedBy: .customer,
        "The verification code of the card is wrong.")
    static let expiredCard = DeclineEntry(
        by: .issuer, .shown(.useAnotherCard), requirement: "PAY-DECLINE", fixedBy: .customer,
        "The issuer says that the card has expired.")
    static let authenticationRequired = DeclineEntry(
        by: .issuer, .shown(.retryLater), requirement: "PAY-DECLINE", fixedBy: .customer,
        "The issuer wants the customer to confirm once more with strong authentication.")
}
