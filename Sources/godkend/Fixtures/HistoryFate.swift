import Vocabulary

/// What is to become of a made-up payment. It is brought about by what shop, customer and bank do, so the
/// rules have the last word: a payment that is meant to succeed may still be declined.
enum HistoryFate: Hashable {
    // It is paid.
    case captured, capturedInParts, refunded
    case canceledAfterApproval, neverCaptured

    // The shop and the card.
    case foreignCurrency, overLimit, medicineAtWebshop, productUnknown, prescriptionMissing, underAge
    case strangeCard, expiredCard, blockedCard

    // The customer cannot be asked.
    case noApp, blockedPerson, askedElsewhere

    // The customer was asked.
    case otherFactor(Factor)
    case denied, reported, wrongNumber, noAnswer
    case canceledByShop, canceledOnPage, askedAgain, askedTooOften

    // The bank.
    case refusedByBank(NetworkCode)
    case bankSilent, partOnly

    /// Whether the customer's app says yes to it.
    var isApprovedInApp: Bool {
        switch self {
        case .captured, .capturedInParts, .refunded, .canceledAfterApproval, .neverCaptured, .askedAgain,
            .refusedByBank, .bankSilent, .partOnly, .askedElsewhere:
            true
        default: false
        }
    }

    /// Whether the same order may well be tried again.
    var isRetried: Bool {
        switch self {
        case .expiredCard, .otherFactor, .wrongNumber, .noAnswer, .refusedByBank, .bankSilent, .partOnly,
            .foreignCurrency, .askedElsewhere:
            true
        default: false
        }
    }

    /// How often the shop asks for the same order while the question before still waits.
    var repeats: Int {
        switch self {
        case .askedAgain: 1
        case .askedTooOften: 3
        default: 0
        }
    }
}

/// How often each fate comes.
struct HistoryMix {
    private let all: [(HistoryFate, Int)]
    let good: [(HistoryFate, Int)] = [
        (.captured, 880), (.refunded, 60), (.capturedInParts, 20), (.canceledAfterApproval, 25),
        (.neverCaptured, 15),
    ]

    /// - Parameter approved: of a hundred payments so many are approved, about.
    init(approved: Int) {
        let rest = Self.cut + Self.create + Self.asked + Self.bank
        // Each group times the other's sum: the shares wanted, in whole numbers.
        let goodPart = approved * rest.reduce(0) { $0 + $1.1 }
        let restPart = (100 - approved) * good.reduce(0) { $0 + $1.1 }
        all = good.map { ($0.0, $0.1 * goodPart) } + rest.map { ($0.0, $0.1 * restPart) }
    }

    func fate(_ chance: inout HistoryChance) -> HistoryFate { chance.pick(weighted: all) }

    func goodFate(_ chance: inout HistoryChance) -> HistoryFate { chance.pick(weighted: good) }

    private static let cut: [(HistoryFate, Int)] = [
        (.canceledByShop, 30), (.canceledOnPage, 30), (.askedAgain, 25), (.askedTooOften, 4),
    ]
    private static let create: [(HistoryFate, Int)] = [
        (.foreignCurrency, 15), (.overLimit, 15), (.medicineAtWebshop, 8), (.productUnknown, 12),
        (.prescriptionMissing, 25), (.underAge, 8), (.strangeCard, 60), (.expiredCard, 35),
        (.blockedCard, 15), (.noApp, 50), (.blockedPerson, 25), (.askedElsewhere, 15),
    ]
    private static let asked: [(HistoryFate, Int)] = [
        (.otherFactor(.keyCard), 60), (.otherFactor(.codeToken), 20), (.otherFactor(.password), 20),
        (.denied, 90), (.reported, 4), (.wrongNumber, 25), (.noAnswer, 100),
    ]
    private static let bank: [(HistoryFate, Int)] = [
        (.refusedByBank(.insufficientFunds), 110), (.refusedByBank(.doNotHonor), 60),
        (.refusedByBank(.lostCard), 6), (.refusedByBank(.stolenCard), 4),
        (.refusedByBank(.incorrectCVC), 25), (.refusedByBank(.expiredCard), 8),
        (.refusedByBank(.issuerUnavailable), 6), (.refusedByBank(.systemError), 6), (.bankSilent, 10),
        (.partOnly, 4),
    ]
}
