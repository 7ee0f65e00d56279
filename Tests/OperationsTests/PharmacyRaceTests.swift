import Decisions
import Lifecycles
import Operations
import Proofs
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

@Suite struct PharmacyRaceTests {
    @Test func `RX-LAST: a thousand tries on the last handover from two pharmacies, one hold`() async throws {
        let race = try await Race()
        let (still, record) = (race.still, race.record)
        let content = try still.rx.content([try RecordDraft.line(handovers: 1)])
        var tries: [CreateAuthorization] = []
        for number in 0..<1_000 {
            let runner = race.runners[number % race.runners.count]
            tries.append(try race.command(runner, record, content, reference: "race-\(number)"))
        }
        let ledger = still.ledger
        var random = SplitMix(seed: TestSeed.drawn("RX-LAST, the order of a thousand tries"))
        tries.shuffle(using: &random)
        let made = try await withThrowingTaskGroup(of: CreateAuthorization.Outcome.self) { group in
            for one in tries { group.addTask { try await ledger.submit(one) } }
            return try await group.reduce(into: [Authorization]()) { all, one in
                if let created = one.created { all.append(created) }
            }
        }
        // Who won has a question waiting, so the winner's other 199 tries are declined for that.
        #expect(
            race.reasons(made) == [
                "requires_confirmation": 1, "confirmation_pending_elsewhere": 199, "rx_held_elsewhere": 800,
            ])
        try await race.expectOneHold()
        await still.stop()
    }

    @Test func `RX-LAST: fifty tries through the whole gateway, one hold, and nobody learns whose`()
        async throws
    {
        let race = try await Race()
        let (still, gateway) = (race.still, race.still.gateway)
        let made = try await withThrowingTaskGroup(of: (Answered, Caller).self) { group in
            for number in 0..<50 {
                let runner = race.runners[number % race.runners.count]
                let request = try race.request(runner, reference: "race-\(number)")
                let identity = still.stage.identity("authorize")
                group.addTask {
                    (
                        try await gateway.authorize(request, caller: runner.caller, identity: identity),
                        runner.caller
                    )
                }
            }
            return try await group.reduce(into: [(Answered, Caller)]()) { $0.append($1) }
        }
        var found: [Authorization] = []
        for (answered, caller) in made {
            found.append(try await still.stage.load(try Stage.id(in: answered), at: caller))
        }
        #expect(
            race.reasons(found) == [
                "requires_confirmation": 1, "confirmation_pending_elsewhere": 9, "rx_held_elsewhere": 40,
            ])
        try await race.expectOneHold()
        await still.stop()
    }

    @Test func `RX-SAMESHOP: the same request with the same key gets the same bytes and one hold`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let request = try await still.rx.request(kaja, [Draw(record)])
        let identity = still.stage.identity("authorize", key: "one")
        let gateway = still.gateway
        let caller = still.pharmacy
        let answers = try await withThrowingTaskGroup(of: Answered.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await gateway.authorize(request, caller: caller, identity: identity)
                }
            }
            return try await group.reduce(into: [Answered]()) { $0.append($1) }
        }
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.count { !$0.isReplay } == 1)
        #expect(try await still.stage.number("SELECT count(*) FROM holds") == 1)
        // The stored answer stands though the record ends.
        try await still.giveUp(try Stage.id(in: answers[0]))
        try await still.cancel(record)
        let late = try await gateway.authorize(request, caller: caller, identity: identity)
        #expect(late.body == answers[0].body)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [true, false])
    func `RX-LAST: replaces gives the line to the new order of the same shop`(isApproved: Bool) async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line(packages: "2")])
        let first = try await still.order(kaja, [Draw(record)])
        if isApproved {
            try await still.answer(first, by: kaja)
            try await still.bank(first.id)
        }
        #expect(try await still.order(niels, [Draw(record, quantity: 2)]).reason == .rxHeldElsewhere)
        let byOther = try await refusalCode {
            _ = try await still.order(
                niels, [Draw(record)], replaces: first.id, at: still.otherPharmacy)
        }
        #expect(byOther == .replacesUnknown)
        let second = try await still.order(niels, [Draw(record, quantity: 2)], replaces: first.id)
        #expect(second.status == .requiresConfirmation)
        #expect(second.replaces == first.id)
        #expect(try await still.holds(of: first.id) == ["released"])
        #expect(try await still.load(first.id).status == .canceled)
        #expect(try await still.holds(of: second.id) == ["reserved"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-LAST: what is owed, asked of the bank or over gives way as it can`() async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        let paid = try await still.approved(kaja, [Draw(record)]).id
        try await still.capture(paid, 1_000, isFinal: false)
        let owed = try await still.order(niels, [Draw(record)], replaces: paid)
        #expect(owed.reason == .rxHeldElsewhere)
        #expect(try await still.holds(of: paid) == ["owed"])
        let other = try await still.file([try RecordDraft.line()], record: "rx-2")
        let asked = try await still.order(kaja, [Draw(other)])
        try await still.answer(asked, by: kaja)
        let processing = try await refusalCode {
            _ = try await still.order(niels, [Draw(other)], replaces: asked.id)
        }
        #expect(processing == .authorizationNotCancelable)
        try await still.bank(asked.id)
        // Over and not yet swept: there is nothing to give way any more.
        still.clock.advance(seconds: 8 * 86_400)
        let late = try await still.order(niels, [Draw(other)], replaces: asked.id)
        #expect(late.status == .requiresConfirmation)
        #expect(try await still.load(asked.id).status == .expired)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}

/// The last handover of one record, and five payers with a saved card at each of two pharmacies.
private struct Race {
    struct Runner: Sendable {
        let actor: Actor
        let person: SpecimenPatient
        let card: CardTokenID
        let caller: Caller
    }

    let still: StillPharmacy
    let record: PrescriptionID
    let runners: [Runner]

    init() async throws {
        still = try await StillPharmacy()
        record = try await still.file([try RecordDraft.line(handovers: 1)])
        var runners: [Runner] = []
        let people: [SpecimenPatient] = [.kaja, .niels, .einer, .lonni, .muhammed]
        for (number, person) in people.enumerated() {
            let actor = try await still.person(person, number)
            if person != .kaja { try await still.relate(actor, to: .kaja) }
            for caller in [still.pharmacy, still.otherPharmacy] {
                let answered = try await still.gateway.tokenizeCard(
                    TokenizeRequest(
                        card: actor.card, expiry: actor.expiry, verificationCode: nil, isReusable: true),
                    caller: caller, identity: still.stage.identity("tokens"))
                runners.append(
                    Runner(actor: actor, person: person, card: try Stage.id(in: answered), caller: caller))
            }
        }
        self.runners = runners
    }

    func request(_ runner: Runner, reference: String) throws -> AuthorizeRequest {
        AuthorizeRequest(
            money: try Money(amountMinor: 5_725, currency: .dkk), card: runner.card, capture: .manual,
            order: Order(
                reference: try OrderReference(reference), lines: [try Draw(record).orderLine()]),
            metadata: [])
    }

    /// What the gateway hands to the writer for such a request.
    func command(
        _ runner: Runner, _ record: PrescriptionID, _ content: PrescriptionContent, reference: String
    ) throws -> CreateAuthorization {
        let request = try request(runner, reference: reference)
        let number = try PersonNumber(runner.person.number)
        let merchant = runner.caller.merchant
        let gln = try #require(merchant.gln)
        return CreateAuthorization(
            owner: Owner(merchant: merchant.id, isLive: false),
            draft: AuthorizationDraft(
                money: request.money, card: runner.card, capture: .manual, order: request.order,
                orderDigest: reference, replaces: nil, returnURL: nil, metadata: []),
            merchant: MerchantTerms(
                payee: merchant.name, isSuspended: false, isPharmacy: true, currencies: [.dkk],
                limitMinor: nil),
            terms: ConfirmationTerms(seconds: 300, pushBudget: 1_000, pushWindowSeconds: 600),
            pharmacy: PharmacyOrder(
                pharmacy: PharmacyFacts(gln: gln, isListed: true),
                records: [
                    record: KnownRecord(
                        content: content, filing: 1, flaw: nil, revocation: .good, evidence: nil)
                ],
                payer: Payer(
                    customer: runner.actor.id, birthDate: number.birthDate,
                    personNumberHash: still.gateway.keys.fingerprint(number.exposed(), as: .personNumber)),
                patientHash: nil, guardianUntilAge: 15, attestationSeconds: 600, orderSealed: [1]),
            key: nil)
    }

    /// How many tries ended how.
    func reasons(_ made: [Authorization]) -> [String: Int] {
        made.reduce(into: [:]) { counts, one in
            counts[one.decline?.reason.rawValue ?? one.status.rawValue, default: 0] += 1
        }
    }

    func expectOneHold() async throws {
        #expect(try await still.stage.number("SELECT count(*) FROM holds") == 1)
        #expect(
            try await still.stage.number(
                "SELECT count(*) FROM decisions WHERE instr(trace, 'apotek') > 0 OR instr(trace, '5790') > 0")
                == 0)
        #expect(try await still.broken().isEmpty)
    }
}
