import Foundation
import GRDB
import Vocabulary

/// Writes down that the server works with another configuration from now on (CONTRACT section 1).
package struct RecordConfigurationChange: Command {
    /// What changed: `merchants`, `settings`, `rules`.
    package let subject: String
    package let outcome: String
    /// SHA-256 of the new configuration; goes into the leaf as a commitment.
    package let digest: [UInt8]
    /// Only if it differs from what the last leaf about it says: for a start of the server.
    package let onlyIfNew: Bool

    package init(subject: String, outcome: String, digest: [UInt8], onlyIfNew: Bool = false) {
        self.subject = subject
        self.outcome = outcome
        self.digest = digest
        self.onlyIfNew = onlyIfNew
    }

    /// - Returns: whether a leaf was written.
    package func run(in transaction: Transaction) throws -> Bool {
        if onlyIfNew, try isInForce(in: transaction) { return false }
        var leaf = LeafDraft(kind: .configurationChange, subject: subject, outcome: outcome)
        leaf.secrets = [LeafSecret("configuration", digest)]
        try transaction.appendLeaf(leaf)
        return true
    }

    private func isInForce(in transaction: Transaction) throws -> Bool {
        let row = try transaction.row(
            """
            SELECT l.position, s.salt FROM leaves l JOIN leaf_salts s ON s.position = l.position
            WHERE l.subject = ? ORDER BY l.position DESC LIMIT 1
            """,
            [subject])
        guard let row, let last = try LogReading.leaf(at: row["position"], in: transaction.db)?.leaf else {
            return false
        }
        return last.commits(to: digest, as: "configuration", salt: [UInt8](row["salt"] as Data))
    }
}
