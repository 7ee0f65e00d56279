import Vocabulary

/// Response codes for what goes wrong between us and the acquirer, not between the customer and the issuer.
/// Source: ISO 8583:1987, data element 39.
extension NetworkCode {
    /// The merchant is not the one of the original.
    static let invalidMerchant = code("03")
    /// Another currency than the original's, or an authorization that was reversed before it arrived.
    static let invalidTransaction = code("12")
    /// More than what is left.
    static let invalidAmount = code("13")
    /// The original is not in the books.
    static let unableToLocate = code("25")
    /// The intent is in the books with other contents.
    static let duplicateTransmission = code("94")

    private static func code(_ text: String) -> NetworkCode {
        NetworkCode(text) ?? .systemError
    }
}
