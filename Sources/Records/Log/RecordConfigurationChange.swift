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
        if onlyIfNew, try transaction.inForce(digest, of: subject) { return false }
        var leaf = LeafDraft(kind: .configurationChange, subject: subject, outcome: outcome)
        leaf.secrets = [LeafSecret("configuration", digest)]
        try transaction.appendLeaf(leaf)
        return true
    }
}

/// The last leaf about a part of the configuration, with what opens its commitment.
struct LoggedConfiguration {
    let leaf: Leaf
    private let salt: [UInt8]

    fileprivate init(leaf: Leaf, salt: [UInt8]) {
        self.leaf = leaf
        self.salt = salt
    }

    func commits(to digest: [UInt8]) -> Bool { leaf.commits(to: digest, as: "configuration", salt: salt) }
}

extension Transaction {
    /// Nil when nothing was written about it yet.
    func configuration(of subject: String) throws -> LoggedConfiguration? {
        let row = try row(
            """
            SELECT l.position, s.salt FROM leaves l JOIN leaf_salts s ON s.position = l.position
            WHERE l.subject = ? AND l.kind = ? ORDER BY l.position DESC LIMIT 1
            """,
            [subject, LeafKind.configurationChange.rawValue])
        guard let row, let leaf = try LogReading.leaf(at: row["position"], in: db)?.leaf else { return nil }
        return LoggedConfiguration(leaf: leaf, salt: [UInt8](row["salt"] as Data))
    }

    /// Whether the last leaf about a part of the configuration says this.
    func inForce(_ digest: [UInt8], of subject: String) throws -> Bool {
        try configuration(of: subject)?.commits(to: digest) == true
    }
}
