import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// In these tests an actor is a customer of the stage; who audits is `Operations.Actor`.
typealias Actor = TestKit.Actor

let rightPassword = "Hemmeligt-42"

/// A stage whose clock stands still, and a customer with everything that can be had.
struct Wallet {
    let stage: Stage
    let clock: ManualClock
    let actor: Actor
    let userID: String
    let card: IssuedKeyCard
    let tokenSecret: [UInt8]

    init(_ change: (inout Stage.Options) -> Void = { _ in }) async throws {
        let clock = ManualClock()
        self.clock = clock
        stage = try Stage { options in
            options.clock = clock
            options.isRunning = false
            change(&options)
        }
        actor = try await stage.customer()
        let issuer = stage.gateway.issuer
        userID = try #require(try await stage.gateway.ledger.customer(actor.id)).userID
        try await issuer.setPassword(Password(rightPassword, personNumber: nil), of: actor.id)
        card = try await issuer.issueKeyCard(customer: actor.id)
        tokenSecret = try await issuer.issueCodeToken(customer: actor.id).exposed()
    }

    var gateway: Gateway { stage.gateway }

    func code(for number: String?) -> Redacted<String> {
        Redacted(card.codes.first { $0.number == number }?.code ?? "none")
    }

    var tokenCode: Redacted<String> { Redacted(OneTimeCode.totp(secret: tokenSecret, at: clock.now())) }

    func start(userID: String? = nil, password: String = rightPassword) async throws -> SignInStarted {
        try await gateway.startSignIn(userID: userID ?? self.userID, password: Redacted(password))
    }

    /// Signs in with the key card or the token.
    func session(_ factor: Factor = .keyCard) async throws -> CustomerSession {
        let started = try await start()
        let code = factor == .keyCard ? code(for: started.keyNumber) : tokenCode
        guard
            case .session(let session) = try await gateway.completeSignIn(
                started.id, factor: factor, code: code)
        else { throw StageError.notAsked }
        return try await gateway.authenticateSession(bearer: session.token.exposed())
    }
}

extension SignInStarted {
    var keyNumber: String? { challenges.first { $0.factor == .keyCard }?.keyNumber }
}

/// What an operation was refused with, or nil.
func refusal(_ body: () async throws -> Void) async throws -> Refusal? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}

/// The word of what an operation was refused with, or nil.
func refusalCode(_ body: () async throws -> Void) async throws -> ErrorCode? {
    let refusal = try await refusal(body)
    return refusal?.code
}
