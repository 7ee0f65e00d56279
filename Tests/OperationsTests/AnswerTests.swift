import Lifecycles
import Notation
import Operations
import Outbound
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct AnswerTests {
    @Test func `SCA-13: one wrong number ends it, the right one afterwards is refused`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let right = try await stage.signed(id, by: actor.app, .approve)
        let wrong = stage.gateway.presenter.matchCode(id).wrong
        #expect(try await stage.answer(asked, by: actor.app, .approve, code: wrong).reason == .matchCodeWrong)
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: right, from: actor.app.id)
        }
        #expect(code == .confirmationOver)
        #expect(try await stage.load(asked.id).reason == .matchCodeWrong)
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }

    @Test func `SCA-10: five wrong numbers in a row rest the app, and say so only inside`() async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        for _ in 0..<5 {
            let asked = try await stage.authorize(actor)
            let id = try #require(asked.confirmation?.id)
            try await stage.answer(
                asked, by: actor.app, .approve, code: stage.gateway.presenter.matchCode(id).wrong)
            clock.advance(seconds: 1)
        }
        let refused = try await stage.authorize(actor)
        #expect(refused.reason == .tooManyAttempts)
        #expect(refused.reason?.publicReason == "authentication_unavailable")
        await stage.stop()
    }

    /// The four ways to come too late or just in time, each with and without somebody who sweeps.
    @Test(arguments: [Int64(-1), 0, 1], [true, false])
    func `SCA-16: an answer at the end of its time is refused, swept or not`(
        offset: Int64, isSwept: Bool
    ) async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let confirmation = try #require(asked.confirmation)
        #expect(confirmation.expiresAt == clock.now().adding(seconds: 300))
        let compact = try await stage.signed(confirmation.id, by: actor.app, .approve)
        clock.set(confirmation.expiresAt.adding(milliseconds: offset))
        if isSwept { _ = try await stage.gateway.ledger.submit(Sweep(keepAnswersDays: 31)) }
        let refused = try await refusal {
            _ = try await stage.gateway.answer(confirmation.id, compact: compact, from: actor.app.id)
        }
        let wait = WaitRequest(seconds: 1, knownVersion: nil)
        let found = try await stage.gateway.authorization(asked.id, caller: stage.shop, wait: wait)
        if offset < 0 {
            #expect(refused == nil)
            #expect(found.status == .processing)
        } else {
            #expect(refused?.code == .confirmationOver)
            #expect(refused?.detail == "The confirmation is over: expired.")
            #expect(found.reason == .confirmationExpired)
            #expect(found.confirmation?.status == .expired)
        }
        await stage.stop()
    }

    @Test func `SCA-17: the same answer again gives the first result and no second effect`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        let first = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        let approved = try await stage.settled(asked.id)
        for _ in 0..<3 {
            #expect(try await stage.gateway.answer(id, compact: compact, from: actor.app.id) == first)
        }
        #expect(try await stage.load(asked.id) == approved)
        #expect(try stage.books().lines.count == 1)
        #expect(try await stage.number("SELECT count(*) FROM answers") == 1)
        await stage.stop()
    }

    @Test func `SCA-17: an answer for another pending question is refused`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let other = try await stage.customer(card: "5555555555554444")
        let mine = try await stage.authorize(actor)
        let theirs = try await stage.authorize(other)
        let id = try #require(mine.confirmation?.id)
        let foreign = try #require(theirs.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        let crossed = try await refusalCode {
            _ = try await stage.gateway.answer(foreign, compact: compact, from: actor.app.id)
        }
        #expect(crossed == .answerMalformed)
        let borrowed = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: other.app.id)
        }
        #expect(borrowed == .answerMalformed)
        for asked in [mine, theirs] {
            #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        }
        await stage.stop()
    }

    @Test func `SCA-18: approve and deny race a hundred times, and one wins each time`() async throws {
        let stage = try Stage { $0.isRunning = false }
        var approvals = 0
        for number in 0..<100 {
            let actor = try await stage.customer(card: try cardNumber(number))
            let asked = try await stage.authorize(actor)
            let id = try #require(asked.confirmation?.id)
            let compacts = [
                try await stage.signed(id, by: actor.app, .approve),
                try await stage.signed(id, by: actor.app, .deny),
            ]
            let winners = await withTaskGroup(of: FactorAttempt?.self) { group in
                for compact in number.isMultiple(of: 2) ? compacts : compacts.reversed() {
                    group.addTask {
                        try? await stage.gateway.answer(id, compact: compact, from: actor.app.id)
                    }
                }
                return await group.reduce(into: [FactorAttempt]()) { if let won = $1 { $0.append(won) } }
            }
            #expect(winners.count == 1)
            let after = try await stage.load(asked.id)
            #expect(after.status == (winners.first?.status == .approved ? .processing : .declined))
            #expect(after.confirmation?.status == winners.first?.status)
            if after.status == .processing { approvals += 1 }
        }
        #expect(try await stage.number("SELECT count(*) FROM answers") == 100)
        #expect(try await stage.number("SELECT count(*) FROM intents") == approvals)
        await stage.stop()
    }

    @Test
    func `SCA-24: a device revoked between question and answer is refused, though its signature is good`()
        async throws
    {
        let stage = try Stage()
        let actor = try await stage.customer()
        let lost = try await stage.enrolDevice(of: actor.id)
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: lost, .approve)
        _ = try await stage.gateway.ledger.submit(
            BlockFactor(customer: actor.id, kind: .app, device: lost.id, by: .customer))
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: lost.id)
        }
        #expect(code == .deviceBlocked)
        #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        // The customer's other telephone still can.
        #expect(try await stage.answer(asked, by: actor.app, .approve).status == .approved)
        await stage.stop()
    }

    @Test func `SCA-24: a device revoked while the bank is asked pays nothing, and the money comes free`()
        async throws
    {
        let line = Line()
        line.hold(.afterBooking, .authorize)
        let stage = try Stage { $0.fault = line.fault }
        let actor = try await stage.customer()
        let lost = try await stage.enrolDevice(of: actor.id)
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: lost, .approve)
        try await stage.until { line.seen(.afterBooking, .authorize) == 1 }
        _ = try await stage.gateway.ledger.submit(
            BlockFactor(customer: actor.id, kind: .app, device: lost.id, by: .customer))
        line.release(.afterBooking, .authorize)
        let declined = try await stage.settled(asked.id)
        #expect(declined.reason == .appBlocked)
        try await stage.quiet()
        let account = try await stage.account(of: asked.id)
        #expect(account.approvedMinor == 24_900)
        #expect(account.openMinor == 0)
        await stage.stop()
    }

    @Test(arguments: [-86_400, 86_400])
    func `SCA-25: a telephone whose clock is a day off confirms all the same`(seconds: Int) async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        // The proof of a request carries the server's nonce and no time of the device's own.
        let gateway = stage.gateway
        let proof = try DeviceProof.sign(
            device: actor.app.id, method: "GET", target: "http://127.0.0.1:8080/app/v1/confirmations",
            jti: "jti-\(clock.now().adding(seconds: seconds).milliseconds)",
            nonce: gateway.freshDeviceNonce(), key: actor.app.key)
        let device = try await gateway.authenticateDevice(
            authorization: "Device " + proof, method: "GET", path: "/app/v1/confirmations")
        let pending = try await gateway.pendingConfirmations(for: device)
        let question = try #require(pending.first)
        #expect(try Statement(canonical: Array(question.statement.utf8)).issuedAt == clock.now())
        #expect(try await stage.answer(asked, by: actor.app, .approve).status == .approved)
        #expect(question.id == id)
        await stage.stop()
    }

    @Test func `SCA-25: an answer that carries the device's own time is refused, whatever it says`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let pending = try await stage.gateway.pendingConfirmations(for: actor.app.id)
        let statement = try #require(pending.first).statement
        let later = statement.replacing(
            try #require(asked.confirmation).expiresAt.rfc3339,
            with: try #require(asked.confirmation).expiresAt.adding(seconds: 86_400).rfc3339)
        let compact = try AnswerDraft.sign(
            statement: Array(later.utf8), verdict: .approve, verifiedBy: .pin,
            matchCode: stage.gateway.presenter.matchCode(id), device: actor.app.id, key: actor.app.key)
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        }
        #expect(code == .answerMalformed)
        #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        await stage.stop()
    }

    @Test
    func `SCA-30: a receipt is checked with the published key alone, and the certificate's status is kept`()
        async throws
    {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let early = try await refusalCode {
            _ = try await stage.gateway.receipt(of: asked.id, caller: stage.shop)
        }
        #expect(early == .receiptNotReady)
        try await stage.answer(asked, by: actor.app, .approve)
        let approved = try await stage.settled(asked.id)
        let compact = try await stage.gateway.receipt(of: asked.id, caller: stage.shop)
        let receipt = try Receipt.verify(compact, keys: stage.gateway.jwks())
        #expect(receipt.status == "approved")
        #expect(receipt.money == asked.money)
        #expect(receipt.factor == .app)
        #expect(receipt.verifiedBy == .pin)
        #expect(receipt.leaf == approved.decisions.last?.leaf)
        #expect(receipt.customer != actor.id.text)
        #expect(try await stage.texts("SELECT certificate FROM answers") == ["valid"])
        let forged = compact.replacing(".", with: ".A", maxReplacements: 1)
        #expect(throws: ProofRefusal.self) { try Receipt.verify(forged, keys: stage.gateway.jwks()) }
        let foreign = try await refusalCode {
            _ = try await stage.gateway.receipt(of: asked.id, caller: stage.otherShop)
        }
        #expect(foreign == .notFound)
        await stage.stop()
    }

    @Test func `SCA-34: no other signed object of the system passes for an answer`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let answer = try await stage.signed(id, by: actor.app, .approve)
        let payload = try #require(
            Base64URL.decode(String(answer.split(separator: ".")[1])))
        for type in SignedObjectType.allCases where type != .answer {
            let disguised = try actor.app.key.sign(
                type: type, header: [("kid", .text(actor.app.id.text))], payload: payload)
            let code = try await refusalCode {
                _ = try await stage.gateway.answer(id, compact: disguised, from: actor.app.id)
            }
            #expect(code == .answerMalformed, "\(type.rawValue)")
        }
        let others = [
            try DeviceProof.sign(
                device: actor.app.id, method: "POST", target: "http://127.0.0.1:8080/", jti: "1", nonce: "",
                key: actor.app.key),
            try EnrolmentProof.sign(userID: "kunde", activationCode: "x", name: "y", key: actor.app.key),
        ]
        for other in others {
            let code = try await refusalCode {
                _ = try await stage.gateway.answer(id, compact: other, from: actor.app.id)
            }
            #expect(code == .answerMalformed)
        }
        #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        // And an answer passes for nothing else.
        #expect(throws: ProofRefusal.self) { try Receipt.verify(answer, keys: stage.gateway.jwks()) }
        #expect(throws: ProofRefusal.self) { try EnrolmentProof.verify(answer) }
        #expect(throws: ProofRefusal.self) { try DeviceProof.Unverified(answer) }
        await stage.stop()
    }

    @Test func `SCA-34: a receipt does not pass for an answer`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let approved = try await stage.approved(actor)
        let receipt = try await stage.gateway.receipt(of: approved.id, caller: stage.shop)
        let id = try #require(approved.confirmation?.id)
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: receipt, from: actor.app.id)
        }
        #expect(code == .answerMalformed)
        await stage.stop()
    }
}
