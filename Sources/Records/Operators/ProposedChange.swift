package import Lifecycles
package import Vocabulary
import Decisions
import GRDB
import Notation

/// What an operator asks for; adding an operator is a command of its own, `AddOperator`.
package enum ProposedChange: Sendable, Hashable {
    case unblockCustomer(CustomerID)
    case unblockCertificate(CustomerID)
    case eraseCustomer(CustomerID)
    case endOperator(OperatorID)
    case changeRules(ProposedRules)

    package var kind: ChangeKind {
        switch self {
        case .unblockCustomer: .unblockCustomer
        case .unblockCertificate: .unblockCertificate
        case .eraseCustomer: .eraseCustomer
        case .endOperator: .endOperator
        case .changeRules: .changeRules
        }
    }

    package var subject: String {
        switch self {
        case .unblockCustomer(let id), .unblockCertificate(let id), .eraseCustomer(let id): id.text
        case .endOperator(let id): id.text
        case .changeRules(let rules): rules.hashText
        }
    }

    /// The proposal that a stored request holds; nil for one that adds an operator.
    init?(_ change: ChangeRecord) {
        switch (change.kind, CustomerID(change.subject), OperatorID(change.subject)) {
        case (.unblockCustomer, let id?, _): self = .unblockCustomer(id)
        case (.unblockCertificate, let id?, _): self = .unblockCertificate(id)
        case (.eraseCustomer, let id?, _): self = .eraseCustomer(id)
        case (.endOperator, _, let id?): self = .endOperator(id)
        case (.changeRules, _, _):
            guard let rules = ProposedRules(of: change) else { return nil }
            self = .changeRules(rules)
        default: return nil
        }
    }
}

extension Transaction {
    /// What the request says of its subject as it is now. When the change is approved the subject must still
    /// be like that: who approves the end of one block does not lift the next.
    func particulars(of change: ProposedChange) throws(ChangeObstacle) -> [(String, JSON)] {
        switch change {
        case .unblockCustomer(let id):
            let row = try customerRow(id)
            let blocked = row["blocked_at"] as Instant?
            let stands = (try? customerFacts(id))?.reportedUntil.map { $0 > now } ?? false
            let reported = stands ? row["reported_until"] as Instant? : nil
            guard blocked != nil || reported != nil else { throw .nothingToChange }
            return [("blocked_at", Self.json(blocked)), ("reported_until", Self.json(reported))]
        case .unblockCertificate(let id):
            guard try customerRow(id)["certificate"] == "blocked" else { throw .nothingToChange }
            return [("certificate", "valid")]
        case .eraseCustomer(let id):
            return [("created_at", Self.json(try customerRow(id)["created_at"] as Instant?))]
        case .endOperator(let id):
            guard let found = try? operatorRecord(id) else { throw .subjectUnknown }
            guard found.isActive else { throw .nothingToChange }
            return [("name", .text(found.name)), ("role", .text(found.role.rawValue))]
        case .changeRules(let rules):
            let inForce = try? inForce(rules.hash, of: RecordRules.subject)
            guard inForce == false else { throw .nothingToChange }
            return [(ProposedRules.member, rules.document)]
        }
    }

    private func customerRow(_ id: CustomerID) throws(ChangeObstacle) -> Row {
        let row = try? row(
            """
            SELECT blocked_at, reported_until, certificate, created_at FROM customers
            WHERE id = ? AND erased_at IS NULL
            """, [id])
        guard let row else { throw .subjectUnknown }
        return row
    }

    private static func json(_ moment: Instant?) -> JSON { moment.map { .text($0.rfc3339) } ?? .null }
}
