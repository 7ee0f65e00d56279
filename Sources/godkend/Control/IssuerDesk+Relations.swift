import Notation
import Operations
import Records
import Vocabulary

extension IssuerDesk {
    /// Files a relation. What is wrong with a CPR number is said without repeating it.
    func addRelation(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        guard let kind = RelationKind(rawValue: try call.text("kind")) else {
            throw CommandFailure("A relation is guardian or power_of_attorney.")
        }
        let patient = try Self.personNumber(call.text("patient"))
        return Self.json(
            try await issuer.addRelation(
                NewRelation(
                    kind: kind, patient: patient, holder: try holder(call), from: try day("from", of: call),
                    to: try day("to", of: call), isApproved: call.particulars["requested"]?.bool != true)))
    }

    func approveRelation(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        Self.json(try await issuer.approveRelation(try relation(call)))
    }

    func revokeRelation(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        Self.json(try await issuer.revokeRelation(try relation(call)))
    }

    func listRelations(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        let found = try await issuer.relations(of: try holder(call))
        return ["relations": .array(found.map(Self.json))]
    }

    private func holder(_ call: IssuerCall) throws -> CustomerID {
        guard let holder = CustomerID(try call.text("holder")) else {
            throw CommandFailure("Name the customer who acts: cus_…")
        }
        return holder
    }

    private func relation(_ call: IssuerCall) throws -> RelationID {
        guard let id = RelationID(try call.text("relation")) else {
            throw CommandFailure("Name a relation: rel_…")
        }
        return id
    }

    private func day(_ key: String, of call: IssuerCall) throws -> LocalDate? {
        guard let text = call.optionalText(key) else { return nil }
        guard let day = LocalDate(text) else {
            throw CommandFailure("Write the day \(key) as 2026-11-22.")
        }
        return day
    }

    private static func json(_ relation: RelationRecord) -> JSON {
        [
            "relation": .text(relation.id.text), "kind": .text(relation.kind.rawValue),
            "holder": .text(relation.holder.text), "from": .text(relation.from.description),
            "to": .text(relation.to.description), "status": .text(relation.status.rawValue),
        ]
    }
}
