import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Takes up what a former run left open, then carries intents to the acquirer, hears late answers,
    /// writes down what runs out of time and signs the log, until it is cancelled; then once more.
    package func run() async throws {
        let left = try await openIntents()
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

    /// What a former run left open; a disk that fails is waited for.
    private func openIntents() async throws -> [IntentID] {
        let trouble = Complaint("the open intents cannot be read yet", logger: logger)
        var pause = Backoff.disk
        while true {
            do {
                defer { trouble.settle() }
                return try await ledger.read { db in try IntentRecord.open(in: db) }
            } catch let failure as StorageFailure {
                trouble.tell(failure)
                try Task.checkCancellation()
                await pause.wait()
            }
        }
    }

    /// Looks for open intents that nobody works on: a commit whose outcome was unknown may have left one.
    private func findStrays(_ desk: IntentDesk) async {
        let trouble = Complaint("the open intents cannot be read", logger: logger)
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            do {
                let open = try await ledger.read { db in try IntentRecord.open(in: db) }
                for intent in open where !desk.isTaken(intent) { desk.put(intent, isResumed: true) }
                trouble.settle()
            } catch  where !Task.isCancelled {
                trouble.tell(error)
            } catch {}
        }
    }

    /// Writes down every second what is over, so that nobody waits for a look at it.
    private func sweep() async {
        let trouble = Complaint("the sweep failed and comes again", logger: logger)
        while !Task.isCancelled {
            do {
                while try await ledger.submit(Sweep(keepAnswersDays: settings.idempotencyDays)) {}
                while try await ledger.submit(SweepIdentity(terms: signInTerms)) > 0 {}
                trouble.settle()
            } catch  where error as? StorageFailure != .closed {
                trouble.tell(error)
            } catch {}
            diskWatch.look(ledger.standing, logger: logger)
            verificationCodes.forgetAll(before: clock.even())
            GatewayMeters.queueAge(queueAgeMilliseconds())
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
