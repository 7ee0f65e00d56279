import Foundation
import Operations
import Proofs
import Vocabulary

/// Who buys and where: the shops of the merchants' folder and customers made for the history.
struct HistoryTown {
    var shops: [HistoryShop]
    /// The place of the shop that closes under way, and how its file describes it.
    let closing: (shop: Int, merchant: Merchant)?
    var buyers: [HistoryBuyer]
    private let pools: [HistoryBuyer.Kind: [Int]]

    private static let kinds: [(HistoryBuyer.Kind, Int)] = [
        (.ordinary, 850), (.withoutApp, 40), (.blocked, 30), (.minor, 20), (.withExpiredCard, 40),
        (.withBlockedCard, 20),
    ]

    init(
        _ merchants: [Merchant], customers: Int, in gateway: Gateway, chance: inout HistoryChance
    ) async throws {
        let shops = merchants.compactMap { HistoryShop($0) }
        let suspended = Dictionary(
            merchants.filter(\.isSuspended).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        closing =
            shops.indices.lazy.compactMap { place in
                suspended[shops[place].merchant.id].map { (place, $0) }
            }.first
        self.shops = shops
        guard shops.contains(where: { !$0.isPharmacy }) else {
            throw CommandFailure("The merchants' folder has no webshop with a secret key.")
        }
        let start = gateway.clock.now()
        _ = try await gateway.issuer.importPriceList(
            try HistoryProduct.priceList(), validFrom: LocalDate(start))
        var persons: [HistoryPerson] = []
        for number in 1...customers {
            // The first ones are one of each kind, so that a small town has them all.
            let all = HistoryBuyer.Kind.allCases
            let kind = number <= all.count ? all[number - 1] : chance.pick(weighted: Self.kinds)
            persons.append(
                try HistoryPerson(number: number, kind: kind, start: start, chance: &chance))
        }
        buyers = try await HistoryCrowd.together(persons) { try await Self.settle($0, in: gateway) }
        pools = Dictionary(grouping: buyers.indices) { [buyers] in buyers[$0].kind }
    }

    /// Somebody of a kind who is not busy and not away, if one is found soon.
    func buyer(
        _ kind: HistoryBuyer.Kind, notIn busy: Set<Int>, at now: Instant, chance: inout HistoryChance
    ) -> Int? {
        guard let pool = pools[kind] else { return nil }
        for _ in 0..<20 {
            let found = chance.pick(of: pool)
            if !busy.contains(found), buyers[found].awayUntil <= now { return found }
        }
        return nil
    }

    private static func settle(_ person: HistoryPerson, in gateway: Gateway) async throws -> HistoryBuyer {
        let issuer = gateway.issuer
        let customer = try await issuer.addCustomer(
            NewCustomer(
                userID: try UserID(person.userID), name: try DisplayName(person.name),
                personNumber: try PersonNumber(person.personNumber), password: nil))
        let card = try await issuer.enrolCard(
            customer: customer, number: person.card.number, expiry: person.card.expiry)
        // One byte in front keeps the scalar below the order of the curve.
        let key = try SigningKey(raw: [1] + person.keySeed)
        var device: DeviceID?
        if person.kind != .withoutApp {
            device = try await issuer.enrolFixtureDevice(customer: customer, key: key.publicKey)
        }
        if person.kind == .withBlockedCard { try await issuer.blockCard(card) }
        if person.kind == .blocked {
            switch person.card.number.last4.utf8.last.map({ $0 % 3 }) {
            case 0: try await issuer.block(customer: customer)
            case 1: try await issuer.block(.app, of: customer)
            default: try await issuer.setCertificate(of: customer, isValid: false)
            }
        }
        return HistoryBuyer(
            kind: person.kind, customer: customer, card: person.card, key: key, device: device)
    }
}

/// Many requests at once, as a server has them: the writer takes them up in its batches.
enum HistoryCrowd {
    /// More than two batches, so that one is prepared while the other is written.
    static let width = 320

    /// The results in the order of the items.
    static func together<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: items.count)
            var started = 0
            func start() {
                let place = started
                let item = items[place]
                started += 1
                group.addTask { (place, try await body(item)) }
            }
            while started < min(items.count, width) { start() }
            while let (place, result) = try await group.next() {
                results[place] = result
                if started < items.count { start() }
            }
            return results.compactMap { $0 }
        }
    }
}
