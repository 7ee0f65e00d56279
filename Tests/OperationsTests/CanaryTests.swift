import Foundation
import Lifecycles
import Operations
import Outbound
import TestKit
import Testing
import Vocabulary

@Suite struct CanaryTests {
    @Test func `PAN-2, PAN-3: no card number, code or CVC stands in any file of the state folder`()
        async throws
    {
        let line = Line()
        let stage = try Stage { $0.fault = line.fault }
        let number = "4242424242424242"
        let actor = try await stage.customer(card: number)
        let approved = try await stage.approved(actor)
        _ = try await stage.capture(approved.id, 10_000)
        _ = try await stage.refund(approved.id, 500)
        let token = try await stage.gateway.tokenizeCard(
            TokenizeRequest(
                card: actor.card, expiry: actor.expiry, verificationCode: nil, isReusable: true),
            caller: stage.shop, identity: stage.identity("tokens"))
        #expect(token.status == 201)
        // A four-digit code is found by its own marks: a text or a stored number would both show.
        let amex = try await stage.customer(card: "378282246310005")
        _ = try await stage.gateway.tokenizeCard(
            TokenizeRequest(
                card: amex.card, expiry: amex.expiry,
                verificationCode: CardVerificationCode("7341", brand: .amex), isReusable: false),
            caller: stage.shop, identity: stage.identity("tokens"))
        try await stage.quiet()
        await stage.stop()

        let files = try stage.folder.allBytes()
        #expect(files.map(\.name).contains("godkend.sqlite"))
        #expect(files.map(\.name).contains("bank.jsonl"))
        // The search itself can find something: what may stand there does.
        #expect(files.contains { $0.bytes.range(of: Data("4242".utf8)) != nil })
        #expect(files.contains { $0.bytes.range(of: Data(approved.id.text.utf8)) != nil })
        let groups = "4242 4242 4242 4242"
        for canary in [number, groups, "424242424242", "378282246310005", "8282246310"] {
            for file in files {
                #expect(file.bytes.range(of: Data(canary.utf8)) == nil, "\(file.name)")
            }
        }
        for secret in ["sk_", "\"cvc\"", "verification_code"] {
            for file in files where file.name.hasPrefix("godkend.sqlite") {
                #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file.name)")
            }
        }
    }

    @Test func `PAN-2: the schema has no place for a verification code`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let columns = try await stage.texts(
            """
            SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table'
            """
        )
        #expect(columns.contains("card_tokens.number_sealed"))
        for column in columns {
            for word in ["cvc", "cvv", "verification_code"] {
                #expect(!column.contains(word), "\(column)")
            }
        }
        await stage.stop()
    }

    @Test(arguments: [false, true])
    func `PAN-2: the code reaches the bank from memory and is forgotten with the process`(
        isRestarted: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let bank = try SandboxAcquirer(booksAt: folder.file("bank.jsonl"), clock: clock)
        let listener = ListeningAcquirer(bank)
        func open(_ seed: UInt64) throws -> Stage {
            try Stage {
                $0.folder = folder
                $0.clock = clock
                $0.acquirer = listener
                $0.seed = seed
            }
        }
        var stage = try open(1)
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        if isRestarted {
            await stage.stop()
            stage = try open(2)
        }
        try await stage.answer(asked, by: actor.app, .approve)
        #expect(try await stage.settled(asked.id).status == .approved)
        let call = try #require(listener.authorizeCalls.first)
        #expect(call.verificationCode?.exposed() == (isRestarted ? nil : "123"))
        await stage.stop()
    }

    @Test func `PAN-1: a token is the shop's own, single use, and ends after fifteen minutes`() async throws {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let used = try await stage.request(actor)
        _ = try await stage.gateway.authorize(used, caller: stage.shop, identity: stage.identity("a"))
        func code(_ request: AuthorizeRequest, at caller: Caller) async throws -> ErrorCode? {
            try await refusalCode {
                _ = try await stage.gateway.authorize(request, caller: caller, identity: stage.identity("a"))
            }
        }
        #expect(try await code(used, at: stage.shop) == .cardTokenUsed)
        let other = try await stage.request(actor)
        #expect(try await code(other, at: stage.otherShop) == .cardTokenUnknown)
        clock.advance(milliseconds: 899_999)
        #expect(try await code(other, at: stage.shop) == nil)
        let late = try await stage.request(actor)
        clock.advance(seconds: 900)
        #expect(try await code(late, at: stage.shop) == .cardTokenExpired)
        await stage.stop()
    }
}
