import GRDB
import Lifecycles
import Operations
import Outbound
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct ExemptionTests {
    @Test func `SCA-26: no key of the configuration skips the confirmation`() {
        let forbidden = [
            "exempt", "skip", "frictionless", "challenge", "sca", "match", "require", "bypass", "synchronous",
        ]
        for key in SettingKey.allCases {
            #expect(!forbidden.contains { key.rawValue.contains($0) }, "\(key.rawValue)")
        }
        // The keys that touch the confirmation at all, and how far they go.
        let touching = SettingKey.allCases.filter {
            $0.rawValue.hasPrefix("confirmation.") || $0.rawValue.hasPrefix("push.")
        }
        #expect(
            touching == [.confirmationSeconds, .wrongAnswers, .pushBudget, .pushWindowSeconds])
        for key in touching {
            guard case .number(_, let test, let live) = key.shape else {
                Issue.record("\(key.rawValue) takes no number")
                continue
            }
            #expect(test.lowerBound >= 1 && live.lowerBound >= 1)
        }
    }

    @Test func `SCA-26: without an answer no amount, currency, mode or note leads past the question`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let notes = ["exemption", "sca", "godkend_test", "low_value", "moto", "three_d_secure"]
        for (index, amount) in [Int64(1), 2_999, 9_999_999].enumerated() {
            for capture in CaptureMode.allCases {
                let actor = try await stage.customer(
                    card: try cardNumber(index * 2 + (capture == .manual ? 0 : 1)))
                let asked = try await stage.authorize(
                    actor, amount: amount, capture: capture,
                    metadata: notes.map { Metadata(name: $0, value: "true") })
                #expect(asked.status == .requiresConfirmation)
            }
        }
        clock.advance(seconds: 300)
        try await stage.until {
            try await stage.number("SELECT count(*) FROM authorizations WHERE status = 'declined'") == 6
        }
        #expect(try await stage.number("SELECT count(*) FROM intents") == 0)
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }

    @Test func `SCA-26: the schema itself refuses an approval without a signed answer`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        for (status, rule) in [
            ("processing", "no approval without a signed answer"),
            ("approved", "no approval without a signed answer"), ("captured", "no such change of state"),
        ] {
            let refusal = await #expect(throws: DatabaseError.self) {
                try await stage.gateway.ledger.submit(ForcedStatus(id: asked.id, status: status))
            }
            #expect(refusal?.message == rule, "\(status)")
        }
        #expect(try await stage.load(asked.id).status == .requiresConfirmation)
        await stage.stop()
    }
}
