import Foundation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct IdentitySignInTests {
    @Test(arguments: [Factor.keyCard, .codeToken])
    func `SCA-07: password and a second element open a session of half an hour`(factor: Factor) async throws {
        let wallet = try await Wallet()
        let started = try await wallet.start()
        let code = factor == .keyCard ? wallet.code(for: started.keyNumber) : wallet.tokenCode
        let progress = try await wallet.gateway.completeSignIn(started.id, factor: factor, code: code)
        guard case .session(let session) = progress else {
            Issue.record("no session")
            return
        }
        let token = session.token.exposed()
        #expect(token.utf8.count == 43, "256 bits in base64url")
        #expect(try await wallet.gateway.authenticateSession(bearer: token).customer == wallet.actor.id)
        wallet.clock.advance(milliseconds: 1_799_999)
        _ = try await wallet.gateway.authenticateSession(bearer: token)
        wallet.clock.advance(milliseconds: 1)
        let over = try await refusal { _ = try await wallet.gateway.authenticateSession(bearer: token) }
        #expect(over?.code == .sessionInvalid)
    }

    @Test func `SCA-09: unknown user, wrong password, wrong code and wrong device answer alike`() async throws
    {
        let wallet = try await Wallet()
        let starts = [
            try await wallet.start(), try await wallet.start(userID: "findes-ikke"),
            try await wallet.start(password: "Forkert-42"), try await wallet.start(userID: "x"),
        ]
        for started in starts {
            #expect(started.challenges.map(\.factor) == [.app, .keyCard, .codeToken])
            #expect(started.keyNumber?.utf8.count == 4)
        }
        var refusals: Set<Refusal?> = []
        for started in starts {
            refusals.insert(
                try await refusal {
                    _ = try await wallet.gateway.completeSignIn(
                        started.id, factor: .keyCard, code: Redacted("000000"))
                })
        }
        let unknown: SignInID = Identifier(at: wallet.clock.now(), random: (1, 2))
        refusals.insert(
            try await refusal {
                _ = try await wallet.gateway.completeSignIn(unknown, factor: .codeToken, code: Redacted("0"))
            })
        #expect(refusals == [Refusal(.signInFailed)])
    }

    @Test func `SCA-09: a name without a key card has a set of numbers that stays like a card's`()
        async throws
    {
        let wallet = try await Wallet()
        var numbers: Set<String?> = []
        for _ in 0..<400 { numbers.insert(try await wallet.start(userID: "findes-ikke").keyNumber) }
        #expect((100...148).contains(numbers.count))
    }

    @Test func `SCA-09: an app asked under a wrong password looks like one asked rightly`() async throws {
        let wallet = try await Wallet()
        let wrong = try await wallet.start(password: "Forkert-42")
        let right = try await wallet.start()
        var questions: [SignInQuestion] = []
        for started in [wrong, right] {
            wallet.clock.advance(seconds: 1)
            let first = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
            let again = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
            #expect(first == again)
            if case .pending(let question) = first { questions.append(question) }
            if case .pending(let question) = first {
                #expect(question.confirmation.instant == wallet.clock.now())
                #expect(question.expiresAt == wallet.clock.now().adding(seconds: 300))
            }
        }
        #expect(questions.count == 2)
        let shown = try await wallet.gateway.pendingConfirmations(for: wallet.actor.app.id)
        #expect(
            shown.map(\.id) == questions.suffix(1).map(\.confirmation),
            "the app itself sees the real one only")
        wallet.clock.advance(seconds: 300)
        for started in [wrong, right] {
            let over = try await refusal {
                _ = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
            }
            #expect(over == Refusal(.signInFailed))
        }
    }

    @Test func `SCA-13: a sign-in by app takes the number that is shown`() async throws {
        for isRight in [true, false] {
            let wallet = try await Wallet()
            let started = try await wallet.start()
            let asked = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
            guard case .pending(let question) = asked else { continue }
            let wrong = question.matchCode.text == "00" ? MatchCode("01") : MatchCode("00")
            let app = wallet.actor.app
            let compact = try await wallet.stage.signed(
                question.confirmation, by: app, .approve, code: isRight ? question.matchCode : wrong)
            _ = try await wallet.gateway.answer(question.confirmation, compact: compact, from: app.id)
            let refused = try await refusal {
                let progress = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
                guard case .session(let session) = progress else { throw StageError.notAsked }
                _ = try await wallet.gateway.authenticateSession(bearer: session.token.exposed())
            }
            #expect(refused?.code == (isRight ? nil : .signInFailed))
        }
    }

    @Test func `SCA-14: signing in by app spends the push budget too`() async throws {
        let wallet = try await Wallet { $0.settings[.pushBudget] = "3" }
        for expected in [1, 1, 1, 0] {
            let started = try await wallet.start()
            _ = try await wallet.gateway.completeSignIn(started.id, factor: .app, code: nil)
            let pending = try await wallet.gateway.pendingConfirmations(for: wallet.actor.app.id)
            #expect(pending.count == expected)
            for question in pending {
                let compact = try await wallet.stage.signed(question.id, by: wallet.actor.app, .deny)
                _ = try await wallet.gateway.answer(question.id, compact: compact, from: wallet.actor.app.id)
            }
        }
    }

    @Test func `SCA-10: three wrong token codes suspend the token, and the key card still works`()
        async throws
    {
        let wallet = try await Wallet()
        for _ in 0..<3 {
            let started = try await wallet.start()
            let wrong = try await refusal {
                _ = try await wallet.gateway.completeSignIn(
                    started.id, factor: .codeToken, code: Redacted("not it"))
            }
            #expect(wrong?.code == .signInFailed)
        }
        await #expect(throws: Refusal(.signInFailed)) { _ = try await wallet.session(.codeToken) }
        #expect(try await wallet.session(.keyCard).customer == wallet.actor.id)
    }

    @Test func `SCA-08: a blocked customer's session ends and no new one opens`() async throws {
        let wallet = try await Wallet()
        let started = try await wallet.start()
        let progress = try await wallet.gateway.completeSignIn(
            started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
        guard case .session(let session) = progress else { return }
        try await wallet.gateway.issuer.block(customer: wallet.actor.id)
        let over = try await refusal {
            _ = try await wallet.gateway.authenticateSession(bearer: session.token.exposed())
        }
        #expect(over?.code == .sessionInvalid)
        await #expect(throws: Refusal(.signInFailed)) { _ = try await wallet.session() }
        try await wallet.gateway.issuer.unblock(customer: wallet.actor.id)
        _ = try await wallet.session()
    }

    @Test func `SCA-28: a customer signs in with the CPR number, which is nowhere in clear`() async throws {
        let wallet = try await Wallet()
        let number = try PersonNumber("0101654321")
        let id = try await wallet.gateway.issuer.addCustomer(
            NewCustomer(
                userID: UserID("kanariefugl"), name: DisplayName("Kanarie Fuglesang"), personNumber: number,
                password: Password(rightPassword, personNumber: number)))
        let card = try await wallet.gateway.issuer.issueKeyCard(customer: id)
        let activation = try await wallet.gateway.issuer.activationCode(customer: id)
        let started = try await wallet.start(userID: "010165-4321")
        let code = card.codes.first { $0.number == started.keyNumber }?.code ?? ""
        let progress = try await wallet.gateway.completeSignIn(
            started.id, factor: .keyCard, code: Redacted(code))
        guard case .session(let session) = progress else {
            Issue.record("no session")
            return
        }
        await wallet.stage.stop()
        let canaries = [
            "0101654321", "010165-4321", "Kanarie Fuglesang", rightPassword, activation.code,
            ActivationCodeCanary.plain(activation.code), session.token.exposed(),
        ]
        for (name, bytes) in try wallet.stage.folder.allBytes() {
            for (place, canary) in canaries.enumerated() {
                #expect(bytes.range(of: Array(canary.utf8).asData) == nil, "canary \(place) in \(name)")
            }
        }
    }

    @Test func `SCA-28: one CPR number and one user ID belong to one customer`() async throws {
        let wallet = try await Wallet()
        let number = try PersonNumber("0101654321")
        func add(_ name: String, _ number: PersonNumber) async throws -> Refusal? {
            try await refusal {
                _ = try await wallet.gateway.issuer.addCustomer(
                    NewCustomer(
                        userID: UserID(name), name: DisplayName("Navn"), personNumber: number, password: nil))
            }
        }
        #expect(try await add("foerste", number) == nil)
        #expect(try await add("anden", number)?.parameter == "cpr")
        #expect(try await add("foerste", PersonNumber("0101654322"))?.parameter == "user_id")
    }
}

private enum ActivationCodeCanary {
    /// As it would be found without its hyphens.
    static func plain(_ code: String) -> String { code.replacingOccurrences(of: "-", with: "") }
}

extension [UInt8] {
    fileprivate var asData: Data { Data(self) }
}
