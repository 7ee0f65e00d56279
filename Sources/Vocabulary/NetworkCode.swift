/// A response code of the card network: ISO 8583 data element 39, two characters.
///
/// The meanings are those of ISO 8583:1987; `N7` is Visa's code for a wrong CVV2.
package struct NetworkCode: Hashable, Sendable, CustomStringConvertible {
    /// Two characters of `0`–`9` and `A`–`Z`.
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ isDigit($0) || isUpperCaseLetter($0) })
        else { return nil }
        self.text = text
    }

    private init(known text: String) {
        self.text = text
    }

    package var description: String { text }

    package static let approved = NetworkCode(known: "00")
    package static let doNotHonor = NetworkCode(known: "05")
    package static let partial = NetworkCode(known: "10")
    package static let lostCard = NetworkCode(known: "41")
    package static let stolenCard = NetworkCode(known: "43")
    package static let insufficientFunds = NetworkCode(known: "51")
    package static let expiredCard = NetworkCode(known: "54")
    package static let duplicate = NetworkCode(known: "94")
    package static let issuerUnavailable = NetworkCode(known: "91")
    package static let systemError = NetworkCode(known: "96")
    package static let incorrectCVC = NetworkCode(known: "N7")
}
