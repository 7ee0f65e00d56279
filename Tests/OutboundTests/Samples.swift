import Foundation
import Lifecycles
import Operations
import Outbound
import Synchronization
import Vocabulary

/// Noon of a winter's day in whole seconds, so that a reference survives the wire.
let noon = Instant(milliseconds: 1_795_348_800_000)

/// A clock that stands until a test moves it.
final class TestClock: Operations.Clock {
    private let instant: Mutex<Instant>

    init(_ instant: Instant = noon) {
        self.instant = Mutex(instant)
    }

    func now() -> Instant { instant.withLock { $0 } }

    func advance(milliseconds: Int64) {
        instant.withLock { $0 = $0.adding(milliseconds: milliseconds) }
    }
}

/// What a test needs and cannot be made, though every sample is good.
struct BadSample: Error {}

/// The n-th intent of a test.
func intent(_ number: UInt64) -> IntentID {
    IntentID(at: noon, random: (0, number << 2))
}

func merchant(_ text: String = "bogbixen") throws -> MerchantID {
    guard let merchant = MerchantID(text) else { throw BadSample() }
    return merchant
}

func money(_ minor: Int64, _ currency: Currency = .dkk) throws -> Money {
    try Money(amountMinor: minor, currency: currency)
}

/// The reference of the n-th message of one payment.
func reference(_ number: Int) -> CallReference {
    CallReference(
        transmittedAt: noon.adding(seconds: number), traceNumber: String(100_000 + number),
        retrievalReference: "632712000001", terminal: "GODKEND1")
}

let evidence = AuthenticationEvidence(
    indicator: "05", authenticationValue: Array(1...20),
    transactionID: "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", version: "2.2.0", result: "Y")

/// Test cards of the contract by what they do.
enum Card {
    static let good = "4242424242424242"
    static let mastercard = "5555555555554444"
    static let amex = "378282246310005"
    static let dankort = "5019717010103742"
    static let silent = "4000000000007106"
    static let late = "4000000000007205"
    static let twice = "4000000000007304"
    static let stubborn = "4000000000007403"
    static let half = "4000000000007502"
}

func authorizeCall(
    _ card: String = Card.good, _ amount: Int64 = 24_900, intent id: IntentID = intent(1),
    currency: Currency = .dkk, isRepeat: Bool = false
) throws -> AuthorizeCall {
    guard let expiry = CardExpiry(month: 12, year: 2_030) else { throw BadSample() }
    let number = try CardNumber(card)
    return AuthorizeCall(
        intent: id, reference: reference(0), merchant: try merchant(), money: try money(amount, currency),
        card: number, expiry: expiry,
        verificationCode: CardVerificationCode(number.brand == .amex ? "9876" : "987", brand: number.brand),
        evidence: evidence, isRepeat: isRepeat)
}

func followUpCall(
    _ amount: Int64, intent number: UInt64, of original: IntentID = intent(1), currency: Currency = .dkk,
    merchant shop: String = "bogbixen", isRepeat: Bool = false
) throws -> FollowUpCall {
    FollowUpCall(
        intent: intent(number), reference: reference(Int(number)), merchant: try merchant(shop),
        money: try money(amount, currency), original: original, originalReference: reference(0),
        isRepeat: isRepeat)
}

func inquiryCall(_ kind: AcquirerCallKind, intent number: UInt64) -> InquiryCall {
    InquiryCall(intent: intent(number), kind: kind, reference: reference(Int(number) - 1))
}

func code(_ text: String) throws -> NetworkCode {
    guard let code = NetworkCode(text) else { throw BadSample() }
    return code
}
