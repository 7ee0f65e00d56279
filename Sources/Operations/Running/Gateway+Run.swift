import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Takes up what a former run left open, then carries intents to the acquirer, hears late answers,
    /// writes down what runs out of time and signs the log, until it is cancelled; then once more.
    package func run() async throws {
        let left = try await ledger.read { db in try IntentRecord.open(in: db) }
        let desk = IntentDesk()
        for intent in left { desk.put(intent, isResumed: true) }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await intent in self.ledger.changes.intents { desk.put(intent, isResumed: false) }
                desk.close()
            }
            group.addTask {
                for await token in self.ledger.changes.spentTokens { self.verificationCodes.forget(token) }
            }
            group.addTask { await self.findStrays(desk) }
            group.addTask { await self.hearLateAnswers() }
            group.addTask { await self.watchIntents() }
            group.addTask { await self.sweep() }
            group.addTask { await self.watchClock() }
            group.addTask { await self.runRobot() }
            group.addTask { await self.checkpointSigner.run() }
            for await errand in desk.errands where desk.take(errand.intent) {
                group.addTask {
                    await AcquirerDriver(gateway: self, isResumed: errand.isResumed).drive(errand.intent)
                    desk.leave(errand.intent)
                }
            }
            group.cancelAll()
        }
        await checkpointSigner.signNow()
    }

    /// Looks for open intents that nobody works on: a commit whose outcome was unknown may have left one.
    private func findStrays(_ desk: IntentDesk) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            let open = (try? await ledger.read { db in try IntentRecord.open(in: db) }) ?? []
            for intent in open where !desk.isTaken(intent) { desk.put(intent, isResumed: true) }
        }
    }

    /// Writes down every second what is over, so that nobody waits for a look at it.
    private func sweep() async {
        while !Task.isCancelled {
            do {
                while try await ledger.submit(Sweep(keepAnswersDays: settings.idempotencyDays)) {}
                while try await ledger.submit(SweepIdentity(terms: signInTerms)) > 0 {}
            } catch is StorageFailure {
                // The disk is full or gone; the same sweep comes again.
            } catch {
                logger.error("the sweep failed", metadata: ["fault": "\(type(of: error))"])
            }
            verificationCodes.forgetAll(before: clock.even())
            GatewayMeters.queueAge(queueAgeMilliseconds())
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
