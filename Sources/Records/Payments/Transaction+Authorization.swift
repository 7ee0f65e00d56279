import Decisions
import Foundation
import GRDB
import Lifecycles
import Notation
import Proofs
import Vocabulary

/// A decision as it goes into the records.
struct DecisionDraft {
    enum Stage: String { case create, answer, result }

    let stage: Stage
    let decision: Decision
    let ruleSet: [UInt8]
    /// What a decision without a decline means at this stage.
    let outcomeIfNotDeclined: String

    init(_ stage: Stage, _ decision: Decision, otherwise: String) throws {
        self.stage = stage
        self.decision = decision
        ruleSet = try TraceDocument.hash(of: decision)
        outcomeIfNotDeclined = otherwise
    }

    /// What the rules looked at of a person; it is kept apart, sealed, and goes when they are erased.
    var personal: JSON? { TraceDocument.personal(decision) }

    var outcome: String { decision.decline == nil ? outcomeIfNotDeclined : "declined" }
}

extension Transaction {
    func authorization(_ id: AuthorizationID, of owner: Owner? = nil) throws -> Authorization {
        guard let found = try AuthorizationReading.find(id, of: owner, in: db) else {
            throw Rejection.notFound
        }
        try witness(id)
        return found
    }

    /// To be done before the rows of an authorization are changed.
    func witness(_ id: AuthorizationID) throws {
        guard try rowsDiffer(of: id.text) else { return }
        guard let found = try AuthorizationReading.find(id, of: nil, in: db) else { return }
        try recordNote(Self.rowsDiffered, of: found)
    }

    /// The time by which an approval is over, or may still be captured. That the bank is told of it cannot be
    /// taken back: a clock that is not confirmed ends none.
    func now(for approval: Approval) -> Instant { time.now(for: approval.at, isCautious: true) }

    private func now(for authorization: Authorization) -> Instant {
        guard case .approved(let approval) = authorization.lifecycle.state else { return now }
        return now(for: approval)
    }

    /// Carries out a command on an authorization and writes all of it down: the row, the decision if there is
    /// one, one leaf, and a notice an event.
    @discardableResult
    func apply(
        _ command: AuthorizationCommand, to authorization: inout Authorization,
        decision: DecisionDraft? = nil, secrets: [LeafSecret] = []
    ) throws -> [AuthorizationEvent] {
        let before = authorization.status
        let events: [AuthorizationEvent]
        do throws(AuthorizationRejection) {
            events = try authorization.lifecycle.handle(command, at: now(for: authorization))
        } catch {
            throw Rejection.authorization(error)
        }
        authorization.updatedAt = now
        authorization.version += 1
        try updateRow(of: authorization)
        try record(events, of: &authorization, from: before, decision: decision, secrets: secrets)
        return events
    }

    /// Writes down something that happened to an authorization and left its state and sums as they were.
    ///
    /// - Returns: the position of its leaf.
    @discardableResult
    func note(_ event: AuthorizationEvent, of authorization: inout Authorization) throws -> Int64 {
        authorization.updatedAt = now
        authorization.version += 1
        try updateRow(of: authorization)
        return try record([event], of: &authorization, from: authorization.status, decision: nil)
    }

    /// Writes the leaf, the decision and the notices that go with a change, and moves the holds along.
    @discardableResult
    func record(
        _ events: [AuthorizationEvent], of authorization: inout Authorization,
        from before: AuthorizationStatus?,
        decision: DecisionDraft?, secrets: [LeafSecret] = []
    ) throws -> Int64 {
        let books = try row(
            "SELECT last_leaf, last_event FROM authorizations WHERE id = ?", [authorization.id])
        var leaf = LeafDraft(
            kind: decision == nil ? .change : .decision, subject: authorization.id.text,
            outcome: decision?.outcome ?? events.first?.rawValue ?? "changed")
        leaf.merchant = authorization.merchant
        leaf.reason = authorization.decline?.reason
        leaf.ruleSet = decision?.ruleSet
        leaf.money = authorization.money
        leaf.stateBefore = before.map(\.rawValue)
        leaf.stateAfter = stateText(of: authorization)
        leaf.confirmation = authorization.confirmation?.status.rawValue
        leaf.previous = books?["last_leaf"]
        leaf.secrets = secrets
        leaf.customer = authorization.customer
        let personal = try decision?.personal.map { try $0.canonical() }
        if let personal { leaf.secrets.append(LeafSecret("inputs", Digest.sha256(personal))) }
        let position = try appendLeaf(leaf)
        if let decision { try insert(decision, personal, of: &authorization, leaf: position) }
        let sequence: Int64 = books?["last_event"] ?? 0
        for (offset, event) in events.enumerated() {
            let id: EventID = makeID()
            try execute(
                """
                INSERT INTO outbox (id, merchant, authorization, sequence, type, created_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    id, authorization.merchant, authorization.id, sequence + Int64(offset) + 1,
                    event.rawValue,
                    now,
                ])
        }
        try execute(
            "UPDATE authorizations SET last_leaf = ?, last_event = ? WHERE id = ?",
            [position, sequence + Int64(events.count), authorization.id])
        if authorization.status.hasAskedTheBank, before.map({ !$0.hasAskedTheBank }) ?? true {
            try forgetNumber(of: authorization.id)
        }
        try tally(authorization, from: before)
        try moveHolds(of: authorization, by: events)
        if !authorization.holds.isEmpty {
            authorization.holds = try HoldRecord.all(of: authorization.id, in: db).map(\.summary)
        }
        noteChange(of: authorization.id.text)
        return position
    }

    /// Writes the leaf of something that happened to an authorization and left its state as it was.
    func recordNote(_ outcome: String, of authorization: Authorization) throws {
        let books = try row("SELECT last_leaf FROM authorizations WHERE id = ?", [authorization.id])
        var leaf = LeafDraft(kind: .change, subject: authorization.id.text, outcome: outcome)
        leaf.merchant = authorization.merchant
        leaf.reason = authorization.decline?.reason
        leaf.money = authorization.money
        leaf.stateBefore = authorization.status.rawValue
        leaf.stateAfter = stateText(of: authorization)
        leaf.confirmation = authorization.confirmation?.status.rawValue
        leaf.previous = books?["last_leaf"]
        leaf.customer = authorization.customer
        let position = try appendLeaf(leaf)
        try execute("UPDATE authorizations SET last_leaf = ? WHERE id = ?", [position, authorization.id])
    }

    /// The state and its sums: what the leaf vouches for and the row must agree with.
    private func stateText(of authorization: Authorization) -> String {
        let sums = authorization.lifecycle.sums
        return [
            authorization.status.rawValue, String(sums.captured), String(sums.capturing),
            String(sums.refunded),
            String(sums.refunding),
        ].joined(separator: ":")
    }

    private func insert(
        _ draft: DecisionDraft, _ personal: [UInt8]?, of authorization: inout Authorization, leaf: Int64
    ) throws {
        let id: DecisionID = makeID()
        try execute(
            """
            INSERT INTO decisions (id, authorization, stage, outcome, reason, trace, rule_set, leaf,
                decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, authorization.id, draft.stage.rawValue, draft.outcome, draft.decision.decline?.rawValue,
                TraceDocument.row(draft.decision),
                Data(draft.ruleSet), leaf, now,
            ])
        if let personal {
            let sealed = Data(try context.vault.seal(inputs: personal, of: id))
            try execute(
                "INSERT INTO decision_inputs (decision, customer, patient_hash, sealed) VALUES (?, ?, ?, ?)",
                [id, authorization.customer, try patientHash(of: authorization.order), sealed])
        }
        authorization.decisions.append(DecisionReference(id: id, leaf: leaf))
    }

    /// Whose prescription an order draws on; nil without one.
    private func patientHash(of order: Order) throws -> Data? {
        guard let record = order.lines.lazy.compactMap(\.prescription?.record).first else { return nil }
        return try row("SELECT patient_hash FROM prescriptions WHERE id = ?", [record])?["patient_hash"]
    }

    private func updateRow(of authorization: Authorization) throws {
        let lifecycle = authorization.lifecycle
        let sums = lifecycle.sums
        var since: Instant?
        if case .processing(let start) = lifecycle.state { since = start }
        var approval: Approval?
        switch lifecycle.state {
        case .approved(let found), .captured(let found): approval = found
        case .requiresConfirmation, .processing, .declined, .canceled, .expired: break
        }
        try execute(
            """
            UPDATE authorizations SET status = ?, processing_since = coalesce(?, processing_since),
                approval_code = coalesce(?, approval_code), approved_at = coalesce(?, approved_at),
                capture_before = coalesce(?, capture_before), decline_reason = ?, network_code = ?,
                decline_line = ?, decline_is_open = ?,
                captured = ?, capturing = ?, refunded = ?, refunding = ?, final_capture_open = ?, version = ?,
                updated_at = ?
            WHERE id = ?
            """,
            [
                authorization.status.rawValue, since, approval?.code, approval?.at, approval?.captureBefore,
                authorization.decline?.reason.rawValue, authorization.decline?.networkCode?.text,
                authorization.decline?.line, authorization.decline?.isOpenToPharmacy ?? false,
                sums.captured,
                sums.capturing, sums.refunded, sums.refunding, lifecycle.isFinalCaptureOpen,
                authorization.version, authorization.updatedAt, authorization.id,
            ])
    }

    /// The bank will not be asked again, or never: the card number of a token that was good for this payment
    /// only is needed no longer, and no more is its verification code. Captures, refunds and reversals name
    /// the first call, not the card.
    private func forgetNumber(of id: AuthorizationID) throws {
        try execute(
            """
            UPDATE card_tokens SET number_sealed = x'' WHERE is_reusable = 0
                AND id = (SELECT card_token FROM authorizations WHERE id = ?)
            """,
            [id])
        let used =
            try row("SELECT card_token FROM authorizations WHERE id = ?", [id])?["card_token"] as String?
        if let token = used.flatMap({ CardTokenID($0) }) { noteSpent(token) }
    }
}

extension AuthorizationStatus {
    /// The card number has done its work: the bank has answered, or will never be asked.
    fileprivate var hasAskedTheBank: Bool { self != .requiresConfirmation && self != .processing }
}
