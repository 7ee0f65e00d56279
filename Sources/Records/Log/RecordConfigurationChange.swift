/// Writes down that the server works with another configuration from now on (CONTRACT section 1).
package struct RecordConfigurationChange: Command {
    /// What changed: `merchants`.
    package let subject: String
    package let outcome: String
    /// SHA-256 of the new configuration; goes into the leaf as a commitment.
    package let digest: [UInt8]

    package init(subject: String, outcome: String, digest: [UInt8]) {
        self.subject = subject
        self.outcome = outcome
        self.digest = digest
    }

    package func run(in transaction: Transaction) throws {
        var leaf = LeafDraft(kind: .configurationChange, subject: subject, outcome: outcome)
        leaf.secrets = [LeafSecret("configuration", digest)]
        try transaction.appendLeaf(leaf)
    }
}
