import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct LookupTests {
    private let halfHour = 1_800

    @Test func `RX-PRIVACY: the app approves, and the records show for half an hour and no longer`()
        async throws
    {
        let wallet = try await Wallet()
        let owner = Owner(merchant: wallet.pharmacy.merchant.id, isLive: false)
        var placed: [PrescriptionID] = []
        for (version, status) in [PrescriptionStatus.open, .pending, .invalid, .closed].enumerated() {
            placed.append(
                try await wallet.gateway.ledger.submit(
                    PlacedRecord(
                        customer: wallet.actor.id, owner: owner, version: version + 1, status: status)))
            wallet.clock.advance(milliseconds: 1)
        }
        let asked = try await wallet.ask()
        #expect(asked.status == .pending)
        #expect(asked.records == nil)
        #expect(try await wallet.stage.number("SELECT count(*) FROM leaves WHERE kind = 'record_read'") == 0)
        wallet.clock.advance(seconds: 7)
        let approvedAt = wallet.clock.now()
        try await wallet.answer(asked)
        let shown = try await wallet.look(asked.id)
        #expect(shown.status == .approved)
        #expect(shown.openUntil == approvedAt.adding(seconds: halfHour))
        #expect(shown.records?.map(\.id) == [placed[3], placed[1], placed[0]], "newest first, none invalid")
        #expect(shown.records?.map(\.isAuthentic) == [true, false, true])
        wallet.clock.set(approvedAt.adding(seconds: halfHour).adding(milliseconds: -1))
        #expect(try await wallet.look(asked.id).records?.count == 3)
        wallet.clock.advance(milliseconds: 1)
        let closed = try await wallet.look(asked.id)
        #expect(closed.status == .closed)
        #expect(closed.records == nil)
        #expect(closed.version != shown.version)
        #expect(
            try await wallet.stage.texts(
                "SELECT subject FROM leaves WHERE kind = 'record_read'") == [asked.id.text, asked.id.text],
            "one leaf a look")
    }

    @Test func `RX-PRIVACY: who may see a patient's record is known to the millisecond`() async throws {
        let wallet = try await Wallet()
        let owner = Owner(merchant: wallet.pharmacy.merchant.id, isLive: false)
        let other = Owner(merchant: wallet.stage.shop.merchant.id, isLive: false)
        let stored = try await wallet.stage.texts(
            "SELECT hex(person_number_hash) FROM customers WHERE id = ?", wallet.actor.id.text)
        let text = try #require(stored.first).lowercased()
        let hash = try #require(Hex.decode(text))
        func isOpen(_ owner: Owner, _ hash: [UInt8]) async throws -> Bool {
            let time = wallet.gateway.clock.time()
            return try await wallet.gateway.ledger.read { db in
                try LookupRow.isOpen(for: owner, patientHash: hash, at: time, in: db)
            }
        }
        let asked = try await wallet.ask()
        #expect(try await !isOpen(owner, hash))
        try await wallet.answer(asked)
        let approvedAt = wallet.clock.now()
        #expect(try await isOpen(owner, hash))
        #expect(try await !isOpen(other, hash))
        #expect(try await !isOpen(Owner(merchant: owner.merchant, isLive: true), hash))
        #expect(try await !isOpen(owner, hash.map { ~$0 }))
        wallet.clock.set(approvedAt.adding(seconds: halfHour).adding(milliseconds: -1))
        #expect(try await isOpen(owner, hash))
        wallet.clock.advance(milliseconds: 1)
        #expect(try await !isOpen(owner, hash))
    }

    @Test func `SCA-04: the app is asked about a look-up, with no amount, card or order`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        let pending = try await wallet.gateway.pendingConfirmations(for: wallet.actor.app.id)
        #expect(pending.map(\.id) == [asked.confirmation.id])
        let text = try #require(pending.first).statement
        let statement = try Statement(canonical: Array(text.utf8))
        #expect(statement.kind == .prescriptionLookup)
        #expect(statement.merchant == wallet.pharmacy.merchant.id)
        #expect(statement.display.count == 2)
        #expect(statement.amount == nil)
    }

    @Test(arguments: [Verdict.deny, .report])
    func `SCA-15: a look-up that the patient refuses is declined`(verdict: Verdict) async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        try await wallet.answer(asked, verdict)
        let over = try await wallet.look(asked.id)
        #expect(over.status == .declined)
        #expect(over.records == nil)
        #expect(over.openUntil == nil)
    }

    @Test func `SCA-16: a look-up runs out at its time and not before`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        wallet.clock.set(asked.confirmation.expiresAt.adding(milliseconds: -1))
        #expect(try await wallet.look(asked.id).status == .pending)
        wallet.clock.advance(milliseconds: 1)
        let unswept = try await wallet.look(asked.id)
        #expect(unswept.status == .expired)
        let late = try await refusalCode {
            _ = try await wallet.offer(asked, .keyCard, wallet.code(for: asked.keyNumber))
        }
        #expect(late == .confirmationOver)
        while try await wallet.gateway.ledger.submit(Sweep(keepAnswersDays: 31)) {}
        #expect(try await wallet.look(asked.id) == unswept, "swept or not, the same")
    }

    @Test func `REL-09: whoever waits for a look-up is told of its approval`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        async let waiting = wallet.look(asked.id, known: asked.version, seconds: 30)
        try await wallet.answer(asked)
        let found = try await waiting
        #expect(found.status == .approved)
        #expect(found.records == [])
    }

    @Test func `RX-PRIVACY: only a pharmacy may ask, and only for itself`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        let shop = try await refusalCode {
            _ = try await wallet.gateway.startLookup(
                userID: wallet.userID, caller: wallet.stage.shop, identity: wallet.stage.identity("lookups"))
        }
        #expect(shop == .merchantKindNotAllowed)
        let pharmacy = wallet.pharmacy.merchant
        let other = Merchant(
            id: try #require(MerchantID("andet-apotek")), kind: .pharmacy, name: pharmacy.name,
            gln: pharmacy.gln, isSuspended: false, currencies: pharmacy.currencies, limits: [], origins: [],
            keys: [])
        let stranger = Caller(
            merchant: other, key: wallet.pharmacy.key, kind: .secret, isLive: false)
        #expect(
            try await refusalCode {
                _ = try await wallet.gateway.lookup(asked.id, caller: stranger, wait: nil)
            } == .notFound)
        #expect(
            try await refusalCode {
                _ = try await wallet.gateway.offerFactor(
                    asked.confirmation.id,
                    FactorOffer(factor: .keyCard, code: wallet.code(for: asked.keyNumber)),
                    by: .merchant(stranger), identity: nil)
            } == .notFound)
        #expect(try await wallet.look(asked.id).status == .pending)
    }

    @Test func `PAY-IDEM: the same key asks once`() async throws {
        let wallet = try await Wallet()
        let first = try await wallet.ask(key: "one")
        #expect(try await wallet.ask(key: "one") == first)
        #expect(try await wallet.stage.number("SELECT count(*) FROM prescription_lookups") == 1)
        let other = try await refusalCode { _ = try await wallet.ask("somebody-else", key: "one") }
        #expect(other == .idempotencyKeyReused)
    }
}
