import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Why a look-up cannot succeed.
enum Hopeless: String, CaseIterable, Sendable {
    case unknownUser, noNameAtAll, blocked, certificateBlocked, reported, budgetSpent, askedElsewhere
}

@Suite struct LookupDecoyTests {
    /// A look-up that can succeed, and one that cannot, by two gateways whose clocks agree.
    private func pair(_ reason: Hopeless) async throws -> (good: Wallet, bad: Wallet, name: String?) {
        let good = try await Wallet()
        let bad = try await Wallet { $0.settings = [.pushBudget: "3", .pushWindowSeconds: "600"] }
        var name: String?
        let issuer = bad.gateway.issuer
        switch reason {
        case .unknownUser: name = "findes-ikke"
        case .noNameAtAll: name = "x"
        case .blocked: try await issuer.block(customer: bad.actor.id)
        case .certificateBlocked: try await issuer.setCertificate(of: bad.actor.id, isValid: false)
        case .reported:
            try await bad.stage.answer(
                try await bad.stage.authorize(bad.actor), by: bad.actor.app, .report)
        case .budgetSpent:
            for _ in 0..<3 {
                try await bad.stage.answer(
                    try await bad.stage.authorize(bad.actor), by: bad.actor.app, .deny)
            }
        case .askedElsewhere: _ = try await bad.stage.authorize(bad.actor)
        }
        return (good, bad, name)
    }

    private func look(_ wallet: Wallet, _ lookup: PrescriptionLookup) async throws -> Look {
        let now = wallet.clock.now()
        return Look(try await wallet.look(lookup.id), try await wallet.page(lookup), at: now)
    }

    @Test(arguments: Hopeless.allCases)
    func `SCA-09: a look-up that cannot succeed looks like one that nobody answers`(reason: Hopeless)
        async throws
    {
        let (good, bad, name) = try await pair(reason)
        let (asked, decoy) = (try await good.ask(), try await bad.ask(name))
        #expect(
            try await bad.stage.number("SELECT count(*) FROM prescription_lookups WHERE customer IS NULL")
                == 1)
        #expect(try await look(good, asked) == look(bad, decoy))
        for wallet in [good, bad] { wallet.clock.set(asked.confirmation.expiresAt.adding(milliseconds: -1)) }
        #expect(try await look(good, asked) == look(bad, decoy))
        for wallet in [good, bad] { wallet.clock.advance(milliseconds: 1) }
        #expect(try await look(good, asked) == look(bad, decoy))
        #expect(try await good.look(asked.id).status == .expired)
    }

    @Test(arguments: Hopeless.allCases, [Factor.keyCard, .codeToken])
    func `SCA-09: any code ends it as a wrong one ends a real one`(reason: Hopeless, factor: Factor)
        async throws
    {
        let (good, bad, name) = try await pair(reason)
        let (asked, decoy) = (try await good.ask(), try await bad.ask(name))
        let right = factor == .keyCard ? bad.code(for: decoy.keyNumber) : bad.tokenCode
        #expect(try await good.offer(asked, factor, good.wrongCode) == "denied")
        #expect(try await bad.offer(decoy, factor, right) == "denied")
        #expect(try await look(good, asked) == look(bad, decoy))
        #expect(try await bad.look(decoy.id).status == .declined)
        for (wallet, lookup) in [(good, asked), (bad, decoy)] {
            #expect(
                try await refusalCode { _ = try await wallet.offer(lookup, factor, wallet.wrongCode) }
                    == .confirmationOver)
        }
        #expect(
            try await bad.stage.number("SELECT count(*) FROM key_card_codes WHERE used_at IS NOT NULL") == 0)
    }

    @Test func `SCA-09: going back from the page of nobody's question is the same, too`() async throws {
        let (good, bad, name) = try await pair(.unknownUser)
        let (asked, decoy) = (try await good.ask(), try await bad.ask(name))
        for (wallet, lookup) in [(good, asked), (bad, decoy)] {
            let id = lookup.confirmation.id
            let after = try await wallet.gateway.cancelFromPage(
                id, pageToken: wallet.gateway.keys.pageToken(for: id))
            #expect(after.status == .canceled)
        }
        #expect(try await look(good, asked) == look(bad, decoy))
    }

    @Test func `SCA-09: a customer who cannot be asked is named numbers of the own card`() async throws {
        let wallet = try await Wallet()
        _ = try await wallet.stage.authorize(wallet.actor)
        let own = Set(wallet.card.codes.map(\.number))
        for _ in 0..<40 { #expect(own.contains(try await wallet.ask().keyNumber)) }
        #expect(
            try await wallet.stage.number("SELECT count(*) FROM key_card_codes WHERE asked_at IS NOT NULL")
                == 0)
    }

    @Test func `SCA-12: a second look-up does not put a second question`() async throws {
        let wallet = try await Wallet()
        let first = try await wallet.ask()
        let second = try await wallet.ask()
        #expect(first.id != second.id)
        let shown = try await wallet.gateway.pendingConfirmations(for: wallet.actor.app.id)
        #expect(shown.map(\.id) == [first.confirmation.id])
        #expect(try await wallet.stage.number("SELECT count(*) FROM confirmations") == 1)
    }
}
