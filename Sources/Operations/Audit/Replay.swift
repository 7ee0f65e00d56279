import Decisions
package import Notation
import Records
package import Vocabulary

/// What another rule set would have decided on a logged decision (OPS-REPLAY).
///
/// Each decision is judged on its own and on what was looked at then: a customer whom another budget had let
/// be asked more often is not followed further. Rules without parameters keep their logged verdict.
package enum Replay {
    /// - Parameter trace: With its personal inputs merged in, as far as they are still there.
    package static func judge(_ trace: JSON, under rules: ReplayRules) -> ReplayOutcome {
        guard let entries = ReplayEntry.all(in: trace), let first = entries.first,
            let set = RuleBook.set(asking: first.rule)
        else { return .skipped(.unreadable) }
        let asked = set.filter { rules.changes[$0.name]?.isEnabled == true }.map(\.name)
        guard Set(asked).isSubset(of: entries.map(\.rule)) else { return .skipped(.notLogged) }
        let before = entries.firstIndex { $0.reason != nil }
        do throws(ReplaySkip) {
            for (index, entry) in entries.enumerated() {
                guard case .decline(let reason) = try verdict(of: entry, under: rules) else { continue }
                return outcome(entries, before: before, after: (index, reason))
            }
            return outcome(entries, before: before, after: nil)
        } catch {
            return .skipped(error)
        }
    }

    private static func verdict(
        of entry: ReplayEntry, under rules: ReplayRules
    ) throws(ReplaySkip) -> RuleVerdict {
        guard let change = rules.changes[entry.rule] else { return entry.verdict }
        guard change.isEnabled else { return .notApplicable }
        guard let rule = RuleBook.rule(named: entry.rule), entry.version == change.version,
            rule.version == change.version
        else { throw .otherVersion }
        let parameters = entry.parameters.replacing(with: change.parameters)
        guard parameters != entry.parameters else { return entry.verdict }
        guard let inputs = entry.inputs else {
            if entry.isPersonal { throw .erased }
            // It looked at nothing: it did not concern these facts, and no parameter changes that.
            return entry.verdict
        }
        do throws(UnreadableTrace) {
            return try rule.judge(inputs, under: parameters)?.verdict ?? entry.verdict
        } catch {
            throw .unreadable
        }
    }

    private static func outcome(
        _ entries: [ReplayEntry], before: Int?, after: (index: Int, reason: DeclineReason)?
    ) -> ReplayOutcome {
        let reason = before.flatMap { entries[$0].reason }
        guard reason != after?.reason else { return .unchanged }
        // The rule that speaks otherwise than it did: one that declines now, or one that declines no longer.
        let index = min(before ?? .max, after?.index ?? .max)
        return .changed(ReplayChange(from: reason, to: after?.reason, rule: entries[index].rule))
    }
}

/// What a replay says of one decision.
package enum ReplayOutcome: Sendable, Hashable {
    /// The same reason, or none again.
    case unchanged
    case changed(ReplayChange)
    case skipped(ReplaySkip)
}

/// A decision that would have been another.
package struct ReplayChange: Sendable, Hashable {
    /// The reason of then; nil when it was no decline.
    package let from: DeclineReason?
    /// The reason that it would have had; nil when it would have been no decline.
    package let to: DeclineReason?
    /// The rule whose other word makes the difference.
    package let rule: String
}

/// Why a decision could not be judged again.
package enum ReplaySkip: String, Error, Sendable, Hashable, CaseIterable {
    /// What the rule looked at was erased with the customer.
    case erased
    /// What the rule looked at is sealed, and there is no key that opens it.
    case sealed
    /// The rule that decided was another version than the one asked for.
    case otherVersion = "other_version"
    /// The rule set asks for a rule that was not asked then.
    case notLogged = "not_logged"
    /// The trace does not lead to the reason that is stored with it.
    case contradicted
    /// The trace is not as a decision writes it.
    case unreadable
}
