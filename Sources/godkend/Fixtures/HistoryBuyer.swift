import Operations
import Proofs
import Vocabulary

/// A card of a made-up customer.
struct HistoryCard: Sendable {
    let number: CardNumber
    let expiry: CardExpiry
}

/// A made-up customer with a code app and cards.
struct HistoryBuyer: Sendable {
    /// What is the matter with them, so that a fate can choose whom it needs.
    enum Kind: Hashable, CaseIterable {
        case ordinary, withoutApp, blocked, minor, withExpiredCard, withBlockedCard
    }

    let kind: Kind
    let customer: CustomerID
    let card: HistoryCard
    let key: SigningKey
    /// Nil for those without an app.
    let device: DeviceID?
    /// Cards saved at shops, by the shop's place in the list.
    var saved: [Int: CardTokenID] = [:]
    /// "It was not me" was said: they buy nothing for a while.
    var awayUntil = Instant(milliseconds: 0)
}

/// Who is to be made: chosen by chance in one place, made by many hands.
struct HistoryPerson: Sendable {
    let kind: HistoryBuyer.Kind
    let userID: String
    let name: String
    let personNumber: String
    let card: HistoryCard
    let keySeed: [UInt8]

    private static let firstNames = [
        "Anna", "Bent", "Clara", "Ditte", "Emil", "Freja", "Gorm", "Hanne", "Ida", "Jens", "Karen", "Lars",
        "Mette", "Niels", "Oda", "Per", "Rikke", "Søren", "Tove", "Ulla", "Viggo", "Yrsa", "Åse",
    ]
    private static let lastNames = [
        "Andersen", "Bech", "Christensen", "Dahl", "Eriksen", "Friis", "Greve", "Holm", "Iversen", "Jensen",
        "Kjær", "Lund", "Møller", "Nielsen", "Olsen", "Poulsen", "Ravn", "Skov", "Thomsen", "Vestergaard",
    ]

    init(number: Int, kind: HistoryBuyer.Kind, start: Instant, chance: inout HistoryChance) throws {
        self.kind = kind
        userID = "historie-\(number)"
        name = chance.pick(of: Self.firstNames) + " " + chance.pick(of: Self.lastNames)
        personNumber = Self.personNumber(number, isMinor: kind == .minor)
        let year = LocalDate(start).year
        card = try Self.card(
            year: kind == .withExpiredCard ? year - 1 : year + chance.number(in: 1...4), chance: &chance)
        keySeed = chance.bytes(31)
    }

    /// Test numbers in order: a day for each number, and a serial. Anybody's number by accident; it never
    /// leaves the test server.
    private static func personNumber(_ number: Int, isMinor: Bool) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (day, month) = (number % 28 + 1, number / 28 % 12 + 1)
        let year = isMinor ? 14 : 45 + number / 336 % 50
        let serial = number / (isMinor ? 336 : 16_800) % 1_000
        let digits = String(repeating: "0", count: 3 - String(serial).utf8.count) + String(serial)
        // The seventh digit tells the century: 4 with a low year is this one.
        return two(day) + two(month) + two(year) + (isMinor ? "4" : "1") + digits
    }

    static func card(year: Int, chance: inout HistoryChance) throws -> HistoryCard {
        let prefix = chance.pick(weighted: [
            ("4571", 45), ("5019", 25), ("4508", 8), ("5436", 15), ("5186", 5), ("3741", 2),
        ])
        let length = prefix == "3741" ? 14 : 15
        let middle = (0..<length - prefix.utf8.count).map { _ in String(chance.below(10)) }.joined()
        guard let expiry = CardExpiry(month: chance.number(in: 1...12), year: year) else {
            throw CommandFailure("No such month.")
        }
        for digit in 0...9 {
            guard let number = try? CardNumber(prefix + middle + String(digit)) else { continue }
            return HistoryCard(number: number, expiry: expiry)
        }
        throw CommandFailure("No card number could be made.")
    }
}
