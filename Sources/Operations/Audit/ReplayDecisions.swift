import Lifecycles
import Records
package import Vocabulary

extension Gateway {
    /// What another rule set would have decided on the decisions logged so far (OPS-REPLAY). Nothing of them
    /// is changed; that somebody asked is a leaf, and the decisions before that leaf are the ones judged.
    ///
    /// One read transaction for each page, so that no long look keeps the file from being tidied.
    package func replay(
        _ request: ReplayRequest, by actor: Actor
    ) async throws(Refusal) -> ReplaySummary {
        try await demand(.auditor, of: actor, for: "replay")
        // A filter that asks for too much is refused before anything is written down.
        let bounds = try request.bounds(now: clock.now())
        return try await refusing {
            let size = try await ledger.submit(
                RecordOperatorRead(
                    actor: actor.text, subject: "replay", outcome: "replayed", particulars: request.digest))
            let walk = try await ledger.read { db in try DecisionWalk(bounds, size: size, in: db) }
            var summary = ReplaySummary()
            for start in walk.pages {
                try Task.checkCancellation()
                let page = try await ledger.read { db in try walk.decisions(from: start, in: db) }
                for decision in page {
                    summary.add(LoggedDecision(decision, vault: vault), under: request.rules)
                }
            }
            return summary
        }
    }

    /// The rules in force with their parameters, as a file to begin with.
    package func rulesInForce(by actor: Actor) async throws(Refusal) -> String {
        try await demand(.viewer, of: actor, for: "rules")
        return RuleSetDocument.text(under: settings)
    }
}

extension AuditCopy {
    /// The same on a copy, where nothing is recorded.
    package func replay(_ request: ReplayRequest, now: Instant) throws -> ReplaySummary {
        let vault = keys.map { SealedVault(keys: $0) }
        let bounds = try request.bounds(now: now)
        let walk = try file.read { db in
            try DecisionWalk(bounds, size: try LogReading.size(in: db), in: db)
        }
        var summary = ReplaySummary()
        for start in walk.pages {
            for decision in try file.read({ db in try walk.decisions(from: start, in: db) }) {
                summary.add(LoggedDecision(decision, vault: vault), under: request.rules)
            }
        }
        return summary
    }
}
