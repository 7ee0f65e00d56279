import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Takes up what a former run left open, then carries intents to the acquirer, hears late answers and writes
    /// down what runs out of time, until it is cancelled.
    package func run() async throws {
        let left = try await ledger.read { db in try IntentRecord.open(in: db) }
        let known = Set(left)
        await withDiscardingTaskGroup { group in
            for intent in left {
                group.addTask { await AcquirerDriver(gateway: self, isResumed: true).drive(intent) }
            }
            group.addTask { await self.hearLateAnswers() }
            group.addTask { await self.sweep() }
            group.addTask { await self.runRobot() }
            for await intent in ledger.changes.intents where !known.contains(intent) {
                group.addTask { await AcquirerDriver(gateway: self, isResumed: false).drive(intent) }
            }
            group.cancelAll()
        }
    }

    /// A yes that comes after our no is money held for nobody: it is matched and reversed (ACQ-LATE).
    private func hearLateAnswers() async {
        for await late in acquirer.lateAnswers {
            do {
                let intent = try await ledger.read { db in try IntentRecord.matching(late.reference, in: db) }
                guard let intent, intent.kind == .authorize else {
                    logger.warning("a late answer matches no intent")
                    continue
                }
                let outcome = try await ledger.submit(
                    SettleAuthorize(
                        intent: intent.id, result: AuthorizeResult(late.answer),
                        daysToCapture: settings.authorizationDays))
                logger.info(
                    "a late answer was recorded",
                    metadata: ["intent": "\(intent.id)", "outcome": "\(outcome)"])
            } catch {
                logger.error("a late answer could not be recorded", metadata: ["fault": "\(type(of: error))"])
            }
        }
    }

    /// Writes down every second what is over, so that nobody waits for a look at it.
    private func sweep() async {
        while !Task.isCancelled {
            do {
                while try await ledger.submit(Sweep(keepAnswersDays: settings.idempotencyDays)) {}
            } catch is StorageFailure {
                // The disk is full or gone; the same sweep comes again.
            } catch {
                logger.error("the sweep failed", metadata: ["fault": "\(type(of: error))"])
            }
            verificationCodes.forgetAll(before: clock.now())
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
