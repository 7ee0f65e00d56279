package import Vocabulary
import GRDB
import Lifecycles
import Notation

/// What became of asking for a change.
package enum ChangeAnswer: Sendable, Hashable {
    case done(ChangeRecord)
    case refused(ChangeObstacle)
}

/// An operator asks for a change that needs a second person. Nothing is changed by it (OPS-ACCESS).
package struct RequestChange: Command {
    let change: ProposedChange
    let requester: OperatorID

    package init(_ change: ProposedChange, by requester: OperatorID) {
        self.change = change
        self.requester = requester
    }

    package func run(in transaction: Transaction) throws -> ChangeAnswer {
        do {
            return .done(try ask(in: transaction))
        } catch let obstacle as ChangeObstacle {
            try transaction.recordObstacle(obstacle, change.subject, by: requester)
            return .refused(obstacle)
        }
    }

    private func ask(in transaction: Transaction) throws -> ChangeRecord {
        try transaction.expireChanges()
        try transaction.requireOperator(requester, change.kind.role)
        let particulars = try transaction.particulars(of: change)
        try transaction.requireIsPossible(change)
        let waiting = try transaction.row(
            "SELECT id FROM change_requests WHERE kind = ? AND subject = ? AND status = 'pending'",
            [change.kind.rawValue, change.subject])
        if let waiting = (waiting?["id"] as String?).flatMap({ ChangeRequestID($0) }) {
            throw ChangeObstacle.alreadyAsked(waiting)
        }
        return try transaction.insertChange(change.kind, change.subject, particulars, by: requester)
    }
}

/// Somebody turns a request down, or takes back their own.
package struct RejectChange: Command {
    let id: ChangeRequestID
    let decider: OperatorID

    package init(_ id: ChangeRequestID, by decider: OperatorID) {
        self.id = id
        self.decider = decider
    }

    package func run(in transaction: Transaction) throws -> ChangeAnswer {
        do {
            let change = try transaction.openChange(id)
            if change.requestedBy != decider {
                try transaction.requireOperator(decider, change.kind.role)
            } else {
                try transaction.requireOperator(decider, .viewer)
            }
            guard try transaction.close(change, as: .rejected, by: decider),
                let closed = try transaction.change(id)
            else { throw ChangeObstacle.over(change.status) }
            return .done(closed)
        } catch let obstacle as ChangeObstacle {
            try transaction.recordObstacle(obstacle, id.text, by: decider)
            return .refused(obstacle)
        }
    }
}

extension Transaction {
    /// A leaf for an attempt that was refused. The subject may be an id that names nothing.
    func recordObstacle(_ obstacle: ChangeObstacle, _ subject: String, by actor: OperatorID) throws {
        try recordOperator("refused_\(obstacle.word)", subject, by: actor, changes: false)
    }

    /// An operator who has not ended and whose role, as it stands now, suffices.
    func requireOperator(_ id: OperatorID, _ role: OperatorRole) throws {
        guard let found = try operatorRecord(id), found.isActive else {
            throw ChangeObstacle.operatorUnknown
        }
        guard found.role >= role else { throw ChangeObstacle.roleTooLow(needed: role) }
    }

    /// A request that still waits.
    func openChange(_ id: ChangeRequestID) throws -> ChangeRecord {
        guard let change = try change(id) else { throw ChangeObstacle.requestUnknown }
        guard change.status == .pending else { throw ChangeObstacle.over(change.status) }
        guard time.now(for: change.requestedAt, isCautious: true) < change.expiresAt else {
            _ = try close(change, as: .expired, by: nil)
            throw ChangeObstacle.over(.expired)
        }
        return change
    }

    /// Whether anything stands against a change: asked when it is requested, and again when it is made.
    func requireIsPossible(_ change: ProposedChange) throws {
        switch change {
        case .unblockCustomer, .unblockCertificate, .changeRules: break
        case .eraseCustomer(let id): try requireErasable(id)
        case .endOperator(let id):
            let isAdministrator = try operatorRecord(id)?.role == .administrator
            if isAdministrator, try activeAdministrators() <= 1 { throw ChangeObstacle.lastAdministrator }
        }
    }
}
