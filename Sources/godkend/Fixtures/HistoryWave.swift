import Lifecycles
import Operations
import Proofs
import Records
import Vocabulary

/// A few minutes of the history: payments are asked for, questions answered, banks asked, time runs out.
struct HistoryWave {
    let gateway: Gateway
    let clock: HistoryClock
    let start: Instant
    private(set) var town: HistoryTown
    private(set) var chance: HistoryChance
    private(set) var payments: [HistoryPayment]
    /// What else was asked for, beside the payments that were planned.
    private(set) var extras = 0
    private(set) var refusals: [String: Int] = [:]
    private var fates: [AuthorizationID: HistoryFate] = [:]

    init(
        _ payments: [HistoryPayment], at start: Instant, town: HistoryTown, chance: HistoryChance,
        gateway: Gateway, clock: HistoryClock
    ) {
        (self.payments, self.start, self.town, self.chance) = (payments, start, town, chance)
        (self.gateway, self.clock) = (gateway, clock)
    }

    /// Lives through it all.
    mutating func run() async throws {
        try await ask(Array(payments.indices))
        try await askElsewhere()
        try await giveUp()
        try await askAgain()
        for seconds in HistoryPayment.allAnswerSeconds {
            clock.go(to: start.adding(seconds: 60 + seconds))
            try await answer(payments.indices.filter { payments[$0].patience == seconds })
            try await settle(withSilent: false)
        }
        clock.go(to: start.adding(seconds: 60 + 88 + gateway.settings.acquirerTimeoutSeconds))
        try await settle(withSilent: true)
        clock.go(to: start.adding(seconds: 75 + gateway.settings.confirmationSeconds))
        while try await gateway.ledger.submit(Sweep(keepAnswersDays: gateway.settings.idempotencyDays)) {}
    }

    // MARK: The shops

    /// Asks for payments, each with a card saved before or given now.
    private mutating func ask(_ places: [Int]) async throws {
        let orders = places.map { place in
            let payment = payments[place]
            let saved = payment.buyer.flatMap { town.buyers[$0].saved[payment.shop] }
            return (payment, town.shops[payment.shop].caller, payment.isSaved ? saved : nil)
        }
        let results = try await HistoryCrowd.together(orders) { [gateway] order in
            try await Self.ask(order.0, caller: order.1, saved: order.2, of: gateway)
        }
        for (place, result) in zip(places, results) {
            payments[place].token = result.token
            payments[place].created = result.created
            fates[result.created.id] = payments[place].fate
            guard payments[place].isSaved, let buyer = payments[place].buyer else { continue }
            town.buyers[buyer].saved[payments[place].shop] = result.token
        }
    }

    private static func ask(
        _ payment: HistoryPayment, caller: Caller, saved: CardTokenID?, of gateway: Gateway
    ) async throws -> (token: CardTokenID, created: HistoryAnswers.Created) {
        let nobody = RequestIdentity(key: nil, route: "", parameters: [])
        var token = saved
        if token == nil {
            let request = TokenizeRequest(
                card: payment.card.number, expiry: payment.card.expiry, verificationCode: nil,
                isReusable: payment.isSaved)
            token = try HistoryAnswers.token(
                await gateway.tokenizeCard(request, caller: caller, identity: nobody))
        }
        guard let token else { throw CommandFailure("A card was lost on the way.") }
        let request = AuthorizeRequest(
            money: payment.basket.money, card: token, capture: payment.capture,
            order: Order(
                reference: try OrderReference(payment.reference), lines: payment.basket.lines))
        return (
            token,
            try HistoryAnswers.created(
                await gateway.authorize(request, caller: caller, identity: nobody))
        )
    }

    /// Somebody buys at two shops at once: the second is declined while the first still asks.
    private mutating func askElsewhere() async throws {
        clock.go(to: start.adding(seconds: 10))
        let places = payments.indices.filter {
            payments[$0].fate == .askedElsewhere && payments[$0].question != nil
        }
        let firstNew = payments.count
        for place in places {
            let first = payments[place]
            let others = town.shops.indices.filter { $0 != first.shop && !town.shops[$0].isPharmacy }
            let shop = others.isEmpty ? first.shop : chance.pick(of: others)
            payments.append(
                HistoryPayment(
                    .captured, shop: shop, buyer: first.buyer, card: first.card,
                    basket: try HistoryBasket(for: .captured, at: town.shops[shop], chance: &chance),
                    reference: first.reference + "-2", isPharmacy: false, chance: &chance))
        }
        try await ask(Array(firstNew..<payments.count))
        extras += places.count
    }

    /// The same order again and again, while its question waits.
    private mutating func askAgain() async throws {
        for round in 1...3 {
            clock.go(to: start.adding(seconds: 30 + round * 8))
            let places = payments.indices.filter {
                payments[$0].fate.repeats >= round && payments[$0].question != nil
            }
            for place in places { payments[place].token = nil }
            try await ask(places)
            extras += places.count
        }
    }

    // MARK: The customers

    /// Other factors are offered; shops and customers think better of it.
    private mutating func giveUp() async throws {
        clock.go(to: start.adding(seconds: 20))
        var offers: [(ConfirmationID, Factor)] = []
        var returns: [ConfirmationID] = []
        var withdrawals: [(AuthorizationID, Owner)] = []
        for payment in payments {
            guard let question = payment.question, let created = payment.created else { continue }
            switch payment.fate {
            case .otherFactor(let factor): offers.append((question, factor))
            case .canceledOnPage: returns.append(question)
            case .canceledByShop: withdrawals.append((created.id, town.shops[payment.shop].owner))
            default: break
            }
        }
        let ledger = gateway.ledger
        _ = try await HistoryCrowd.together(offers) { question, factor in
            try await ledger.submit(
                OfferFactor(confirmation: question, owner: nil, factor: factor, key: nil))
        }
        _ = try await HistoryCrowd.together(returns) {
            try await ledger.submit(CancelFromPage(confirmation: $0))
        }
        let reason = try PlainText("Udsolgt", maximum: 100)
        _ = try await HistoryCrowd.together(withdrawals) { id, owner in
            try await ledger.submit(CancelAuthorization(id: id, owner: owner, reason: reason, key: nil))
        }
    }

    /// Apps fetch their questions, sign and answer: the way of every code app.
    private mutating func answer(_ places: [Int]) async throws {
        let asked = places.compactMap { place -> HistoryReply? in
            let payment = payments[place]
            guard let question = payment.question, let buyer = payment.buyer,
                let device = town.buyers[buyer].device, let verdict = payment.verdict
            else { return nil }
            if verdict == .report { town.buyers[buyer].awayUntil = start.adding(days: 2) }
            return HistoryReply(
                question: question, device: device, key: town.buyers[buyer].key, verdict: verdict,
                isNumberRight: payment.fate != .wrongNumber, verifiedBy: chance.percent(70) ? .pin : .passkey)
        }
        let refused = try await HistoryCrowd.together(asked) { [gateway] in try await $0.send(to: gateway) }
        for code in refused.compactMap({ $0 }) { refusals[code, default: 0] += 1 }
    }

    // MARK: The bank

    /// Settles what the bank was asked, until nothing is open; those it never answers only at the end.
    private mutating func settle(withSilent: Bool) async throws {
        let bank = HistoryBank(gateway: gateway, fates: fates, answersSilent: withSilent)
        try await bank.settle { [clock] in clock.go(to: clock.shown.adding(milliseconds: 900)) }
    }
}

extension HistoryPayment {
    /// What the customer says; nil for one who says nothing.
    fileprivate var verdict: Verdict? {
        switch fate {
        case .denied: .deny
        case .reported: .report
        case .wrongNumber: .approve
        default: fate.isApprovedInApp ? .approve : nil
        }
    }
}
