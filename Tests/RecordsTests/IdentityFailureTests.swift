import Decisions
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct IdentityFailureTests {
    @Test func `SCA-10: the fifth failure suspends for fifteen minutes, in its own flow only`() async throws {
        let test = try await IdentityStage()
        #expect(try await test.fail(4, .keyCard) == .active)
        let until = test.clock.now().adding(seconds: 900)
        #expect(try await test.fail(1, .keyCard) == .suspended(until: until))
        #expect(try await test.standing(.keyCard, .order) == .active)
        #expect(try await test.standing(.password) == .active)
        test.clock.set(until.adding(milliseconds: -1))
        #expect(try await test.standing(.keyCard) == .suspended(until: until))
        test.clock.set(until)
        #expect(try await test.standing(.keyCard) == .active)
    }

    @Test func `SCA-10: a code token is suspended after three wrong codes`() async throws {
        let test = try await IdentityStage()
        #expect(try await test.fail(2, .codeToken) == .active)
        #expect(try await !test.fail(1, .codeToken).isActive)
    }

    @Test func `SCA-10: the alert is there before the permanent block`() async throws {
        let test = try await IdentityStage()
        try await test.exhaust(.app, .confirmation)
        #expect(try await test.standing(.app, .confirmation) == .active)
        #expect(try await test.alerts == [.factorSuspended, .factorSuspended, .factorAtRisk])
        #expect(try await test.fail(1, .app, .confirmation) == .blocked(by: .failures))
        #expect(try await test.alerts.last == .factorBlocked)
        let devices = try await test.ledger.devices(of: test.customer)
        #expect(devices.allSatisfy { !$0.isActive })
    }

    @Test func `SCA-10: wrong passwords never block the app, nor keep anybody from paying`() async throws {
        let test = try await IdentityStage()
        try await test.exhaust(.password)
        #expect(try await test.fail(1, .password) == .blocked(by: .failures))
        let customer = test.customer
        let facts = try await test.run { try $0.customerFacts(customer) }
        #expect(!facts.isAppBlocked && !facts.isPasswordBlocked && facts.appSuspendedUntil == nil)
        #expect(facts.readyDevices == 1)
    }

    @Test func `SCA-11: four failures, a success, four failures: not suspended`() async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        _ = try await test.fail(4, .app, .confirmation)
        try await test.run { try $0.noteSuccess(of: customer, kind: .app, flow: .confirmation) }
        #expect(try await test.fail(4, .app, .confirmation) == .active)
        #expect(try await !test.fail(1, .app, .confirmation).isActive)
    }

    @Test func `SCA-11: a success elsewhere resets nothing`() async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        _ = try await test.fail(4, .app, .confirmation)
        try await test.run { transaction in
            try transaction.noteSuccess(of: customer, kind: .app, flow: .signIn)
            try transaction.noteSuccess(of: customer, kind: .password, flow: .confirmation)
        }
        #expect(try await !test.fail(1, .app, .confirmation).isActive)
    }

    @Test func `SCA-10: a suspended app is told to the rules with its end`() async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        _ = try await test.fail(5, .app, .confirmation)
        let facts = try await test.run { try $0.customerFacts(customer) }
        #expect(facts.appSuspendedUntil == test.clock.now().adding(seconds: 900))
    }

    @Test(arguments: AuthenticatorKind.allCases)
    func `SCA-08: the customer blocks each authenticator apart`(kind: AuthenticatorKind) async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        #expect(try await test.ledger.submit(BlockFactor(customer: customer, kind: kind, by: .customer)))
        for other in AuthenticatorKind.allCases {
            #expect(try await test.standing(other) == (other == kind ? .blocked(by: .customer) : .active))
        }
        let facts = try await test.run { try $0.customerFacts(customer) }
        #expect(facts.isAppBlocked == (kind == .app) && facts.isPasswordBlocked == (kind == .password))
        #expect(try await test.alerts == [.factorBlocked])
    }

    @Test func `SCA-08: what the issuer blocked stays blocked when the customer registers anew`() async throws
    {
        let test = try await IdentityStage()
        for blocker in [AuthenticatorBlocker.customer, .issuer] {
            _ = try await test.ledger.submit(
                BlockFactor(customer: test.customer, kind: .password, by: blocker))
            _ = try await test.ledger.submit(SetPassword(customer: test.customer, password: "$scrypt$new"))
            #expect(try await test.standing(.password).isActive == (blocker == .customer))
        }
    }

    @Test func `SCA-08: what wrong guesses blocked, its customer can block in earnest`() async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        try await test.exhaust(.password)
        _ = try await test.fail(1, .password)
        _ = try await test.ledger.submit(BlockFactor(customer: customer, kind: .password, by: .customer))
        #expect(try await test.standing(.password) == .blocked(by: .customer))
        #expect(try await test.run { try $0.customerFacts(customer) }.isPasswordBlocked)
    }
}
