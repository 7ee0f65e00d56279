import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct LookupCodeTests {
    @Test(arguments: [Factor.keyCard, .codeToken])
    func `SCA-07: a code approves a look-up and is used up once`(factor: Factor) async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        let code = factor == .keyCard ? wallet.code(for: asked.keyNumber) : wallet.tokenCode
        let approved = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    var word = ""
                    let code = try await refusalCode { word = try await wallet.offer(asked, factor, code) }
                    #expect(code == nil || code == .confirmationOver)
                    return word == "approved"
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(approved == 1)
        let found = try await wallet.look(asked.id)
        #expect(found.status == .approved)
        #expect(found.openUntil == wallet.clock.now().adding(seconds: 1_800))
        let used = try await wallet.stage.number(
            "SELECT count(*) FROM key_card_codes WHERE used_at IS NOT NULL")
        #expect(used == (factor == .keyCard ? 1 : 0))
        #expect(try await wallet.stage.number("SELECT count(*) FROM failure_counts") == 0)
        guard factor == .codeToken else { return }
        let next = try await wallet.ask()
        #expect(try await wallet.offer(next, .codeToken, code) == "denied", "a step is taken once")
    }

    @Test func `SCA-07: a wrong code ends the question and consumes nothing`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        #expect(try await wallet.offer(asked, .keyCard, wallet.wrongCode) == "denied")
        let again = try await refusalCode {
            _ = try await wallet.offer(asked, .keyCard, wallet.code(for: asked.keyNumber))
        }
        #expect(again == .confirmationOver)
        #expect(try await wallet.look(asked.id).status == .declined)
        #expect(
            try await wallet.stage.number("SELECT count(*) FROM key_card_codes WHERE used_at IS NOT NULL")
                == 0)
        #expect(
            try await wallet.stage.texts("SELECT kind || ' ' || flow || ' ' || failures FROM failure_counts")
                == ["key_card confirmation 1"], "signing in is another flow")
        #expect(
            try await wallet.stage.texts("SELECT subject FROM leaves WHERE kind = 'failed_sign_in'")
                == [asked.id.text])
    }

    @Test(arguments: [(Factor.keyCard, 5), (.codeToken, 3)])
    func `SCA-10: after so many wrong codes the right one is refused, and not used up`(
        factor: Factor, limit: Int
    ) async throws {
        let wallet = try await Wallet()
        for _ in 0..<limit {
            #expect(try await wallet.offer(try await wallet.ask(), factor, wallet.wrongCode) == "denied")
        }
        func right() async throws -> String {
            let asked = try await wallet.ask()
            let code = factor == .keyCard ? wallet.code(for: asked.keyNumber) : wallet.tokenCode
            return try await wallet.offer(asked, factor, code)
        }
        #expect(try await right() == "denied")
        #expect(
            try await wallet.stage.number("SELECT count(*) FROM key_card_codes WHERE used_at IS NOT NULL")
                == 0)
        wallet.clock.advance(seconds: 900)
        #expect(try await right() == "approved")
        #expect(try await wallet.stage.number("SELECT count(*) FROM failure_counts") == 0)
    }

    @Test(arguments: [Factor.keyCard, .codeToken])
    func `SCA-10: a blocked factor answers nothing`(factor: Factor) async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        try await wallet.gateway.issuer.block(factor, of: wallet.actor.id)
        let code = factor == .keyCard ? wallet.code(for: asked.keyNumber) : wallet.tokenCode
        #expect(try await wallet.offer(asked, factor, code) == "denied")
        #expect(try await wallet.look(asked.id).status == .declined)
    }

    @Test func `SCA-08: a block of the customer ends the question`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        try await wallet.gateway.issuer.block(customer: wallet.actor.id)
        #expect(try await wallet.look(asked.id).status == .declined)
        let code = try await refusalCode { _ = try await wallet.offer(asked, .codeToken, wallet.tokenCode) }
        #expect(code == .confirmationOver)
    }

    @Test func `SCA-09: a password answers no look-up, nobody's neither, and the question goes on`()
        async throws
    {
        let wallet = try await Wallet()
        for asked in [try await wallet.ask(), try await wallet.ask("findes-ikke")] {
            #expect(
                try await refusalCode {
                    _ = try await wallet.offer(asked, .password, Redacted(rightPassword))
                }
                    == .factorNotAvailable)
            #expect(
                try await refusalCode { _ = try await wallet.offer(asked, .keyCard, nil) }
                    == .parameterMissing)
            #expect(try await wallet.look(asked.id).status == .pending)
        }
    }

    @Test func `SCA-06: the right code with a card payment declines it and is not looked at`() async throws {
        let wallet = try await Wallet()
        let state = """
            SELECT number || coalesce(asked_at, '-') || coalesce(used_at, '-') FROM key_card_codes
            ORDER BY number
            """
        let before = try await wallet.stage.texts(state)
        let payment = try await wallet.stage.authorize(wallet.actor)
        let id = try #require(payment.confirmation?.id)
        for code in wallet.card.codes.prefix(1) {
            _ = try await wallet.gateway.offerFactor(
                id, FactorOffer(factor: .keyCard, code: Redacted(code.code)),
                by: .page(token: wallet.gateway.keys.pageToken(for: id)), identity: nil)
        }
        #expect(try await wallet.stage.load(payment.id).reason == .codeAppRequired)
        #expect(try await wallet.stage.texts(state) == before)
        #expect(try await wallet.stage.number("SELECT count(*) FROM failure_counts") == 0)
    }

    @Test func `SCA-22: the patient goes back from the page`() async throws {
        let wallet = try await Wallet()
        let asked = try await wallet.ask()
        let page = try await wallet.page(asked)
        #expect(page.money == nil)
        #expect(page.payee == wallet.pharmacy.merchant.name.text)
        #expect(page.matchCode == wallet.gateway.presenter.matchCode(asked.confirmation.id))
        let id = asked.confirmation.id
        let after = try await wallet.gateway.cancelFromPage(
            id, pageToken: wallet.gateway.keys.pageToken(for: id))
        #expect(after.status == .canceled)
        #expect(after.matchCode == nil)
        #expect(try await wallet.look(asked.id).status == .declined)
        #expect(try await wallet.gateway.pendingConfirmations(for: wallet.actor.app.id).isEmpty)
    }
}
