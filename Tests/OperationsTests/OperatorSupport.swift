import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// An operator with everything to sign in with.
struct Colleague {
    let id: OperatorID
    let identity: CustomerID
    let userID: String
    let role: OperatorRole
    let app: CodeApp

    var actor: Operations.Actor { .operator(id, role) }
}

/// A stage whose clock stands still, and operators on it.
struct Office {
    static let password = "Kontor-42"

    let stage: Stage
    let clock: ManualClock

    init(_ change: (inout Stage.Options) -> Void = { _ in }) throws {
        let clock = ManualClock()
        self.clock = clock
        stage = try Stage { options in
            options.clock = clock
            options.isRunning = false
            change(&options)
        }
    }

    var gateway: Gateway { stage.gateway }

    static func candidate(_ userID: String, _ role: OperatorRole) throws -> OperatorCandidate {
        OperatorCandidate(
            userID: try UserID(userID), name: try DisplayName("Navn \(userID)"), role: role,
            password: try Password(password, personNumber: nil))
    }

    func add(
        _ userID: String, _ role: OperatorRole, by actor: Operations.Actor
    ) async throws -> OperatorAddition {
        try await gateway.addOperator(try Self.candidate(userID, role), by: actor)
    }

    /// An operator who was added just now, with an app.
    func colleague(_ userID: String) async throws -> Colleague {
        let found = try #require(
            try await gateway.ledger.operators().first { $0.userID == userID })
        let app = try await stage.enrolDevice(of: found.identity)
        return Colleague(
            id: found.id, identity: found.identity, userID: userID, role: found.role, app: app)
    }

    /// The first two administrators.
    func administrators() async throws -> (Colleague, Colleague) {
        _ = try await add("anna-admin", .administrator, by: .local)
        let first = try await colleague("anna-admin")
        _ = try await add("bo-admin", .administrator, by: first.actor)
        return (first, try await colleague("bo-admin"))
    }

    /// One more operator, agreed on by two administrators.
    func hire(
        _ userID: String, _ role: OperatorRole, by pair: (Colleague, Colleague)
    ) async throws -> Colleague {
        guard case .requested(let change) = try await add(userID, role, by: pair.0.actor) else {
            throw StageError.badName("not requested")
        }
        _ = try await gateway.approveChange(change.id, digest: change.digestText, by: pair.1.actor)
        return try await colleague(userID)
    }

    /// The question of a sign-in.
    func question(of id: SignInID) async throws -> SignInQuestion {
        guard case .pending(let question) = try await gateway.completeOperatorSignIn(id) else {
            throw StageError.notAsked
        }
        return question
    }

    func answer(_ question: SignInQuestion, by app: CodeApp, _ verdict: Verdict = .approve) async throws {
        let compact = try await stage.signed(
            question.confirmation, by: app, verdict, code: question.matchCode)
        _ = try await gateway.answer(question.confirmation, compact: compact, from: app.id)
    }

    /// Signs in with password and app, and gives the token.
    func signIn(_ colleague: Colleague) async throws -> String {
        let id = try await gateway.startOperatorSignIn(
            userID: colleague.userID, password: Redacted(Self.password))
        try await answer(try await question(of: id), by: colleague.app)
        guard case .session(let session) = try await gateway.completeOperatorSignIn(id) else {
            throw StageError.notAsked
        }
        return session.token.exposed()
    }

    /// A customer who is blocked.
    func blockedCustomer() async throws -> CustomerID {
        let customer = try await stage.customer().id
        try await gateway.issuer.block(customer: customer)
        return customer
    }

    func isBlocked(_ customer: CustomerID) async throws -> Bool {
        try #require(try await gateway.ledger.customer(customer)).isBlocked
    }

    /// The outcomes of the leaves about a subject, the oldest first, with who did it.
    func leaves(of subject: String) async throws -> [String] {
        try await gateway.ledger.read { db in
            try LeafRows.all(of: subject, in: db).map { "\($0.kind) \($0.outcome) \($0.actor ?? "-")" }
        }
    }
}
