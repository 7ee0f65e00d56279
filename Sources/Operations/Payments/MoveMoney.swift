import Lifecycles
import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// Captures in full or in part; answers when the acquirer has answered (PAY-CAPTURE).
    package func capture(
        _ id: AuthorizationID, _ request: CaptureRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try await follow(caller, identity, refusedAs: .captureRefused) { key in
            try await ledger.submit(
                BeginCapture(
                    id: id, owner: caller.owner, amountMinor: request.amountMinor, isFinal: request.isFinal,
                    key: key))
        }
    }

    /// Gives back what was captured, in full or in part (PAY-REFUND).
    package func refund(
        _ id: AuthorizationID, _ request: RefundRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try await follow(caller, identity, refusedAs: .refundRefused) { key in
            try await ledger.submit(
                BeginRefund(
                    id: id, owner: caller.owner, amountMinor: request.amountMinor, reason: request.reason,
                    key: key))
        }
    }

    /// Gives up what is not captured (PAY-CANCEL). The bank is told afterwards, by a recorded intent.
    package func cancel(
        _ id: AuthorizationID, _ request: CancelRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try seller(caller)
        return try await refusing {
            Answered(
                try await ledger.submit(
                    CancelAuthorization(
                        id: id, owner: caller.owner, reason: request.reason,
                        key: identity.requestKey(of: caller.owner))))
        }
    }

    /// Begins a capture or a refund and waits for its end. The answer is kept under the key when the
    /// acquirer has spoken, so there must be one.
    private func follow(
        _ caller: Caller, _ identity: RequestIdentity, refusedAs refusal: ErrorCode,
        begin: (RequestKey) async throws -> FollowUpStart
    ) async throws(Refusal) -> Answered {
        try seller(caller)
        return try await refusing {
            guard let key = identity.requestKey(of: caller.owner) else {
                throw Refusal(.idempotencyKeyMissing)
            }
            return try await outcome(of: try await begin(key), key: key, refusedAs: refusal)
        }
    }

    /// Waits for the acquirer's result of an intent and gives the answer that was stored with it.
    private func outcome(
        of start: FollowUpStart, key: RequestKey, refusedAs refusal: ErrorCode
    ) async throws -> Answered {
        let (intent, isFirst): (IntentID, Bool)
        switch start {
        case .replay(let written): return Answered(written)
        case .begun(let id): (intent, isFirst) = (id, true)
        // The first request is still under way: held for a second, then told to come again (PAY-IDEM).
        case .underWay(let id): (intent, isFirst) = (id, false)
        }
        let limit: Duration = isFirst ? .seconds(settings.acquirerTimeoutSeconds) : .seconds(1)
        guard let ended = try await ending(of: intent, within: limit) else {
            throw Refusal(isFirst ? .outcomeOpen : .idempotencyKeyInFlight)
        }
        guard let answer = try await stored(key.stored) else {
            throw Refusal(ended == .refused ? refusal : .outcomeOpen)
        }
        return Answered(status: answer.status, body: answer.body, isReplay: !isFirst)
    }

    /// How an intent ended; nil when it has not by then.
    private func ending(of id: IntentID, within limit: Duration) async throws -> IntentRecord.Status? {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while true {
            let changes = ledger.changes.changes(of: id.text)
            let found = try await ledger.read { db in try IntentRecord.find(id, in: db) }
            if let found, found.status != .open { return found.status }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero, await ChangeHub.next(of: changes, within: left) else { return nil }
        }
    }

    private func stored(_ key: StoredAnswerKey) async throws -> (status: Int, body: [UInt8])? {
        guard let kept = try await ledger.read({ db in try KeyLookup.answer(key, in: db) }) else {
            return nil
        }
        return (kept.status, try vault.open(kept.sealed, for: key))
    }
}
