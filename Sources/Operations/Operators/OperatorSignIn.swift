import Records
package import Lifecycles
package import Vocabulary
import Notation
import Proofs

extension Gateway {
    /// The first element of an operator's sign-in: user ID and password. The same as a customer's, so that
    /// failures count, rest and look the same.
    package func startOperatorSignIn(
        userID: String, password: Redacted<String>
    ) async throws(Refusal) -> SignInID {
        try await startSignIn(userID: userID, password: password).id
    }

    /// The second element, which only the code app can be. The first call puts the question, later ones look
    /// whether it was answered. Whoever is no operator sees what a wrong password shows.
    package func completeOperatorSignIn(_ id: SignInID) async throws(Refusal) -> OperatorSignIn {
        switch try await completeSignIn(id, factor: .app, code: nil, door: .operatorConsole) {
        case .pending(let question): .pending(question)
        case .session(let session): .session(session)
        }
    }

    /// Whose session a token stands for. Unknown, ended, idle and expired ones look alike.
    package func operatorSession(bearer: String) async throws(Refusal) -> OperatorSession {
        let time = clock.time()
        let found = try await refusing {
            try await ledger.operatorSession(tokenDigest: sessionDigest(bearer), at: time)
        }
        guard let found else { throw Refusal(.sessionInvalid) }
        if time.now(for: found.lastUsedAt)
            >= found.lastUsedAt.adding(seconds: OperatorSessionTerms.touchSeconds)
        {
            try await refusing { try await ledger.submit(TouchOperatorSession(found.id)) }
        }
        let holder = found.holder
        return OperatorSession(
            id: holder.id, actor: .operator(holder.id, holder.role), name: holder.name, role: holder.role,
            session: found.id, expiresAt: found.expiresAt)
    }

    /// Signs out; a session that is over already stays so.
    package func endOperatorSession(bearer: String) async throws(Refusal) {
        _ = try await refusing {
            try await ledger.submit(EndOperatorSession(tokenDigest: sessionDigest(bearer)))
        }
    }

    /// Whether the server's own user acts for itself still: as long as there was never an operator.
    package func hasOperators() async throws(Refusal) -> Bool {
        try await refusing { try await ledger.hasOperators() }
    }

    /// Refuses a lesser role, and writes that down: failed actions are leaves too (OPS-ACCESS).
    package func demand(_ role: OperatorRole, of actor: Actor, for subject: String) async throws(Refusal) {
        do throws(Refusal) {
            try actor.require(role)
        } catch {
            try await refusing {
                try await ledger.submit(
                    RecordOperatorFailure(
                        actor: actor.text, subject: subject, outcome: "refused_\(error.code.rawValue)"))
            }
            throw error
        }
    }
}
