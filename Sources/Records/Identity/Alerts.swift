package import Lifecycles
package import Vocabulary
import GRDB

extension Transaction {
    /// Writes down what a customer or staff must hear of. `detail` holds words and ids, never a secret.
    package func alert(_ customer: CustomerID, kind: AlertKind, detail: String) throws {
        let id: AlertID = makeID()
        try execute(
            "INSERT INTO alerts (id, customer, kind, detail, created_at) VALUES (?, ?, ?, ?, ?)",
            [id, customer, kind.rawValue, detail, now])
        noteChange(of: customer.text)
    }

    /// A leaf for something about keys, codes and factors (LOG-LEAF).
    func recordKeyEvent(_ subject: String, _ outcome: String, of customer: CustomerID) throws {
        try record(.keyEvent, subject, outcome, of: customer)
    }

    /// A leaf for what the issuer did.
    func recordIssuerAction(_ subject: String, _ outcome: String, of customer: CustomerID) throws {
        try record(.operatorAction, subject, outcome, of: customer)
    }

    /// A leaf for a failed sign-in (OPS-ACCESS).
    func recordFailedSignIn(_ signIn: SignInID, of customer: CustomerID?) throws {
        try record(.failedSignIn, signIn.text, "refused", of: customer)
    }

    private func record(
        _ kind: LeafKind, _ subject: String, _ outcome: String, of customer: CustomerID?
    ) throws {
        var draft = LeafDraft(kind: kind, subject: subject, outcome: outcome)
        draft.customer = customer
        try appendLeaf(draft)
    }
}
