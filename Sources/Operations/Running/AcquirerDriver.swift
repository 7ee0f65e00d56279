import Lifecycles
import Logging
import Proofs
import Records
import Vocabulary

/// Carries recorded intents to the acquirer and their results back. It does nothing that was not recorded
/// before, so a crash anywhere is taken up again from the records (ACQ-INTENT).
///
/// Every loop here has a pause that grows, and asks `AcquirerGate` before each call.
struct AcquirerDriver: Sendable {
    let gateway: Gateway
    /// True for an intent that a former run left open: it may have been sent already.
    let isResumed: Bool

    private var ledger: Ledger { gateway.ledger }
    var acquirer: any Acquirer { gateway.acquirer }

    /// Works on one intent until its outcome is recorded. A failing disk is waited for.
    func drive(_ id: IntentID) async {
        var (pause, diskPause) = (Backoff.patient, Backoff.disk)
        var isFirstTry = true
        // A call that was let through to try the line must not leave it shut for the others.
        defer { gateway.acquirerGate.left(id) }
        while !Task.isCancelled {
            defer { isFirstTry = false }
            do {
                guard let material = try await ledger.read({ db in try CallMaterial.read(id, in: db) }),
                    material.intent.status == .open
                else { return }
                switch material.intent.kind {
                case .authorize: try await authorize(material, mayHaveBeenSent: isResumed || !isFirstTry)
                case .capture, .refund, .reversal:
                    try await followUp(material, mayHaveBeenSent: isResumed || !isFirstTry)
                }
                return
            } catch is CancellationError {
                return
            } catch StorageFailure.closed {
                // Going down: the intent stays open for the next start.
                return
            } catch let failure as StorageFailure {
                gateway.recordingTrouble.tell(failure)
                await diskPause.wait()
            } catch {
                gateway.logger.warning(
                    "an acquirer result could not be recorded yet",
                    metadata: ["intent": "\(id)", "fault": "\(type(of: error))"])
                await pause.wait()
            }
        }
    }

    /// Writes down what the acquirer said, however long the disk refuses: an answer that came is not asked
    /// for again.
    func record<C: Command>(_ command: C) async throws {
        var pause = Backoff.disk
        while true {
            do {
                _ = try await ledger.submit(command)
                gateway.recordingTrouble.settle()
                return
            } catch let failure as StorageFailure where failure != .closed {
                gateway.recordingTrouble.tell(failure)
                try Task.checkCancellation()
                await pause.wait()
            }
        }
    }

    // MARK: Authorize

    private func authorize(_ material: CallMaterial, mayHaveBeenSent: Bool) async throws {
        let deadline = material.intent.createdAt.adding(seconds: gateway.settings.acquirerTimeoutSeconds)
        let result = try await result(of: material, mayHaveBeenSent: mayHaveBeenSent, before: deadline)
        // Shutting down: the intent stays open and the next start asks what became of it.
        guard let result else { return }
        gateway.verificationCodes.forget(material.token)
        GatewayMeters.settled(.authorize, outcome: result.word)
        try await record(
            SettleAuthorize(
                intent: material.intent.id, result: result,
                daysToCapture: gateway.settings.authorizationDays,
                secondsToAnswer: gateway.settings.acquirerTimeoutSeconds))
    }

    /// Asks until there is an answer or the time is over. After an unknown outcome it only inquires; it
    /// sends again only what the acquirer never saw, under the same id. With the circuit open, what was never
    /// sent ends at once.
    private func result(
        of material: CallMaterial, mayHaveBeenSent isResumed: Bool, before deadline: Instant
    ) async throws -> AuthorizeResult? {
        let id = material.intent.id
        var pause = Backoff.patient
        var (mayHaveBeenSent, isRepeat) = (isResumed, isResumed)
        while !Task.isCancelled {
            let now = gateway.clock.time().now(for: material.intent.createdAt)
            let left = deadline.milliseconds - now.milliseconds
            guard left > 0 else { return .silent }
            let limit = Duration.milliseconds(left)
            guard gateway.acquirerGate.admits(id) else {
                guard isRepeat else { return .neverSent(.acquirerUnavailable) }
                await pause.wait(within: limit)
                continue
            }
            if mayHaveBeenSent {
                switch await inquire(material, within: limit) {
                case .answered(.authorize(let answer)): return AuthorizeResult(answer)
                case .answered(.neverSeen):
                    mayHaveBeenSent = false
                    // A host that loses what it is sent is not sent it again at once.
                    await pause.wait(within: limit)
                case .answered(.followUp), .notSent, .unwritable, .sentUnknown:
                    await pause.wait(within: limit)
                }
                continue
            }
            let call = try authorizeCall(material, isRepeat: isRepeat)
            let reply = await withLimit(limit) { await self.acquirer.authorize(call) } ?? .sentUnknown
            if !Task.isCancelled { gateway.acquirerGate.note(reply, of: id) }
            switch reply {
            case .answered(let answer): return AuthorizeResult(answer)
            case .unwritable where !isRepeat: return .neverSent(.processingError)
            case .notSent, .unwritable: await pause.wait(within: limit)
            case .sentUnknown: (mayHaveBeenSent, isRepeat) = (true, true)
            }
        }
        return nil
    }

    private func authorizeCall(_ material: CallMaterial, isRepeat: Bool) throws -> AuthorizeCall {
        let authorization = material.authorization
        let number = try gateway.keys.open(
            material.numberSealed, for: .cardToken(material.token, of: authorization.merchant))
        guard let confirmation = material.confirmation else { throw Refusal(.internalError) }
        return AuthorizeCall(
            intent: material.intent.id, reference: material.intent.reference,
            merchant: authorization.merchant,
            money: authorization.money, card: try CardNumber(String(decoding: number, as: UTF8.self)),
            expiry: authorization.card.expiry,
            verificationCode: gateway.verificationCodes.code(for: material.token, at: gateway.clock.even()),
            evidence: AuthenticationEvidence(
                indicator: authorization.card.brand == .mastercard ? "02" : "05",
                authenticationValue: gateway.keys.authenticationValue(
                    for: confirmation, answerDigest: material.answerDigest),
                transactionID: uuidText(confirmation.uuidBytes), version: "2.2.0", result: "Y"),
            isRepeat: isRepeat)
    }

    func inquire(
        _ material: CallMaterial, within limit: Duration
    ) async -> AcquirerReply<InquiryAnswer> {
        let id = material.intent.id
        let call = InquiryCall(
            intent: id, kind: material.intent.kind, reference: material.intent.reference,
            money: material.authorization.money)
        let reply = await withLimit(limit) { await self.acquirer.inquire(call) } ?? .sentUnknown
        if !Task.isCancelled { gateway.acquirerGate.note(reply, of: id, isInquiry: true) }
        return reply
    }
}

extension AuthorizeResult {
    init(_ answer: AuthorizeAnswer) {
        switch answer {
        case .approved(let amount, let code): self = .approved(approvedMinor: amount, code: code)
        case .declined(let code): self = .declined(code)
        case .unusable(let code): self = .unusable(code)
        }
    }

    /// The word for the meters.
    fileprivate var word: String {
        switch self {
        case .approved: "approved"
        case .declined: "declined"
        case .unusable: "unusable"
        case .silent: "silent"
        case .neverSent: "never_sent"
        }
    }
}

/// The canonical text of a UUID, RFC 9562 section 4.
func uuidText(_ bytes: [UInt8]) -> String {
    let digits = bytes.map { byte in
        let text = String(byte, radix: 16)
        return text.utf8.count == 1 ? "0" + text : text
    }
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
    return groups.joined(separator: "-")
}
