import Foundation
import GRDB
import Lifecycles
import Notation
import Vocabulary

/// Writes down that the server works by a rule set from now on, if it may (OPS-ACCESS).
package struct RecordRules: Command {
    static let subject = "rules"

    /// What became of it.
    package enum Outcome: Sendable, Hashable {
        /// They were in force before.
        case unchanged
        case recorded
        /// Others are in force, and no two operators agreed on these since. Nothing was written.
        case notApproved
    }

    /// SHA-256 of the rule set's RFC 8785 form.
    let hash: [UInt8]
    /// Whether other rules than those in force need an approved request.
    let needsApproval: Bool

    package init(hash: [UInt8], needsApproval: Bool) {
        self.hash = hash
        self.needsApproval = needsApproval
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        let last = try transaction.configuration(of: Self.subject)
        if let last {
            if last.commits(to: hash) { return .unchanged }
            if needsApproval, try !isApproved(since: last.leaf.time, in: transaction) { return .notApproved }
        }
        _ = try RecordConfigurationChange(
            subject: Self.subject, outcome: "\(Self.subject)_in_force", digest: hash
        ).run(in: transaction)
        return .recorded
    }

    /// An approval serves for one change: going back to rules of before takes another.
    private func isApproved(since moment: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.row(
            """
            SELECT 1 FROM change_requests
            WHERE kind = ? AND subject = ? AND status = 'approved' AND decided_at >= ? LIMIT 1
            """,
            [ChangeKind.changeRules.rawValue, Hex.encode(hash), moment]) != nil
    }
}
