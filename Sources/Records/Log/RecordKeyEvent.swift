/// Writes down that a key of the server came or went.
package struct RecordKeyEvent: Command {
    /// Which key: `log_key`.
    package let subject: String
    package let outcome: String
    /// The public half; goes into the leaf as a commitment.
    package let publicKey: [UInt8]

    package init(subject: String, outcome: String, publicKey: [UInt8]) {
        self.subject = subject
        self.outcome = outcome
        self.publicKey = publicKey
    }

    package func run(in transaction: Transaction) throws {
        var leaf = LeafDraft(kind: .keyEvent, subject: subject, outcome: outcome)
        leaf.secrets = [LeafSecret("public_key", publicKey)]
        try transaction.appendLeaf(leaf)
    }
}
