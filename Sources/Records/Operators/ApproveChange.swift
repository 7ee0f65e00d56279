package import Vocabulary
import Foundation
import GRDB
import Lifecycles
import Notation
import Proofs

/// The second person approves a change, and it is made in the same transaction (OPS-ACCESS).
package struct ApproveChange: Command {
    /// What became of the approval.
    package enum Outcome: Sendable, Hashable {
        case made(ChangeRecord, ChangeEffect)
        case refused(ChangeObstacle)
    }

    /// Hexadecimal digits of the digest that must be named at least.
    package static let leastDigits = 12

    let id: ChangeRequestID
    /// The beginning of the digest of what the approver has read, in hexadecimal.
    let digest: String
    let approver: OperatorID
    /// For a new operator's code app.
    let activation: NewActivation

    package init(
        _ id: ChangeRequestID, digest: String, by approver: OperatorID, activation: NewActivation
    ) {
        self.id = id
        self.digest = digest
        self.approver = approver
        self.activation = activation
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        transaction.actor = approver.text
        do {
            let change = try approvable(in: transaction)
            // The obstacles come first: from here on everything happens, or nothing.
            let effect = try make(change, in: transaction)
            guard try transaction.close(change, as: .approved, by: approver),
                let closed = try transaction.change(id)
            else { throw LedgerFault.unreadable(table: "change_requests", id: id.text) }
            return .made(closed, effect)
        } catch let obstacle as ChangeObstacle {
            try transaction.recordObstacle(obstacle, id.text, by: approver)
            return .refused(obstacle)
        }
    }

    private func approvable(in transaction: Transaction) throws -> ChangeRecord {
        let change = try transaction.openChange(id)
        try transaction.requireOperator(approver, change.kind.role)
        guard change.requestedBy != approver else { throw ChangeObstacle.ownRequest }
        // Whoever asked must still be who may ask.
        do {
            try transaction.requireOperator(change.requestedBy, change.kind.role)
        } catch is ChangeObstacle {
            throw ChangeObstacle.changedSince
        }
        let whole = Digest.sha256(Array(change.change.utf8))
        guard digest.utf8.count >= Self.leastDigits, whole == change.digest,
            Hex.encode(whole).hasPrefix(digest.lowercased())
        else { throw ChangeObstacle.digestDiffers }
        if let proposed = ProposedChange(change) {
            try requireUnchanged(proposed, change, in: transaction)
            try transaction.requireIsPossible(proposed)
        }
        return change
    }

    /// What the change is about is as it was when it was asked for.
    private func requireUnchanged(
        _ proposed: ProposedChange, _ change: ChangeRecord, in transaction: Transaction
    ) throws {
        let stored = (try? JSON.parse(change.change.utf8))?.object
        for (name, value) in try transaction.particulars(of: proposed) where stored?[name] != value {
            throw ChangeObstacle.changedSince
        }
    }

    private func make(_ change: ChangeRecord, in transaction: Transaction) throws -> ChangeEffect {
        switch ProposedChange(change) {
        case .unblockCustomer(let id):
            _ = try UnblockCustomer(id).run(in: transaction)
            return .customer(id)
        case .unblockCertificate(let id):
            _ = try SetCertificate(of: id, isValid: true).run(in: transaction)
            return .customer(id)
        case .eraseCustomer(let id):
            try EraseCustomer(id, by: approver).run(in: transaction)
            return .erased(id)
        case .endOperator(let id):
            try transaction.endOperator(id, by: approver)
            return .operatorEnded(id)
        case .changeRules(let rules):
            // A server that starts with these rules finds the approval.
            return .rulesApproved(rules.hashText)
        case nil:
            return try transaction.makeOperator(of: change, by: approver, activation: activation)
        }
    }
}

/// What an approved change did.
package enum ChangeEffect: Sendable, Hashable {
    case customer(CustomerID)
    case erased(CustomerID)
    case operatorAdded(OperatorID, userID: String, activationExpiresAt: Instant)
    case operatorEnded(OperatorID)
    /// By the hash of the rule set, in hexadecimal.
    case rulesApproved(String)
}
