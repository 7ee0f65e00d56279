import Lifecycles
import Operations
import Records
import TestKit
import Vocabulary

/// In these tests an actor is a customer of the stage.
typealias Actor = TestKit.Actor

/// A command made of a closure, to look at one function of a transaction alone.
struct Run<Outcome: Sendable>: Command {
    let body: @Sendable (Transaction) throws -> Outcome

    func run(in transaction: Transaction) throws -> Outcome { try body(transaction) }
}

/// A stage whose clock stands still, and one customer on it.
struct IdentityStage {
    let stage: Stage
    let clock: ManualClock
    let customer: CustomerID

    init(_ change: (inout Stage.Options) -> Void = { _ in }) async throws {
        let clock = ManualClock()
        self.clock = clock
        stage = try Stage { options in
            options.clock = clock
            options.isRunning = false
            change(&options)
        }
        customer = try await stage.customer().id
    }

    var ledger: Ledger { stage.gateway.ledger }

    func run<Outcome: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Outcome) async throws
        -> Outcome
    {
        try await ledger.submit(Run(body: body))
    }

    /// Fails so many times in a row and gives the standing after the last.
    func fail(
        _ times: Int, _ kind: AuthenticatorKind, _ flow: FailureFlow = .signIn
    ) async throws -> AuthenticatorStanding {
        let customer = customer
        return try await run { transaction in
            for _ in 1..<times {
                try transaction.noteFailure(of: customer, kind: kind, flow: flow, limit: 5)
            }
            return try transaction.noteFailure(of: customer, kind: kind, flow: flow, limit: 5)
        }
    }

    func standing(_ kind: AuthenticatorKind, _ flow: FailureFlow = .signIn) async throws
        -> AuthenticatorStanding
    {
        let customer = customer
        return try await run { try $0.standing(of: customer, kind: kind, flow: flow) }
    }

    /// Fails until three rests are over, so that the next failure blocks.
    func exhaust(_ kind: AuthenticatorKind, _ flow: FailureFlow = .signIn) async throws {
        for rest in [900, 1_800, 3_600] {
            _ = try await fail(5, kind, flow)
            clock.advance(seconds: rest)
        }
    }

    var alerts: [AlertKind] {
        get async throws { try await ledger.alerts(of: customer).map(\.kind).reversed() }
    }
}

let testTerms = SignInTerms(
    wrongAnswers: 5, keyCardReorderAt: 20, confirmationSeconds: 300, pushBudget: 3, pushWindowSeconds: 600)
