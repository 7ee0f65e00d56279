package import Lifecycles
package import Vocabulary
import GRDB
import Notation

/// An activation code for a new operator's code app: the keyed hash of it.
package struct NewActivation: Sendable, Hashable {
    let codeMAC: [UInt8]

    package init(codeMAC: [UInt8]) { self.codeMAC = codeMAC }
}

/// Somebody who is to be an operator.
package struct NewOperator: Sendable, Hashable {
    let identity: CustomerID
    let userID: UserID
    let nameSealed: [UInt8]
    let name: DisplayName
    let role: OperatorRole
    /// `PasswordHash.encoded`.
    let password: String

    package init(
        identity: CustomerID, userID: UserID, nameSealed: [UInt8], name: DisplayName, role: OperatorRole,
        password: String
    ) {
        self.identity = identity
        self.userID = userID
        self.nameSealed = nameSealed
        self.name = name
        self.role = role
        self.password = password
    }
}

/// Adds an operator, or asks for it: there is no account to begin with, the first is an administrator made by
/// the server's own user, the second an administrator made by the first, and every other needs two of them.
///
/// The password is chosen where the operator is asked for, the activation code is shown where it is approved:
/// neither of the two alone can sign in as the new operator.
package struct AddOperator: Command {
    /// What became of it.
    package enum Outcome: Sendable, Hashable {
        case added(OperatorID, activationExpiresAt: Instant)
        case requested(ChangeRecord)
        case refused(ChangeObstacle)
    }

    let new: NewOperator
    /// Nil for the server's own user.
    let adder: OperatorID?
    let activation: NewActivation

    package init(_ new: NewOperator, by adder: OperatorID?, activation: NewActivation) {
        self.new = new
        self.adder = adder
        self.activation = activation
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        transaction.actor = adder?.text ?? "local"
        do {
            return try add(in: transaction)
        } catch let obstacle as ChangeObstacle {
            if let adder { try transaction.recordObstacle(obstacle, "operators", by: adder) }
            return .refused(obstacle)
        }
    }

    private func add(in transaction: Transaction) throws -> Outcome {
        let isFirst = try transaction.row("SELECT 1 FROM operators LIMIT 1") == nil
        if isFirst {
            guard adder == nil, new.role == .administrator else { throw ChangeObstacle.administratorsFirst }
        } else {
            guard let adder else { throw ChangeObstacle.operatorUnknown }
            try transaction.requireOperator(adder, ChangeKind.addOperator.role)
        }
        let isAlone = try isFirst || transaction.activeAdministrators() == 1
        guard !isAlone || new.role == .administrator else { throw ChangeObstacle.administratorsFirst }
        let added = try AddCustomer(
            id: new.identity, userID: new.userID, nameSealed: new.nameSealed, personNumberSealed: nil,
            personNumberHash: nil, password: new.password
        ).run(in: transaction)
        guard added == .added else { throw ChangeObstacle.userIDTaken }
        if isAlone {
            let made = try transaction.insertOperator(
                identity: new.identity, name: new.name.text, role: new.role, activation: activation)
            return .added(made.id, activationExpiresAt: made.activationExpiresAt)
        }
        guard let adder else { throw ChangeObstacle.operatorUnknown }
        return .requested(
            try transaction.insertChange(
                .addOperator, new.identity.text,
                [
                    ("name", .text(new.name.text)), ("role", .text(new.role.rawValue)),
                    ("user_id", .text(new.userID.text)),
                ], by: adder))
    }
}

extension Transaction {
    func insertOperator(
        identity: CustomerID, name: String, role: OperatorRole, activation: NewActivation
    ) throws -> (id: OperatorID, activationExpiresAt: Instant) {
        let id: OperatorID = makeID()
        try execute(
            """
            INSERT INTO operators (id, identity, name, role, status, created_at)
            VALUES (?, ?, ?, ?, 'active', ?)
            """, [id, identity, name, role.rawValue, now])
        try recordOperator("operator_added", id.text, by: nil)
        let expiresAt = try OrderActivationCode(
            customer: identity, codeMAC: activation.codeMAC, origin: .issuer
        ).run(in: self)
        guard let expiresAt else { throw LedgerFault.unreadable(table: "customers", id: identity.text) }
        return (id, expiresAt)
    }

    /// Makes the operator that an approved request names.
    func makeOperator(
        of change: ChangeRecord, by approver: OperatorID, activation: NewActivation
    ) throws -> ChangeEffect {
        guard let identity = CustomerID(change.subject), let name = change.text("name"),
            let role = change.text("role").flatMap({ OperatorRole(rawValue: $0) }),
            let userID = change.text("user_id")
        else { throw LedgerFault.unreadable(table: "change_requests", id: change.id.text) }
        let row = try row(
            "SELECT user_id FROM customers WHERE id = ? AND blocked_at IS NULL AND erased_at IS NULL",
            [identity])
        guard row?["user_id"] == userID else { throw ChangeObstacle.changedSince }
        let made = try insertOperator(identity: identity, name: name, role: role, activation: activation)
        return .operatorAdded(made.id, userID: userID, activationExpiresAt: made.activationExpiresAt)
    }

    /// The identity of an operator who was not wanted after all: it can do nothing, and its user ID is free.
    func withdrawCandidate(of change: ChangeRecord) throws {
        guard change.kind == .addOperator, let identity = CustomerID(change.subject) else { return }
        try execute(
            "UPDATE authenticators SET secret = NULL, updated_at = ? WHERE customer = ?", [now, identity])
        try execute(
            "UPDATE customers SET blocked_at = ?, user_id = ?, name_sealed = NULL WHERE id = ?",
            [now, "withdrawn-" + identity.text.dropFirst(4).lowercased(), identity])
        try recordOperator("operator_withdrawn", identity.text, by: nil, of: identity)
    }

    /// Ends an operator for good: its sessions, and what it asked for and nobody approved yet.
    func endOperator(_ id: OperatorID, by approver: OperatorID) throws {
        guard let found = try operatorRecord(id), found.isActive else { throw ChangeObstacle.changedSince }
        try execute("UPDATE operators SET status = 'ended', ended_at = ? WHERE id = ?", [now, id])
        try endOperatorSessions(of: id)
        _ = try BlockCustomer(found.identity).run(in: self)
        try recordOperator("operator_ended", id.text, by: approver)
    }
}
