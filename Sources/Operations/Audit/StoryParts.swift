import Decisions
import Lifecycles
import Notation
import Records
import Vocabulary

/// What a story is put together from, once everything was read.
struct StoryParts {
    let material: AuditMaterial
    /// The order with its sealed lines, as far as they could be opened.
    let order: Order
    /// For each line that draws on a record: what the file says of it, and what is left of it now.
    let records: [(use: PrescriptionUse, evidence: AuditRecord?, now: AuditStory.Count?)]
    /// Leaves that the last checkpoint covers.
    let checkpointSize: Int64?
    /// Opens the inputs about a person; nil without the key, or for what is no such text.
    let openInputs: ([UInt8], DecisionID) -> JSON?
}

/// A line of a record as an order's line names it.
struct PrescriptionUse: Sendable, Hashable {
    /// The line of the order, from 0.
    let position: Int
    let record: PrescriptionID
    let line: String

    /// By the order itself, or where it was erased, by the holds that were taken.
    static func all(in order: Order, holds: [HoldSummary]) -> [PrescriptionUse] {
        let named = order.lines.enumerated().compactMap { index, line in
            line.prescription.map {
                PrescriptionUse(position: index, record: $0.record, line: $0.line.text)
            }
        }
        return named.isEmpty
            ? holds.map { PrescriptionUse(position: $0.orderLine, record: $0.prescription, line: $0.line) }
            : named
    }
}

extension AuditStory {
    init(_ parts: StoryParts) {
        let material = parts.material
        let size = parts.checkpointSize
        let steps = material.decisions.compactMap { Step($0, parts) }
        row = material.row
        customer = material.authorization.customer
        sums = material.authorization.lifecycle.sums
        captureBefore = material.authorization.captureBefore
        lines = parts.order.lines.enumerated().map { Line($1, position: $0) }
        isOrderErased = material.authorization.sealedOrder?.bytes.isEmpty ?? false
        question = material.question
        shown = material.shown
        answer = material.answer
        offers = material.offers
        decisions = steps
        calls = material.calls
        notices = material.notices
        covers = parts.records.map { record in
            let position = record.use.position
            return Cover(
                position: position, record: record.use.record, line: record.use.line,
                then: Count(ofLine: position, in: steps), now: record.now,
                nextFrom: steps.lazy.compactMap { $0.input("lines[\(position)].next_from") }.first,
                evidence: record.evidence)
        }
        holds = material.authorization.holds
        handovers = material.authorization.handovers
        leaves = material.leaves.compactMap { Entry($0, checkpointSize: size) }
        reads = material.reads.compactMap { Entry($0, checkpointSize: size) }
        erasedAt = material.erasedAt
        checkpointSize = size
    }
}

extension AuditStory.Step {
    fileprivate init?(_ decision: TracedDecision, _ parts: StoryParts) {
        let stored = parts.material.leaves.first { $0.position == decision.leaf }
        guard
            let entry = stored.flatMap({ AuditStory.Entry($0, checkpointSize: parts.checkpointSize) })
        else { return nil }
        let personal = decision.sealedInputs.flatMap { parts.openInputs($0, decision.id) }
        self.init(decision, personal: personal, entry: entry)
    }
}

extension AuditStory.Count {
    /// As the rules counted when they were first asked; nil when no rule looked at the line, or when what it
    /// saw cannot be seen any more.
    fileprivate init?(ofLine position: Int, in steps: [AuditStory.Step]) {
        func number(_ name: String) -> Int? {
            steps.lazy.compactMap { $0.input("lines[\(position)].\(name)") }.first.flatMap { Int($0) }
        }
        guard let prescribed = number("handovers"), let used = number("used") else { return nil }
        let held = steps.lazy.compactMap { $0.input("lines[\(position)].held") }.first == "yes"
        self.init(prescribed: prescribed, handedOver: used, held: held ? 1 : 0)
    }
}

extension AuditStory.Line {
    fileprivate init(_ line: OrderLine, position: Int) {
        let isMedicine = line.kind == .medicine || line.productNumber != nil || line.prescription != nil
        self.init(
            position: position, kind: line.kind, quantity: line.quantity,
            unitAmountMinor: isMedicine ? nil : line.unitAmountMinor,
            description: isMedicine ? nil : line.description.text, isPrescribed: line.prescription != nil)
    }
}
