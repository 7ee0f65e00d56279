import Decisions
import Lifecycles
import Notation
import Proofs
import Records
package import Vocabulary

/// What can be explained: an authorization, by its own id or by that of one of its decisions.
package enum ExplainedID: Sendable, Hashable {
    case authorization(AuthorizationID)
    case decision(DecisionID)

    /// Nil for any other id.
    package init?(_ text: String) {
        if let id = AuthorizationID(text) {
            self = .authorization(id)
        } else if let id = DecisionID(text) {
            self = .decision(id)
        } else {
            return nil
        }
    }

    package var text: String {
        switch self {
        case .authorization(let id): id.text
        case .decision(let id): id.text
        }
    }

    func material(_ reader: AuditMaterial.Reader) throws -> AuditMaterial? {
        switch self {
        case .authorization(let id): try reader.material(of: id)
        case .decision(let id): try reader.material(ofDecision: id)
        }
    }
}

extension Gateway {
    /// Everything about one authorization, for an auditor; that it was looked at is a leaf before it is
    /// shown (OPS-TRACE, OPS-ACCESS).
    package func explain(_ id: ExplainedID, by actor: Actor) async throws(Refusal) -> AuditStory {
        try await demand(.auditor, of: actor, for: id.text)
        return try await refusing {
            let story = try await story(id)
            _ = try await ledger.submit(
                RecordOperatorRead(
                    actor: actor.text, subject: story.row.id.text, outcome: "explained"))
            return story
        }
    }

    package func explain(_ id: AuthorizationID, by actor: Actor) async throws(Refusal) -> AuditStory {
        try await explain(.authorization(id), by: actor)
    }

    private func story(_ id: ExplainedID) async throws -> AuditStory {
        guard let material = try await ledger.read({ db in try id.material(AuditMaterial.Reader(db)) }) else {
            throw Refusal(.notFound)
        }
        let order = presenter.order(of: material.authorization)
        var records: [(use: PrescriptionUse, evidence: AuditRecord?, now: AuditStory.Count?)] = []
        for use in PrescriptionUse.all(in: order, holds: material.authorization.holds) {
            let evidence = try await ledger.read { db in
                try AuditRecord.read(use.record, line: use.line, in: db)
            }
            records.append((use, evidence, try await count(of: use)))
        }
        return AuditStory(
            StoryParts(
                material: material, order: order, records: records, checkpointSize: log.latest?.size
            ) { [vault] sealed, decision in
                (try? vault.open(inputs: sealed, of: decision)).flatMap { try? JSON.parse($0) }
            })
    }

    /// What is left of a line now; nil when the record cannot be opened: it was never authentic, or it was
    /// erased.
    private func count(of use: PrescriptionUse) async throws -> AuditStory.Count? {
        guard let opened = try? await opened(use.record, isLive: settings.isLive) else { return nil }
        let facts = try await recordFacts(opened, lines: [use.line]).first
        return facts.flatMap { LineCoverage(of: $0, today: LocalDate(clock.now())) }.map {
            AuditStory.Count(prescribed: $0.prescribed, handedOver: $0.handedOver, held: $0.held)
        }
    }
}
