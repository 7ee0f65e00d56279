import Lifecycles
import Outbound
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@testable import Operations

/// How long a card verification code is kept in memory: until the bank has answered, or will never be asked,
/// and not a moment longer (PAN-2).
@Suite struct VerificationCodeTests {
    /// How a payment ends, or why the bank is not asked.
    enum End: String, CaseIterable, Sendable {
        case bankApproves, bankDeclines, bankSilent, denied, reported, wrongNumber, canceledByShop
        case canceledOnPage, factorOffered, superseded, customerBlocked, certificateBlocked, appBlocked
        case expired, declinedAtOnce
    }

    @Test(arguments: End.allCases)
    func `PAN-2: the code is forgotten when the bank has answered or will not be asked`(end: End) async throws
    {
        let payment = try await CodePayment(end)
        if end != .declinedAtOnce { #expect(payment.isKept, "it is kept as long as it may be needed") }
        try await payment.bring()
        try await payment.stage.until { !payment.isKept }
        await payment.stage.stop()
    }

    @Test func `PAN-2: the bank's answer ends the code, though the disk cannot write the answer down yet`()
        async throws
    {
        let folder = try TemporaryFolder()
        let disk = FaultyDisk(folder: folder.path)
        let line = Line()
        let stage = try Stage {
            $0.folder = folder
            $0.fault = line.fault
        }
        let actor = try await stage.customer()
        let request = try await stage.request(actor, reference: "1001")
        let asked = try await stage.load(
            try Stage.id(
                in: try await stage.gateway.authorize(
                    request, caller: stage.shop, identity: stage.identity("authorize"))))
        let isKept = {
            stage.gateway.verificationCodes.code(for: request.card, at: asked.createdAt) != nil
        }
        line.hold(.beforeSend, .authorize)
        try await stage.answer(asked, by: actor.app, .approve)
        try await stage.until { line.seen(.beforeSend, .authorize) == 1 }
        disk.fail(.write, of: .log, forever: true, with: .write)
        #expect(isKept())
        line.release(.beforeSend, .authorize)
        try await stage.until { !isKept() }
        try await stage.until { await !stage.gateway.health().isReady }
        disk.heal()
        try await stage.until { (try? await stage.load(asked.id).status) == .approved }
        await stage.stop()
    }

    @Test(arguments: [Int64(-1), 0])
    func `PAN-2: a code that no payment came for goes with its token's time`(offset: Int64) async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let token = try await stage.token(of: actor)
        // The token may be used for a quarter of an hour; then come the question and the bank.
        clock.advance(milliseconds: Int64(900 + 300 + 60) * 1_000 + offset)
        let codes = stage.gateway.verificationCodes
        codes.forgetAll(before: clock.now())
        #expect((codes.code(for: token, at: clock.now()) != nil) == (offset < 0))
        clock.advance(seconds: -2_000)
        #expect((codes.code(for: token, at: clock.now()) != nil) == (offset < 0), "it is gone, not hidden")
        await stage.stop()
    }

    @Test func `PAN-2: a code is not kept for a saved card, nor for a repeated request`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let codes = stage.gateway.verificationCodes
        for isReusable in [false, true] {
            let request = TokenizeRequest(
                card: actor.card, expiry: actor.expiry,
                verificationCode: CardVerificationCode("123", brand: actor.card.brand),
                isReusable: isReusable)
            let identity = stage.identity("tokens", key: "same-\(isReusable)")
            let first = try await stage.gateway.tokenizeCard(
                request, caller: stage.shop, identity: identity)
            let token: CardTokenID = try Stage.id(in: first)
            #expect((codes.code(for: token, at: stage.clock.now()) != nil) == !isReusable)
            codes.forget(token)
            let again = try await stage.gateway.tokenizeCard(
                request, caller: stage.shop, identity: identity)
            #expect(again.isReplay)
            #expect(codes.code(for: token, at: stage.clock.now()) == nil)
        }
        await stage.stop()
    }
}

/// A payment with a verification code that waits for its customer.
private struct CodePayment {
    let stage: Stage
    private let end: VerificationCodeTests.End
    private let clock: ManualClock
    private let line = Line()
    private let actor: Actor
    private let token: CardTokenID
    private let asked: Authorization

    init(_ end: VerificationCodeTests.End) async throws {
        self.end = end
        let clock = ManualClock()
        self.clock = clock
        let fault = line.fault
        stage = try Stage {
            $0.clock = clock
            $0.fault = fault
            if end == .bankSilent { $0.settings = [.acquirerTimeoutSeconds: "1"] }
        }
        let card: [VerificationCodeTests.End: String] = [
            .bankDeclines: "4000000000000002", .bankSilent: "4000000000007106",
        ]
        actor = try await stage.customer(card: card[end] ?? "4242424242424242")
        if end == .declinedAtOnce { try await stage.gateway.issuer.block(customer: actor.id) }
        let request = try await stage.request(actor, reference: "1001")
        token = request.card
        let answered = try await stage.gateway.authorize(
            request, caller: stage.shop, identity: stage.identity("authorize"))
        asked = try await stage.load(try Stage.id(in: answered))
    }

    /// Looked for at the payment's own moment: a time that is over would hide a code that is still there.
    var isKept: Bool {
        stage.gateway.verificationCodes.code(for: token, at: asked.createdAt) != nil
    }

    func bring() async throws {
        let gateway = stage.gateway
        let issuer = gateway.issuer
        let question = asked.confirmation?.id
        switch end {
        case .bankApproves, .bankDeclines: try await askBank()
        case .bankSilent:
            try await askBank()
            #expect(isKept)
            clock.advance(seconds: 1)
        case .denied: try await stage.answer(asked, by: actor.app, .deny)
        case .reported: try await stage.answer(asked, by: actor.app, .report)
        case .wrongNumber:
            let wrong = gateway.presenter.matchCode(try #require(question)).wrong
            try await stage.answer(asked, by: actor.app, .approve, code: wrong)
        case .canceledByShop: _ = try await stage.cancel(asked.id)
        case .canceledOnPage:
            let id = try #require(question)
            _ = try await gateway.cancelFromPage(id, pageToken: gateway.keys.pageToken(for: id))
        case .factorOffered:
            let id = try #require(question)
            _ = try await gateway.offerFactor(
                id, FactorOffer(factor: .keyCard), by: .page(token: gateway.keys.pageToken(for: id)),
                identity: nil)
        case .superseded: _ = try await stage.authorize(actor, reference: "1001")
        case .customerBlocked: try await issuer.block(customer: actor.id)
        case .certificateBlocked: try await issuer.setCertificate(of: actor.id, isValid: false)
        case .appBlocked: try await issuer.block(.app, of: actor.id)
        case .expired: clock.advance(seconds: 300)
        case .declinedAtOnce: break
        }
    }

    /// The customer says yes; the code is kept until the bank is through with it.
    private func askBank() async throws {
        line.hold(.beforeSend, .authorize)
        try await stage.answer(asked, by: actor.app, .approve)
        try await stage.until { line.seen(.beforeSend, .authorize) == 1 }
        #expect(isKept)
        line.release(.beforeSend, .authorize)
    }
}
