package import Records
import Vocabulary
import Lifecycles
import Proofs

extension Gateway {
    /// All operators there ever were, the oldest first.
    package func operators(by actor: Actor) async throws(Refusal) -> [OperatorRecord] {
        try await demand(.auditor, of: actor, for: "operators")
        return try await refusing { try await ledger.operators() }
    }

    /// Adds an operator or asks another administrator to; see `AddOperator` for who may do what.
    package func addOperator(
        _ candidate: OperatorCandidate, by actor: Actor
    ) async throws(Refusal) -> OperatorAddition {
        let identity: CustomerID = newID()
        let code = newActivationCode()
        let hash = try await issuer.hash(candidate.password.exposed())
        let outcome = try await refusing {
            try await ledger.submit(
                AddOperator(
                    NewOperator(
                        identity: identity, userID: candidate.userID,
                        nameSealed: try keys.seal(Array(candidate.name.text.utf8), for: .name(of: identity)),
                        name: candidate.name, role: candidate.role, password: hash),
                    by: actor.operatorID, activation: NewActivation(codeMAC: activationMAC(code))))
        }
        switch outcome {
        case .added(let id, let expiresAt):
            return .added(
                id, IssuedActivation(userID: candidate.userID.text, code: code, expiresAt: expiresAt))
        case .requested(let change): return .requested(change)
        case .refused(.operatorUnknown): throw Refusal(.twoPeopleNeeded)
        case .refused(let obstacle): throw Refusal(obstacle)
        }
    }

    func newActivationCode() -> String { ActivationCodeText.text(entropy.bytes(10)) }
}

extension Actor {
    /// Nil for the server's own user.
    var operatorID: OperatorID? {
        switch self {
        case .local: nil
        case .operator(let id, _): id
        }
    }
}
