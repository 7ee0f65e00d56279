import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Seconds between two looks at the intents, and between two warnings of the same.
    private static let lookSeconds = 10
    private static let warningSeconds: Int64 = 60

    /// Tells metrics and log what is under way at the acquirer, and for how long.
    func watchIntents() async {
        var warnedAt: ContinuousClock.Instant?
        while !Task.isCancelled {
            if let open = try? await ledger.read({ db in try OpenIntents.read(in: db) }) {
                let now = clock.now()
                GatewayMeters.open(open, at: now)
                GatewayMeters.circuit(acquirerGate.state)
                let isDue = warnedAt.map { $0.duration(to: .now) >= .seconds(Self.warningSeconds) } ?? true
                if isDue, warn(of: open, at: now) { warnedAt = .now }
            }
            try? await Task.sleep(for: .seconds(Self.lookSeconds))
        }
    }

    private func warn(of open: OpenIntents, at now: Instant) -> Bool {
        let before = now.adding(seconds: -60 * settings.acquirerLine.warningMinutes)
        let old = open.kinds.filter { $0.value.oldest < before }
        for (kind, group) in old.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            logger.warning(
                "acquirer calls are open for long: see the lists of the console",
                metadata: [
                    "kind": "\(kind.rawValue)", "open": "\(group.count)",
                    "oldest": "\(group.oldest.rfc3339)", "circuit": "\(acquirerGate.state.rawValue)",
                ])
        }
        return !old.isEmpty
    }

    /// A yes that comes after our no is money held for nobody: it is matched and reversed (ACQ-LATE).
    func hearLateAnswers() async {
        let trouble = Complaint("a late answer could not be recorded yet", logger: logger)
        for await late in acquirer.lateAnswers {
            var pause = Backoff.disk
            while !Task.isCancelled {
                do {
                    try await record(late)
                    trouble.settle()
                    break
                } catch let failure as StorageFailure where failure != .closed {
                    // The disk is full or gone; the answer is kept until it can be written down.
                    trouble.tell(failure)
                    await pause.wait()
                } catch {
                    logger.error(
                        "a late answer could not be recorded", metadata: ["fault": "\(type(of: error))"])
                    break
                }
            }
        }
    }

    private func record(_ late: LateAnswer) async throws {
        let match = try await ledger.read { db in try LateMatch.find(late.reference, in: db) }
        guard let match, match.intent.kind == .authorize else {
            logger.warning("a late answer matches no intent")
            return
        }
        let isOther = late.currency != nil && late.currency != match.currency
        let result = AuthorizeResult(isOther ? late.answer.inAnotherCurrency : late.answer)
        let outcome = try await ledger.submit(
            SettleAuthorize(
                intent: match.intent.id, result: result,
                daysToCapture: settings.authorizationDays,
                secondsToAnswer: settings.acquirerTimeoutSeconds, isCertain: match.isCertain))
        GatewayMeters.settledLate(outcome)
        if match.intent.status == .accepted, !result.saysApproved {
            logger.warning(
                "a second answer of the acquirer says no to what its first one approved",
                metadata: ["intent": "\(match.intent.id)"])
        } else {
            logger.info(
                "a late answer was recorded",
                metadata: ["intent": "\(match.intent.id)", "outcome": "\(outcome)"])
        }
    }
}

extension AuthorizeAnswer {
    /// An approval that counts in other money than was asked is none.
    fileprivate var inAnotherCurrency: AuthorizeAnswer {
        switch self {
        case .approved: .unusable(.approved)
        case .declined, .unusable: self
        }
    }
}
