import Lifecycles
import Operations
import Records
import Vocabulary

/// Lives through a history, wave by wave.
struct HistoryRun {
    /// What is wanted.
    struct Plan: Sendable {
        let authorizations: Int
        let days: Int
        let customers: Int
        /// Of a hundred payments so many are approved, about.
        let approved: Int
        let seed: UInt64
    }

    private let plan: Plan
    private let gateway: Gateway
    private let clock: HistoryClock
    private let calendar: HistoryCalendar
    private let mix: HistoryMix
    private var chance: HistoryChance
    private var town: HistoryTown
    private var dues: [Int: [HistoryDue]] = [:]
    private var retries: [HistoryPayment] = []
    private var nextOrder = 10_000
    private(set) var created = 0
    private(set) var refusals: [String: Int] = [:]

    init(
        _ plan: Plan, calendar: HistoryCalendar, town: HistoryTown, chance: HistoryChance, gateway: Gateway,
        clock: HistoryClock
    ) {
        (self.plan, self.calendar, self.town, self.chance) = (plan, calendar, town, chance)
        (self.gateway, self.clock) = (gateway, clock)
        mix = HistoryMix(approved: plan.approved)
    }

    mutating func run(showing progress: ProgressLine) async throws {
        var planned = 0
        for (place, wave) in calendar.waves.enumerated() {
            clock.go(to: wave.at)
            if place == calendar.waves.count * 7 / 10 { try await closeShop() }
            try await carryOut(dues.removeValue(forKey: place) ?? [])
            // What shops asked for besides is made up for by the next waves.
            planned += wave.payments
            try await live(
                max(planned - created, 0), at: wave.at, isLast: place == calendar.waves.count - 1)
            progress.show(created)
        }
    }

    private mutating func live(_ wanted: Int, at start: Instant, isLast: Bool) async throws {
        var busy: Set<Int> = []
        var payments: [HistoryPayment] = []
        let waiting = retries
        retries = []
        for payment in waiting {
            guard payments.count < wanted, let buyer = payment.buyer, busy.insert(buyer).inserted else {
                retries.append(payment)
                continue
            }
            payments.append(payment)
        }
        while payments.count < wanted {
            let payment = try newPayment(notBy: busy, isPlain: isLast)
            if let buyer = payment.buyer { busy.insert(buyer) }
            payments.append(payment)
        }
        var wave = HistoryWave(
            payments, at: start, town: town, chance: chance, gateway: gateway, clock: clock)
        try await wave.run()
        (town, chance) = (wave.town, wave.chance)
        created += wanted + wave.extras
        refusals.merge(wave.refusals) { $0 + $1 }
        for payment in wave.payments { try plan(payment) }
    }

    // MARK: What is bought

    private mutating func newPayment(notBy busy: Set<Int>, isPlain: Bool) throws -> HistoryPayment {
        var fate = mix.fate(&chance)
        if isPlain, fate.repeats > 0 || fate == .askedElsewhere { fate = .captured }
        guard let shop = shop(for: fate) else { return try strangePayment() }
        let kind = kind(for: fate)
        guard let kind, let buyer = town.buyer(kind, notIn: busy, at: clock.shown, chance: &chance) else {
            return try strangePayment()
        }
        return try payment(fate, shop: shop, buyer: buyer, card: town.buyers[buyer].card)
    }

    /// A card that nobody has enrolled.
    private mutating func strangePayment() throws -> HistoryPayment {
        let shop = shop(for: .strangeCard) ?? 0
        let card = try HistoryPerson.card(year: LocalDate(clock.shown).year + 2, chance: &chance)
        return try payment(.strangeCard, shop: shop, buyer: nil, card: card)
    }

    private mutating func payment(
        _ fate: HistoryFate, shop: Int, buyer: Int?, card: HistoryCard
    ) throws -> HistoryPayment {
        nextOrder += 1
        return HistoryPayment(
            fate, shop: shop, buyer: buyer, card: card,
            basket: try HistoryBasket(for: fate, at: town.shops[shop], chance: &chance),
            reference: "\(town.shops[shop].mark)-\(nextOrder)", isPharmacy: town.shops[shop].isPharmacy,
            chance: &chance)
    }

    private func kind(for fate: HistoryFate) -> HistoryBuyer.Kind? {
        switch fate {
        case .strangeCard: nil
        case .noApp: .withoutApp
        case .blockedPerson: .blocked
        case .underAge: .minor
        case .expiredCard: .withExpiredCard
        case .blockedCard: .withBlockedCard
        default: .ordinary
        }
    }

    private mutating func shop(for fate: HistoryFate) -> Int? {
        let weighted = town.shops.indices.compactMap { place -> (Int, Int)? in
            let shop = town.shops[place]
            switch fate {
            case .productUnknown, .prescriptionMissing, .underAge: guard shop.isPharmacy else { return nil }
            case .foreignCurrency, .medicineAtWebshop: guard !shop.isPharmacy else { return nil }
            case .overLimit:
                guard !shop.isPharmacy, !shop.merchant.limits.isEmpty else { return nil }
            default: break
            }
            // A shop that was closed sees a few last customers.
            return (place, shop.merchant.isSuspended ? 1 : shop.isPharmacy ? 40 : 75)
        }
        return weighted.isEmpty ? nil : chance.pick(weighted: weighted)
    }

    private mutating func closeShop() async throws {
        guard let closing = town.closing else { return }
        town.shops[closing.shop] = town.shops[closing.shop].closed(as: closing.merchant)
        var book = gateway.merchants.all.filter { $0.id != closing.merchant.id }
        book.append(closing.merchant)
        try await gateway.replaceMerchants(with: book)
    }

    // MARK: What comes later

    /// What follows an approved payment, or a second try of one that was not.
    private mutating func plan(_ payment: HistoryPayment) throws {
        guard let id = payment.created?.id, payment.question != nil || payment.fate.isRetried else { return }
        if payment.fate.isRetried, payment.buyer != nil, chance.percent(45) {
            retries.append(payment.again(as: mix.goodFate(&chance)))
        }
        guard payment.question != nil else { return }
        let isCaptured = payment.capture == .automatic
        let shipped = clock.shown.adding(seconds: isCaptured ? 0 : chance.number(in: 7_200...216_000))
        let back = shipped.adding(seconds: chance.number(in: 86_400...900_000))
        let part = payment.basket.money.amountMinor * Int64(chance.number(in: 30...70)) / 100
        func later(_ moment: Instant, _ step: HistoryDue.Step) {
            guard let wave = calendar.wave(from: moment) else { return }
            dues[wave, default: []].append(HistoryDue(id: id, shop: payment.shop, step: step))
        }
        switch payment.fate {
        case .captured, .askedAgain, .askedElsewhere:
            if !isCaptured { later(shipped, .capture(nil, isFinal: true)) }
        case .refunded:
            if !isCaptured { later(shipped, .capture(nil, isFinal: true)) }
            later(back, .refund(chance.percent(50) ? nil : max(part, 1)))
        case .capturedInParts:
            later(shipped, .capture(max(part, 1), isFinal: false))
            later(shipped.adding(days: 2), .capture(nil, isFinal: true))
        case .canceledAfterApproval: later(shipped, .cancel)
        default: break
        }
    }

    /// Shops ship, take back and give up.
    private mutating func carryOut(_ due: [HistoryDue]) async throws {
        let orders = due.map { ($0, town.shops[$0.shop].owner) }
        let refused = try await HistoryCrowd.together(orders) { [gateway] due, owner in
            try await Self.carryOut(due, owner: owner, in: gateway)
        }
        for word in refused.compactMap({ $0 }) { refusals[word, default: 0] += 1 }
        let bank = HistoryBank(gateway: gateway, fates: [:], answersSilent: true)
        try await bank.settle { [clock] in clock.go(to: clock.shown.adding(milliseconds: 900)) }
    }

    /// - Returns: the word of a step that came to nothing: its payment did not end as it was meant to.
    private static func carryOut(
        _ due: HistoryDue, owner: Owner, in gateway: Gateway
    ) async throws -> String? {
        let ledger = gateway.ledger
        do {
            switch due.step {
            case .capture(let amount, let isFinal):
                _ = try await ledger.submit(
                    BeginCapture(id: due.id, owner: owner, amountMinor: amount, isFinal: isFinal, key: nil))
            case .refund(let amount):
                _ = try await ledger.submit(
                    BeginRefund(id: due.id, owner: owner, amountMinor: amount, reason: nil, key: nil))
            case .cancel:
                _ = try await ledger.submit(CancelAuthorization(id: due.id, owner: owner, key: nil))
            }
            return nil
        } catch is Rejection {
            return due.step.word
        }
    }
}

extension HistoryDue.Step {
    fileprivate var word: String {
        switch self {
        case .capture: "capture"
        case .refund: "refund"
        case .cancel: "cancel"
        }
    }
}
