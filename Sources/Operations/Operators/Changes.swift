package import Records
package import Vocabulary
import Lifecycles
import Logging

extension Gateway {
    /// Asks for a change that a second operator must approve. Nothing is changed yet.
    package func requestChange(
        _ change: ProposedChange, by actor: Actor
    ) async throws(Refusal) -> ChangeRecord {
        try await demand(change.kind.role, of: actor, for: change.subject)
        guard let requester = actor.operatorID else { throw Refusal(.twoPeopleNeeded) }
        return try await answer { try await ledger.submit(RequestChange(change, by: requester)) }
    }

    /// What waits for a second person, the oldest first.
    package func pendingChanges(by actor: Actor) async throws(Refusal) -> [ChangeRecord] {
        try await demand(.auditor, of: actor, for: "change_requests")
        return try await refusing { try await ledger.pendingChanges(at: clock.time()) }
    }

    /// One request, as it stands.
    package func change(_ id: ChangeRequestID, by actor: Actor) async throws(Refusal) -> ChangeRecord {
        try await demand(.auditor, of: actor, for: id.text)
        let found = try await refusing { try await ledger.change(id) }
        guard let found else { throw Refusal(.changeUnknown) }
        return found
    }

    /// Approves a change that another operator asked for, and makes it.
    ///
    /// - Parameter digest: the digest of the change as the approver read it, in hexadecimal: whole, or its
    ///   first twelve digits at least.
    package func approveChange(
        _ id: ChangeRequestID, digest: String, by actor: Actor
    ) async throws(Refusal) -> ChangeMade {
        guard let approver = actor.operatorID else { throw Refusal(.twoPeopleNeeded) }
        let code = newActivationCode()
        let outcome = try await refusing {
            try await ledger.submit(
                ApproveChange(
                    id, digest: digest, by: approver,
                    activation: NewActivation(codeMAC: activationMAC(code))))
        }
        switch outcome {
        case .refused(let obstacle): throw Refusal(obstacle)
        case .made(_, .customer(let id)): return .customer(id)
        case .made(_, .erased(let id)): return .erased(id, isGoneFromFile: await forget(id))
        case .made(_, .operatorEnded(let id)): return .operatorEnded(id)
        case .made(_, .rulesApproved(let hash)): return .rulesApproved(hash)
        case .made(_, .operatorAdded(let id, let userID, let expiresAt)):
            return .operatorAdded(id, IssuedActivation(userID: userID, code: code, expiresAt: expiresAt))
        }
    }

    /// Turns a request down, or takes back one's own.
    package func rejectChange(_ id: ChangeRequestID, by actor: Actor) async throws(Refusal) -> ChangeRecord {
        guard let decider = actor.operatorID else { throw Refusal(.twoPeopleNeeded) }
        return try await answer { try await ledger.submit(RejectChange(id, by: decider)) }
    }

    /// What is in memory of an erased customer goes, and what is in the write-ahead log.
    private func forget(_ customer: CustomerID) async -> Bool {
        if let devices = try? await ledger.devices(of: customer) { deviceDoor.forget(devices.map(\.id)) }
        let isEmpty = await ledger.emptyWriteAheadLog()
        if !isEmpty { logger.warning("the write-ahead log could not be emptied after an erasure") }
        return isEmpty
    }

    private func answer(_ body: () async throws -> ChangeAnswer) async throws(Refusal) -> ChangeRecord {
        switch try await refusing(body) {
        case .done(let change): return change
        case .refused(let obstacle): throw Refusal(obstacle)
        }
    }
}
