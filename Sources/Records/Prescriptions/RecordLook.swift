package import Vocabulary

/// Writes down who looked at a record (RX-PRIVACY).
package struct RecordLook: Command {
    package let subject: String
    package let merchant: MerchantID
    package let outcome: String

    package init(subject: String, merchant: MerchantID, outcome: String) {
        self.subject = subject
        self.merchant = merchant
        self.outcome = outcome
    }

    package func run(in transaction: Transaction) throws {
        var leaf = LeafDraft(kind: .recordRead, subject: subject, outcome: outcome)
        leaf.merchant = merchant
        try transaction.appendLeaf(leaf)
    }
}
