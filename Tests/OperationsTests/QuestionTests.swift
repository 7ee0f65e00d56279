import Lifecycles
import Operations
import Outbound
import Proofs
import Records
import Synchronization
import TestKit
import Testing
import Vocabulary

extension Merchant {
    /// The same shop under another name.
    func renamed(_ name: String) throws -> Merchant {
        Merchant(
            id: id, kind: kind, name: try DisplayName(name), gln: gln, isSuspended: isSuspended,
            currencies: currencies, limits: limits, origins: origins, keys: keys)
    }
}

@Suite struct QuestionTests {
    @Test func `SCA-03: a shop renamed between question and answer is not paid`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        let merchants = stage.gateway.merchants
        merchants.replace(with: [try stage.shop.merchant.renamed("Bogbixen Holding ApS")])
        let attempt = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        #expect(attempt.reason == .confirmationMismatch)
        #expect(try await stage.load(asked.id).reason == .confirmationMismatch)
        #expect(try await stage.trace(of: asked.id).contains("payee-unchanged"))
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }

    @Test func `SCA-03: a shop that left the book is not paid`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        stage.gateway.merchants.replace(with: [stage.otherShop.merchant])
        #expect(try await stage.answer(asked, by: actor.app, .approve).reason == .confirmationMismatch)
        await stage.stop()
    }

    @Test func `SCA-03: a newer request for the same order kills the question; the old answer is refused`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let first = try await stage.authorize(actor, amount: 100, reference: "1001")
        let id = try #require(first.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        let second = try await stage.authorize(actor, amount: 90_000, reference: "1001")
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        }
        #expect(code == .confirmationOver)
        #expect(try await stage.load(first.id).status == .canceled)
        #expect(try await stage.load(first.id).confirmation?.status == .superseded)
        #expect(try await stage.load(second.id).status == .requiresConfirmation)
        // Nor does the old signature do for the new question.
        let other = try #require(second.confirmation?.id)
        let crossed = try await refusalCode {
            _ = try await stage.gateway.answer(other, compact: compact, from: actor.app.id)
        }
        #expect(crossed == .answerMalformed)
        #expect(try await stage.load(second.id).status == .requiresConfirmation)
        await stage.stop()
    }

    @Test(arguments: [Factor.keyCard, .codeToken, .password])
    func `SCA-06, ACQ-SCA: another factor declines with code_app_required and reaches no bank`(
        factor: Factor
    ) async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        _ = try await stage.gateway.offerFactor(
            id, FactorOffer(factor: factor), by: .merchant(stage.shop), identity: stage.identity("attempts"))
        let declined = try await stage.load(asked.id)
        #expect(declined.reason == .codeAppRequired)
        #expect(declined.confirmation?.status == .denied)
        #expect(
            try await stage.texts("SELECT factor FROM factor_offers WHERE confirmation = ?", id.text)
                == [factor.rawValue])
        let trace = try await stage.trace(of: asked.id)
        #expect(trace.contains("code-app-only"))
        #expect(trace.contains(factor.rawValue))
        #expect(try stage.books().lines.isEmpty)
        let late = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        }
        #expect(late == .confirmationOver)
        await stage.stop()
    }

    @Test
    func
        `SCA-06: the page's own token may offer a factor, a wrong token may not, and the app is not offered`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        func offer(_ factor: Factor, by caller: PageCaller) async throws -> ErrorCode? {
            try await refusalCode {
                _ = try await stage.gateway.offerFactor(
                    id, FactorOffer(factor: factor), by: caller, identity: nil)
            }
        }
        #expect(try await offer(.keyCard, by: .page(token: "no such token")) == .pageTokenInvalid)
        #expect(try await offer(.keyCard, by: .merchant(stage.otherShop)) == .notFound)
        let token = stage.gateway.keys.pageToken(for: id)
        #expect(try await offer(.app, by: .page(token: token)) == .parameterInvalid)
        #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        #expect(try await offer(.keyCard, by: .page(token: token)) == nil)
        #expect(try await offer(.keyCard, by: .page(token: token)) == .confirmationOver)
        #expect(try await stage.load(asked.id).reason == .codeAppRequired)
        await stage.stop()
    }

    @Test func `SCA-06: the key card's next code is not consumed by the offer and still signs in`()
        async throws
    {
        let wallet = try await Wallet()
        let stage = wallet.stage
        let started = try await wallet.start()
        let state = """
            SELECT number || coalesce(asked_at, '-') || coalesce(used_at, '-') FROM key_card_codes
            ORDER BY number
            """
        let before = try await stage.texts(state)
        #expect(before.count == 148)
        let asked = try await stage.authorize(wallet.actor)
        let id = try #require(asked.confirmation?.id)
        _ = try await wallet.gateway.offerFactor(
            id, FactorOffer(factor: .keyCard), by: .merchant(stage.shop), identity: stage.identity("attempts")
        )
        #expect(try await stage.texts(state) == before)
        #expect(try await stage.number("SELECT count(*) FROM failure_counts") == 0)
        let progress = try await wallet.gateway.completeSignIn(
            started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
        guard case .session = progress else {
            Issue.record("the code no longer signs in: \(progress)")
            return
        }
        #expect(try await stage.number("SELECT count(*) FROM key_card_codes WHERE used_at IS NOT NULL") == 1)
        await stage.stop()
    }

    @Test func `SCA-08: three inner reasons, one and the same outside`() async throws {
        let stage = try Stage { $0.isRunning = false }
        var reasons: [DeclineReason] = []
        for (index, card) in ["4242424242424242", "5555555555554444", "4000000000000002"].enumerated() {
            let actor = try await stage.customer(card: card)
            let issuer = stage.gateway.issuer
            switch index {
            case 0: try await issuer.block(.app, of: actor.id)
            case 1: try await issuer.block(.password, of: actor.id)
            default: try await issuer.setCertificate(of: actor.id, isValid: false)
            }
            reasons.append(try #require(try await stage.authorize(actor).reason))
        }
        #expect(reasons == [.appBlocked, .customerBlocked, .certificateBlocked])
        #expect(Set(reasons.map(\.publicReason)) == ["authentication_unavailable"])
        #expect(Set(reasons.map(\.entry.message)).count == 1)
        #expect(Set(reasons.map(\.entry.advice)).count == 1)
        await stage.stop()
    }

    @Test(arguments: [true, false])
    func `SCA-12: 50 requests at once leave one question`(sameOrder: Bool) async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    _ = try await stage.authorize(
                        actor, reference: sameOrder ? "1001" : "1001-\(number)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await stage.number("SELECT count(*) FROM confirmations WHERE status = 'pending'") == 1)
        #expect(
            try await stage.number(
                "SELECT count(*) FROM authorizations WHERE status = 'requires_confirmation'") == 1)
        let others =
            sameOrder
            ? try await stage.number("SELECT count(*) FROM authorizations WHERE status = 'canceled'")
            : try await stage.number(
                "SELECT count(*) FROM authorizations WHERE decline_reason = 'confirmation_pending_elsewhere'")
        #expect(others == 49)
        await stage.stop()
    }

    @Test func `SCA-14: the fourth question without a success is not put; a success starts anew`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.settings = [.pushBudget: "3", .pushWindowSeconds: "600"]
            $0.clock = clock
        }
        let actor = try await stage.customer()
        func deny() async throws {
            let asked = try await stage.authorize(actor)
            #expect(asked.status == .requiresConfirmation)
            try await stage.answer(asked, by: actor.app, .deny)
            clock.advance(milliseconds: 1)
        }
        let start = clock.now()
        for _ in 0..<3 { try await deny() }
        #expect(try await stage.authorize(actor).reason == .pushBudgetSpent)
        // The first question leaves the window exactly 600 s after it was put.
        clock.set(start.adding(seconds: 600).adding(milliseconds: -1))
        #expect(try await stage.authorize(actor).reason == .pushBudgetSpent)
        clock.set(start.adding(seconds: 600))
        let fourth = try await stage.authorize(actor)
        #expect(fourth.status == .requiresConfirmation)
        try await stage.answer(fourth, by: actor.app, .approve)
        clock.advance(milliseconds: 1)
        for _ in 0..<3 { try await deny() }
        #expect(try await stage.authorize(actor).reason == .pushBudgetSpent)
        await stage.stop()
    }

    @Test func `SCA-15: a report stops all questions until its time is over`() async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.settings = [.reportBlockSeconds: "86400"]
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let reported = clock.now()
        #expect(try await stage.answer(asked, by: actor.app, .report).status == .reported)
        #expect(try await stage.load(asked.id).reason == .confirmationReported)
        #expect(try await stage.gateway.ledger.alerts(of: actor.id).map(\.kind).contains(.reported))
        #expect(try await stage.authorize(actor).reason?.publicReason == "authentication_unavailable")
        clock.set(reported.adding(seconds: 86_400).adding(milliseconds: -1))
        #expect(try await stage.authorize(actor).status == .declined)
        clock.set(reported.adding(seconds: 86_400))
        #expect(try await stage.authorize(actor).status == .requiresConfirmation)
        await stage.stop()
    }

    @Test func `SCA-15: the issuer may lift a report before its time`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        try await stage.answer(try await stage.authorize(actor), by: actor.app, .report)
        try await stage.gateway.issuer.unblock(customer: actor.id)
        #expect(try await stage.authorize(actor).status == .requiresConfirmation)
        await stage.stop()
    }

    @Test func `SCA-19: the result can be fetched again and again and stays the same`() async throws {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let actor = try await stage.customer()
        let approved = try await stage.approved(actor)
        let wait = WaitRequest(seconds: 1, knownVersion: nil)
        for _ in 0..<3 {
            let found = try await stage.gateway.authorization(approved.id, caller: stage.shop, wait: wait)
            #expect(found == approved)
            clock.advance(seconds: 450)
        }
        await stage.stop()
    }

    @Test func `SCA-20: looking twice at once is told to slow down, longer each time, and changes nothing`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        func look() async throws -> Refusal? {
            try await refusal {
                _ = try await stage.gateway.authorization(asked.id, caller: stage.shop, wait: nil)
            }
        }
        #expect(try await look() == nil)
        clock.advance(milliseconds: 999)
        let second = try await look()
        #expect(second?.code == .slowDown)
        let third = try await look()
        #expect(try #require(third?.retryAfterSeconds) > #require(second?.retryAfterSeconds))
        #expect(try await stage.load(asked.id) == asked)
        clock.advance(seconds: try #require(third?.retryAfterSeconds))
        #expect(try await look() == nil)
        clock.advance(seconds: 1)
        #expect(try await look() == nil)
        await stage.stop()
    }

    @Test func `SCA-22: what the shop cancels is gone from the app, and an answer comes too late`()
        async throws
    {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        #expect(try await stage.cancel(asked.id).status == 200)
        #expect(try await stage.gateway.pendingConfirmations(for: actor.app.id).isEmpty)
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        }
        #expect(code == .confirmationOver)
        #expect(try await stage.load(asked.id).status == .canceled)
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }

    @Test func `SCA-22: the shop's customer goes back from the page`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let token = stage.gateway.keys.pageToken(for: id)
        let view = try await stage.gateway.confirmationPage(id, pageToken: token, wait: nil)
        #expect(view.matchCode == stage.gateway.presenter.matchCode(id))
        #expect(view.money == asked.money)
        let after = try await stage.gateway.cancelFromPage(id, pageToken: token)
        #expect(after.status == .canceled)
        #expect(after.matchCode == nil)
        #expect(try await stage.load(asked.id).status == .canceled)
        await stage.stop()
    }
}
