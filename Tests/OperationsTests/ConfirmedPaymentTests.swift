import Lifecycles
import Notation
import Operations
import Outbound
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct ConfirmedPaymentTests {
    @Test func `PAY-STATE, ACQ-PORT: a payment is asked, confirmed, approved, captured and refunded`()
        async throws
    {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor, amount: 24_900)
        #expect(asked.status == .requiresConfirmation)
        #expect(asked.confirmation?.status == .pending)

        let attempt = try await stage.answer(asked, by: actor.app, .approve)
        #expect(attempt.status == .approved)
        let approved = try await stage.settled(asked.id)
        #expect(approved.status == .approved)
        #expect(approved.captureBefore != nil)

        #expect(try await stage.capture(asked.id, 20_000).status == 200)
        let captured = try await stage.settled(asked.id)
        #expect(captured.status == .captured)
        #expect(try await stage.refund(asked.id, 5_000).status == 201)
        try await stage.quiet()

        let sums = try await stage.load(asked.id).lifecycle.sums
        #expect(sums == AuthorizationSums(authorized: 24_900, captured: 20_000, refunded: 5_000))
        let account = try await stage.account(of: asked.id)
        #expect(account.capturedMinor == 20_000)
        #expect(account.refundedMinor == 5_000)
        #expect(account.reversedMinor == 4_900)
        #expect(account.openMinor == 0)
        await stage.stop()
    }

    @Test func `PAY-CAPTURE: an automatic capture follows the approval by itself`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let captured = try await stage.approved(actor, amount: 1_000, capture: .automatic)
        #expect(captured.status == .captured)
        #expect(captured.lifecycle.sums.captured == 1_000)
        #expect(try await stage.account(of: captured.id).capturedMinor == 1_000)
        await stage.stop()
    }

    @Test func `PAY-DECLINE: the issuer's no carries its code, our reason and an advice`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer(card: "4000000000009995")
        let declined = try await stage.approved(actor)
        #expect(declined.decline == Decline(reason: .insufficientFunds, networkCode: .insufficientFunds))
        #expect(declined.reason?.entry.by == .issuer)
        #expect(declined.reason?.entry.advice == .useAnotherCard)
        #expect(try await stage.account(of: declined.id).openMinor == 0)
        await stage.stop()
    }

    @Test func `SCA-01: a statement holds every field, each as it was asked`() async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.isRunning = false
            $0.clock = clock
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor, amount: 24_900, reference: "1001")
        let pending = try await stage.gateway.pendingConfirmations(for: actor.app.id)
        let question = try #require(pending.first)
        let object = try #require(try JSON.parse(Array(question.statement.utf8)).object)
        let expected: [(String, JSON)] = [
            ("amount", 24_900), ("currency", "DKK"), ("merchant", "bogbixen"), ("payee", "BOGBIXEN"),
            ("order", "1001"), ("card", "visa ••4242"), ("authorization", .text(asked.id.text)),
            ("confirmation", .text(question.id.text)), ("customer", .text(actor.id.text)),
            ("device", .text(actor.app.id.text)), ("kind", "card_payment"), ("v", 1),
            ("issued_at", .text(clock.now().rfc3339)),
            ("expires_at", .text(clock.now().adding(seconds: 300).rfc3339)),
            ("effect", []), ("prescriptions", []), ("patient_initials", ""),
        ]
        for (name, value) in expected { #expect(object[name] == value, "\(name)") }
        #expect(object["nonce"]?.text.map { Base64URL.decode($0)?.count } == 16)
        let digest = Digest.sha256(try OrderDocument.json(asked.order).canonical())
        #expect(object["order_digest"] == .text(Base64URL.encode(digest)))
        #expect(Set(object.names) == Set(expected.map(\.0) + ["nonce", "order_digest"]))
        await stage.stop()
    }

    @Test func `SCA-04: the text that a device was shown stays the same, and is another for another device`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let second = try await stage.enrolDevice(of: actor.id)
        _ = try await stage.authorize(actor)
        let first = try await stage.gateway.pendingConfirmations(for: actor.app.id)
        #expect(try await stage.gateway.pendingConfirmations(for: actor.app.id) == first)
        let other = try await stage.gateway.pendingConfirmations(for: second.id)
        #expect(other.first?.id == first.first?.id)
        #expect(other.first?.statement != first.first?.statement)
        await stage.stop()
    }

    @Test(arguments: [
        ("4000000000000002", DeclineReason.doNotHonor), ("4000000000009995", .insufficientFunds),
        ("4000000000009987", .lostCard), ("4000000000009979", .stolenCard),
        ("4000000000000069", .expiredCard), ("4000000000000127", .incorrectCvc),
        ("4000000000000119", .processingError), ("4000000000007502", .partialApproval),
    ])
    func `PAY-TEST: the last four digits choose the issuer's answer`(
        card: String, reason: DeclineReason
    ) async throws {
        let stage = try Stage()
        let actor = try await stage.customer(card: card)
        #expect(try await stage.approved(actor).reason == reason)
        await stage.stop()
    }

    @Test(arguments: [
        "4242424242424242", "5555555555554444", "378282246310005", "5019717010103742",
        "4000000000007304", "4000000000007403",
    ])
    func `PAY-TEST: these cards are approved`(card: String) async throws {
        let stage = try Stage()
        let actor = try await stage.customer(card: card)
        #expect(try await stage.approved(actor).status == .approved)
        await stage.stop()
    }
}
