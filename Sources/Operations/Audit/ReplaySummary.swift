package import Notation
import Records
package import Vocabulary

/// A decision out of the records, with its personal inputs as far as they are still there.
package struct LoggedDecision: Sendable, Hashable {
    package let id: DecisionID
    package let authorization: AuthorizationID
    /// `create`, `answer` or `result`.
    package let stage: String
    /// As it is stored; nil when it was no decline.
    package let reason: String?
    package let trace: JSON
    /// Personal inputs are there, and nobody could open them.
    package let isSealed: Bool

    package init(
        id: DecisionID, authorization: AuthorizationID, stage: String, reason: String?, trace: JSON,
        personal: JSON?, isSealed: Bool = false
    ) {
        self.isSealed = isSealed
        self.id = id
        self.authorization = authorization
        self.stage = stage
        self.reason = reason
        self.trace = TraceDocument.merged(trace, personal)
    }
}

/// What a replay found, counted; and the first examples of what would have been otherwise.
package struct ReplaySummary: Sendable, Hashable {
    /// One decision that would have been another.
    package struct Example: Sendable, Hashable {
        package let decision: DecisionID
        package let authorization: AuthorizationID
        package let stage: String
        package let change: ReplayChange
    }

    /// From one reason to another.
    package struct Reasons: Sendable, Hashable {
        package let from: DeclineReason
        package let to: DeclineReason
    }

    package let maximumExamples: Int
    package private(set) var examined = 0
    package private(set) var unchanged = 0
    /// What was no decline and would have been one, by its reason.
    package private(set) var newlyDeclined: [DeclineReason: Int] = [:]
    /// What was a decline and would have been none, by the reason of then.
    package private(set) var newlyPassed: [DeclineReason: Int] = [:]
    package private(set) var changedReason: [Reasons: Int] = [:]
    package private(set) var skipped: [ReplaySkip: Int] = [:]
    package private(set) var examples: [Example] = []

    package init(maximumExamples: Int = 20) { self.maximumExamples = maximumExamples }

    package mutating func add(_ decision: LoggedDecision, under rules: ReplayRules) {
        examined += 1
        let isSound = TraceDocument.reason(in: decision.trace) == decision.reason
        switch isSound ? Replay.judge(decision.trace, under: rules) : .skipped(.contradicted) {
        case .unchanged: unchanged += 1
        case .skipped(.erased) where decision.isSealed: skipped[.sealed, default: 0] += 1
        case .skipped(let why): skipped[why, default: 0] += 1
        case .changed(let change):
            count(change)
            if examples.count < maximumExamples {
                examples.append(
                    Example(
                        decision: decision.id, authorization: decision.authorization, stage: decision.stage,
                        change: change))
            }
        }
    }

    private mutating func count(_ change: ReplayChange) {
        switch (change.from, change.to) {
        case (nil, let to?): newlyDeclined[to, default: 0] += 1
        case (let from?, nil): newlyPassed[from, default: 0] += 1
        case (let from?, let to?): changedReason[Reasons(from: from, to: to), default: 0] += 1
        case (nil, nil): unchanged += 1
        }
    }
}

extension Replay {
    /// Judges all decisions again, page by page.
    package static func run<Pages: AsyncSequence>(
        _ pages: Pages, under rules: ReplayRules, maximumExamples: Int = 20
    ) async throws -> ReplaySummary where Pages.Element == [LoggedDecision] {
        var summary = ReplaySummary(maximumExamples: maximumExamples)
        for try await page in pages {
            for decision in page { summary.add(decision, under: rules) }
        }
        return summary
    }
}
