import Lifecycles
import Operations
import Outbound
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct MoneyTests {
    @Test func `PAY-CAPTURE: several captures, the rest released with the final one`() async throws {
        let stage = try Stage()
        let approved = try await stage.approved(try await stage.customer(), amount: 10_000)
        _ = try await stage.capture(approved.id, 3_000, isFinal: false)
        #expect(try await stage.load(approved.id).status == .approved)
        _ = try await stage.capture(approved.id, 2_000, isFinal: true)
        #expect(try await stage.load(approved.id).status == .captured)
        try await stage.quiet()
        let account = try await stage.account(of: approved.id)
        #expect(account.capturedMinor == 5_000)
        #expect(account.reversedMinor == 5_000)
        let code = try await refusalCode { _ = try await stage.capture(approved.id, 1) }
        #expect(code == .authorizationNotCapturable)
        await stage.stop()
    }

    @Test func `PAY-CAPTURE: a minor unit above what is left is refused, what is left is not`() async throws {
        let stage = try Stage()
        let approved = try await stage.approved(try await stage.customer(), amount: 10_000)
        _ = try await stage.capture(approved.id, 4_000, isFinal: false)
        let refused = try await refusal { _ = try await stage.capture(approved.id, 6_001, isFinal: false) }
        #expect(refused?.code == .captureAboveAuthorized)
        #expect(refused?.parameter == "amount")
        #expect(try await stage.capture(approved.id, 6_000, isFinal: false).status == 200)
        #expect(try await stage.load(approved.id).status == .captured)
        await stage.stop()
    }

    @Test func `PAY-CAPTURE, REL-03: a hundred captures at once never take more than was authorized`()
        async throws
    {
        let stage = try Stage()
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        let taken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask { (try? await stage.capture(approved.id, 30, isFinal: false)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try await stage.quiet()
        #expect(taken == 33)
        #expect(try await stage.load(approved.id).lifecycle.sums.captured == 990)
        #expect(try await stage.account(of: approved.id).capturedMinor == 990)
        #expect(try stage.books().violations.isEmpty)
        await stage.stop()
    }

    @Test func `PAY-CAPTURE: while a final capture is open, another is told to wait, and so is a cancel`()
        async throws
    {
        let line = Line()
        line.hold(.beforeSend, .capture)
        let stage = try Stage { $0.fault = line.fault }
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        let first = Task { try await stage.capture(approved.id, 400) }
        try await stage.until { line.seen(.beforeSend, .capture) == 1 }
        #expect(try await refusalCode { _ = try await stage.capture(approved.id, 100) } == .captureOpen)
        #expect(try await refusalCode { _ = try await stage.cancel(approved.id) } == .captureOpen)
        line.release(.beforeSend, .capture)
        #expect(try await first.value.status == 200)
        #expect(try await stage.load(approved.id).status == .captured)
        await stage.stop()
    }

    @Test func `PAY-CAPTURE: a capture that the bank refuses leaves the approval, and the key free`()
        async throws
    {
        let stage = try Stage { $0.acquirer = RefusingAcquirer(isRefund: false) }
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        let code = try await refusalCode { _ = try await stage.capture(approved.id, 400, key: "k") }
        #expect(code == .captureRefused)
        let after = try await stage.load(approved.id)
        #expect(after.status == .approved)
        #expect(after.lifecycle.sums == AuthorizationSums(authorized: 1_000))
        #expect(try await stage.number("SELECT count(*) FROM stored_answers WHERE key = 'k'") == 0)
        await stage.stop()
    }

    @Test func `PAY-REFUND: a refund that the bank refuses has failed, and its amount is free again`()
        async throws
    {
        let stage = try Stage { $0.acquirer = RefusingAcquirer(isRefund: true) }
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        _ = try await stage.capture(approved.id)
        let answered = try await stage.refund(approved.id, 400)
        #expect(String(decoding: answered.body, as: UTF8.self).hasSuffix("failed"))
        #expect(try await stage.load(approved.id).lifecycle.sums.refundable == 1_000)
        await stage.stop()
    }

    @Test func `PAY-CANCEL: nothing captured is canceled, a part captured is kept and the rest released`()
        async throws
    {
        let stage = try Stage()
        let whole = try await stage.approved(try await stage.customer(), amount: 1_000)
        _ = try await stage.cancel(whole.id)
        #expect(try await stage.load(whole.id).status == .canceled)
        let part = try await stage.approved(try await stage.customer(card: "5555555555554444"), amount: 1_000)
        _ = try await stage.capture(part.id, 250, isFinal: false)
        _ = try await stage.cancel(part.id)
        #expect(try await stage.load(part.id).status == .captured)
        try await stage.quiet()
        #expect(try await stage.account(of: whole.id).reversedMinor == 1_000)
        let account = try await stage.account(of: part.id)
        #expect(account.capturedMinor == 250)
        #expect(account.reversedMinor == 750)
        #expect(
            try await refusalCode { _ = try await stage.cancel(whole.id) } == .authorizationNotCancelable)
        await stage.stop()
    }

    @Test func `PAY-CANCEL: what the bank is being asked cannot be canceled`() async throws {
        let line = Line()
        line.hold(.beforeSend, .authorize)
        let stage = try Stage { $0.fault = line.fault }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .approve)
        let code = try await refusalCode { _ = try await stage.cancel(asked.id) }
        #expect(code == .authorizationNotCancelable)
        line.release(.beforeSend, .authorize)
        #expect(try await stage.settled(asked.id).status == .approved)
        await stage.stop()
    }

    /// A thousand tries at once: on one payment, where most come too late, and on ten side by side. Each
    /// refund commits to all rows of its payment, so what a payment costs grows with the square of its
    /// refunds: ten times a hundred tries ask as much of the writer's order in less time.
    @Test(arguments: [(payments: 1, refundsEach: 100), (payments: 10, refundsEach: 70)])
    func `PAY-REFUND, REL-03: a thousand refunds at once, and each sum is exact`(
        payments: Int, refundsEach: Int
    ) async throws {
        let stage = try Stage { $0.settings = [.acquirerTimeoutSeconds: "60"] }
        let triesEach = 1_000 / payments
        var ids: [AuthorizationID] = []
        for number in 0..<payments {
            let actor = try await stage.customer(card: try cardNumber(number))
            let approved = try await stage.approved(actor, amount: Int64(refundsEach * 7 + 3))
            _ = try await stage.capture(approved.id)
            ids.append(approved.id)
        }
        let given = await withTaskGroup(of: AuthorizationID?.self) { group in
            // In turn, so that the payments meet in the writer's batches.
            for id in Array(repeating: ids, count: triesEach).flatMap(\.self) {
                group.addTask { (try? await stage.refund(id, 7)) != nil ? id : nil }
            }
            return await group.reduce(into: [AuthorizationID: Int]()) { sums, id in
                if let id { sums[id, default: 0] += 1 }
            }
        }
        try await stage.quiet()
        for id in ids {
            #expect(given[id] == refundsEach)
            let sums = try await stage.load(id).lifecycle.sums
            #expect(sums.refunded == Int64(refundsEach * 7))
            #expect(sums.refunding == 0)
            #expect(sums.refundable == 3)
            #expect(try await stage.account(of: id).refundedMinor == Int64(refundsEach * 7))
            let rows = "SELECT count(*) FROM refunds WHERE authorization = ?"
            #expect(try await stage.number(rows, id.text) == refundsEach)
            #expect(try await stage.number(rows + " AND status = 'succeeded'", id.text) == refundsEach)
            let code = try await refusalCode { _ = try await stage.refund(id, 4) }
            #expect(code == .refundAboveCaptured)
        }
        #expect(try stage.books().violations.isEmpty)
        await stage.stop()
    }

    @Test func `PAY-REFUND: refunds stand in a list, newest first, and belong to their shop`() async throws {
        let stage = try Stage()
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        _ = try await stage.capture(approved.id)
        for amount in 1...5 { _ = try await stage.refund(approved.id, Int64(amount)) }
        let first = try await stage.gateway.refunds(
            of: approved.id, page: PageRequest(limit: 3), caller: stage.shop)
        #expect(first.items.map(\.money.amountMinor) == [5, 4, 3])
        #expect(first.hasMore)
        let rest = try await stage.gateway.refunds(
            of: approved.id, page: PageRequest(limit: 3, startingAfter: first.items.last?.id.text),
            caller: stage.shop)
        #expect(rest.items.map(\.money.amountMinor) == [2, 1])
        #expect(!rest.hasMore)
        let foreign = try await refusalCode {
            _ = try await stage.gateway.refunds(
                of: approved.id, page: PageRequest(), caller: stage.otherShop)
        }
        #expect(foreign == .notFound)
        await stage.stop()
    }

    @Test(arguments: [Int64(-1), 0, 1], [true, false])
    func `PAY-EXPIRE: an approval that nobody captures runs out, swept or not`(
        offset: Int64, isSwept: Bool
    ) async throws {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let approved = try await stage.approved(try await stage.customer())
        let before = try #require(approved.captureBefore)
        #expect(before == clock.now().adding(seconds: 7 * 86_400))
        await stage.stop()

        let later = try Stage {
            $0.clock = clock
            $0.folder = stage.folder
            $0.seed = 2
            $0.isRunning = false
        }
        clock.set(before.adding(milliseconds: offset))
        if isSwept { _ = try await later.gateway.ledger.submit(Sweep(keepAnswersDays: 31)) }
        let wait = WaitRequest(seconds: 1, knownVersion: nil)
        if offset < 0 {
            let found = try await later.gateway.authorization(approved.id, caller: later.shop, wait: wait)
            #expect(found == approved)
        } else {
            // The capture is refused first, before anybody looked: it must not find the approval still
            // standing.
            let code = try await refusalCode { _ = try await later.capture(approved.id) }
            #expect(code == .authorizationNotCapturable)
            let found = try await later.gateway.authorization(approved.id, caller: later.shop, wait: wait)
            #expect(found.status == .expired)
            let canceled = try await refusalCode { _ = try await later.cancel(approved.id) }
            #expect(canceled == .authorizationNotCancelable)
            #expect(
                try await later.texts("SELECT kind FROM intents WHERE status = 'open'") == ["reversal"])
        }
        await later.stop()
    }

    @Test(arguments: [true, false])
    func `PAY-EXPIRE: a question that ran out reads the same by every road, swept or not`(
        isSwept: Bool
    ) async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor, reference: "1001")
        let confirmation = try #require(asked.confirmation)
        let token = stage.gateway.keys.pageToken(for: confirmation.id)
        clock.set(confirmation.expiresAt)
        if isSwept { _ = try await stage.gateway.ledger.submit(Sweep(keepAnswersDays: 31)) }
        #expect(
            try await refusalCode { _ = try await stage.cancel(asked.id) } == .authorizationNotCancelable)
        let back = try await refusalCode {
            _ = try await stage.gateway.cancelFromPage(confirmation.id, pageToken: token)
        }
        #expect(back == .authorizationNotCancelable)
        let offered = try await refusalCode {
            _ = try await stage.gateway.offerFactor(
                confirmation.id, FactorOffer(factor: .keyCard), by: .page(token: token), identity: nil)
        }
        #expect(offered == .confirmationOver)
        let view = try await stage.gateway.confirmationPage(confirmation.id, pageToken: token, wait: nil)
        #expect(view.status == .expired)
        let page = try await stage.gateway.authorizations(
            AuthorizationQuery(status: .declined), caller: stage.shop)
        #expect(page.items.map(\.reason) == [.confirmationExpired])
        // The order can be asked for again.
        #expect(try await stage.authorize(actor, reference: "1001").status == .requiresConfirmation)
        await stage.stop()
    }

    @Test func `PAY-EXPIRE: a part captured before the end is kept, the rest released`() async throws {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        _ = try await stage.capture(approved.id, 300, isFinal: false)
        clock.set(try #require(approved.captureBefore))
        let wait = WaitRequest(seconds: 1, knownVersion: nil)
        let found = try await stage.gateway.authorization(approved.id, caller: stage.shop, wait: wait)
        #expect(found.status == .captured)
        try await stage.quiet()
        #expect(try await stage.account(of: approved.id).reversedMinor == 700)
        await stage.stop()
    }

    @Test func `PAY-EXPIRE: the days stand by brand`() async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.settings = [.authorizationDaysMastercard: "3"]
        }
        let visa = try await stage.approved(try await stage.customer())
        let master = try await stage.approved(try await stage.customer(card: "5555555555554444"))
        #expect(visa.captureBefore == clock.now().adding(seconds: 7 * 86_400))
        #expect(master.captureBefore == clock.now().adding(seconds: 3 * 86_400))
        await stage.stop()
    }
}

/// A bank that approves and then refuses to capture, or to give back.
struct RefusingAcquirer: Acquirer {
    let isRefund: Bool
    let lateAnswers: AsyncStream<LateAnswer> = AsyncStream { $0.finish() }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        .answered(.approved(approvedMinor: call.money.amountMinor, approvalCode: "123456"))
    }

    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        .answered(isRefund ? .accepted : .refused(.doNotHonor))
    }

    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        .answered(isRefund ? .refused(.doNotHonor) : .accepted)
    }

    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .answered(.accepted) }
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> { .answered(.neverSeen) }
}
