// Rows of the table of decline reasons: what the rules of the shop refuse.

extension DeclineEntry {
    static let merchantSuspended = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "PAY-DECLINE", fixedBy: .gatewayOperator,
        "The shop is suspended.")
    static let currencyNotAllowed = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "PAY-AMOUNT", fixedBy: .shop,
        "The shop may not take payments in this currency.")
    static let amountOverLimit = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "PAY-AMOUNT", fixedBy: .shop,
        "The amount is over the shop's limit.")
    static let merchantNotPharmacy = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "RX-MERCHANT", fixedBy: .shop,
        "Only a registered pharmacy may sell a prescription item.")
    static let productUnknown = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "RX-GROUP", fixedBy: .shop,
        "A product number of the order is not in the price list.")
    static let ageRestricted = DeclineEntry(
        by: .merchantRules, .shown(.doNotRetry), requirement: "RX-MINOR", fixedBy: .customer,
        "A product of the order needs a buyer of 18 years.")
}
