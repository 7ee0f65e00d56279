import Vocabulary

/// Writes down that an operator looked at one customer or one authorization, or took an export (OPS-ACCESS).
package struct RecordOperatorRead: Command {
    /// An `opr_…`, or `local` for the server's own user.
    package let actor: String
    /// The id of what was looked at, or a word such as `export`.
    package let subject: String
    /// What was done: `explained`, `listed`, `exported`, `replayed`.
    package let outcome: String
    /// What was asked for; goes in as a commitment only.
    package let particulars: [UInt8]

    package init(actor: String, subject: String, outcome: String, particulars: [UInt8] = []) {
        self.actor = actor
        self.subject = subject
        self.outcome = outcome
        self.particulars = particulars
    }

    /// - Returns: the position of the leaf.
    package func run(in transaction: Transaction) throws -> Int64 {
        var leaf = LeafDraft(kind: .operatorRead, subject: subject, outcome: outcome)
        leaf.actor = actor
        if !particulars.isEmpty { leaf.secrets = [LeafSecret("particulars", particulars)] }
        return try transaction.appendLeaf(leaf)
    }
}

/// Writes down an attempt of an operator that was refused: a failed sign-in, or something beyond the role.
package struct RecordOperatorFailure: Command {
    package let actor: String
    package let subject: String
    package let outcome: String

    package init(actor: String, subject: String, outcome: String) {
        self.actor = actor
        self.subject = subject
        self.outcome = outcome
    }

    package func run(in transaction: Transaction) throws {
        var leaf = LeafDraft(kind: .operatorAction, subject: subject, outcome: outcome)
        leaf.actor = actor
        leaf.vouches = false
        try transaction.appendLeaf(leaf)
    }
}
