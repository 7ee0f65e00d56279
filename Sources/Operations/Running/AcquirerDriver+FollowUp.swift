import Lifecycles
import Logging
import Records
import Vocabulary

// Capture, refund, reversal.
extension AcquirerDriver {
    /// Milliseconds of the longest pause between two copies of a call, and while the circuit is open.
    private static let longestPause: Int64 = 600_000
    private static let longestWait: Int64 = 5_000

    /// Sends under one id until the acquirer has answered for good, or the days are over after which it is
    /// given up (`acquirer.give_up_days`): never before this run has tried it, however long the server was
    /// down, and never by a leap of the clock alone.
    func followUp(_ material: CallMaterial, mayHaveBeenSent: Bool) async throws {
        let intent = material.intent
        let end = intent.createdAt.adding(days: gateway.settings.acquirerLine.giveUpDays)
        var pause = Backoff(longest: Self.longestPause)
        var gatePause = Backoff(longest: Self.longestWait)
        var (isRepeat, hasTried) = (mayHaveBeenSent, false)
        while !Task.isCancelled {
            let now = gateway.clock.time().now(for: intent.createdAt, isCautious: true)
            if hasTried, now >= end { return try await finish(intent, .givenUp) }
            guard gateway.acquirerGate.admits(intent.id) else {
                await gatePause.wait()
                continue
            }
            let reply = try await send(material, isRepeat: isRepeat)
            hasTried = true
            if Task.isCancelled, reply == .sentUnknown { return }
            gateway.acquirerGate.note(reply, of: intent.id)
            if let result = await result(of: reply, material, isRepeat: isRepeat) {
                return try await finish(intent, result)
            }
            if reply != .notSent { isRepeat = true }
            await pause.wait()
        }
    }

    private func send(
        _ material: CallMaterial, isRepeat: Bool
    ) async throws -> AcquirerReply<FollowUpAnswer> {
        guard let original = material.original else { throw Refusal(.internalError) }
        let intent = material.intent
        let call = FollowUpCall(
            intent: intent.id, reference: intent.reference, merchant: material.authorization.merchant,
            money: try Money(
                amountMinor: intent.amountMinor, currency: material.authorization.money.currency),
            original: original.id, originalReference: original.reference, isRepeat: isRepeat)
        let limit = Duration.seconds(gateway.settings.acquirerTimeoutSeconds)
        return await withLimit(limit) {
            switch intent.kind {
            case .capture: await self.acquirer.capture(call)
            case .refund: await self.acquirer.refund(call)
            case .reversal, .authorize: await self.acquirer.reverse(call)
            }
        } ?? .sentUnknown
    }

    /// What a reply ends an intent as; nil when it is to be sent again.
    private func result(
        of reply: AcquirerReply<FollowUpAnswer>, _ material: CallMaterial, isRepeat: Bool
    ) async -> FollowUpResult? {
        let kind = material.intent.kind
        switch reply {
        case .answered(.accepted): return .accepted
        case .answered(.acceptedInPart(let code)): return .acceptedInPart(code)
        case .answered(.refused(.duplicate)) where isRepeat && kind != .reversal:
            // A first copy is in the bank's books: what became of that one counts.
            let limit = Duration.seconds(gateway.settings.acquirerTimeoutSeconds)
            guard case .answered(.followUp(let answer)) = await inquire(material, within: limit) else {
                return nil
            }
            return FollowUpResult(answer, of: kind)
        case .answered(let answer): return FollowUpResult(answer, of: kind)
        // What cannot be written can never be sent. Of what was sent before, nobody knows the end.
        case .unwritable: return kind == .reversal || isRepeat ? .givenUp : .refused(nil)
        case .notSent, .sentUnknown: return nil
        }
    }

    private func finish(_ intent: IntentRecord, _ result: FollowUpResult) async throws {
        GatewayMeters.settled(intent.kind, outcome: result.word)
        if result.needsOperator(intent.kind) {
            gateway.logger.error(
                "an acquirer call needs an operator: see the lists of the console",
                metadata: [
                    "intent": "\(intent.id)", "authorization": "\(intent.authorization)",
                    "kind": "\(intent.kind.rawValue)", "end": "\(result.word)",
                    "code": "\(result.networkCode?.text ?? "none")",
                ])
        }
        try await record(SettleFollowUp(intent: intent.id, result: result))
    }
}

extension FollowUpResult {
    /// What an answer ends; nil when its code says that the call is to be made again
    /// (`ResponseCode.table`).
    init?(_ answer: FollowUpAnswer, of kind: AcquirerCallKind) {
        switch answer {
        case .accepted: self = .accepted
        case .acceptedInPart(let code): self = .acceptedInPart(code)
        case .refused(let code):
            switch code.ending {
            case .unsettled: return nil
            case .passing where kind == .reversal: return nil
            case .accepted, .acceptedInPart, .passing, .refused: self = .refused(code)
            }
        }
    }

    /// The word for the meters.
    var word: String {
        switch self {
        case .accepted: "accepted"
        case .acceptedInPart: "accepted_in_part"
        case .refused: "refused"
        case .givenUp: "given_up"
        }
    }

    /// A refused capture or refund is told to the shop, which asks again. All else that is not a plain yes
    /// leaves money where our books do not have it.
    func needsOperator(_ kind: AcquirerCallKind) -> Bool {
        switch self {
        case .accepted: false
        case .refused: kind == .reversal
        case .acceptedInPart, .givenUp: true
        }
    }
}
