package import Lifecycles
package import Records
package import Vocabulary

/// All there is about one authorization, told so that its end can be understood (OPS-TRACE). It holds no
/// card number, no CPR number, no name and no medicine.
package struct AuditStory: Sendable {
    /// What the list shows of it.
    package let row: AuditRow
    package let customer: CustomerID?
    package let sums: AuthorizationSums
    package let captureBefore: Instant?
    package let lines: [Line]
    /// The order's lines of medicine are gone with their customer.
    package let isOrderErased: Bool
    package let question: AskedQuestion?
    package let shown: [ShownText]
    package let answer: GivenAnswer?
    package let offers: [OfferedFactor]
    /// The oldest first.
    package let decisions: [Step]
    package let calls: [AcquirerCall]
    package let notices: [ToldNotice]
    package let covers: [Cover]
    package let holds: [HoldSummary]
    package let handovers: [HandoverSummary]
    /// Every change of the authorization, in order.
    package let leaves: [Entry]
    /// Who looked at it before, the newest first.
    package let reads: [Entry]
    /// When the customer was erased.
    package let erasedAt: Instant?
    /// Leaves that the last checkpoint covers; nil when nothing is signed yet.
    package let checkpointSize: Int64?

    /// The decision that declined, and the first rule of it that did; nil when nothing declined.
    package var declining: (step: Step, rule: RuleStep)? {
        for step in decisions {
            if let rule = step.rules.first(where: { $0.verdict == .decline }) { return (step, rule) }
        }
        return nil
    }
}

extension AuditStory {
    /// A line of the order, without what it is when it is medicine.
    package struct Line: Sendable, Hashable {
        /// From 0.
        package let position: Int
        package let kind: LineKind
        package let quantity: Int
        /// Nil for medicine: a price tells which.
        package let unitAmountMinor: Int64?
        package let description: String?
        package let isPrescribed: Bool
    }

    /// One decision, rule by rule.
    package struct Step: Sendable {
        package let id: DecisionID
        /// `create`, `answer` or `result`.
        package let stage: String
        /// `go_on`, `approved` or `declined`.
        package let outcome: String
        package let reason: DeclineReason?
        package let decidedAt: Instant
        package let ruleSet: [UInt8]
        package let entry: Entry
        package let rules: [RuleStep]
        /// What the rules looked at of the person was erased.
        package var areInputsErased: Bool { rules.contains(where: \.areInputsErased) }
    }

    /// What one rule looked at and said.
    package struct RuleStep: Sendable, Hashable {
        /// What a rule may say.
        package enum Verdict: String, Sendable, Hashable {
            case pass
            case notApplicable = "not_applicable"
            case decline
        }

        package let name: String
        package let version: Int
        /// The clause or requirement that it follows; nil for a rule that this program does not know.
        package let citation: String?
        package let verdict: Verdict
        package let reason: DeclineReason?
        /// The line of the order that the decline is about, from 0.
        package let line: Int?
        package let parameters: [Fact]
        package let inputs: [Fact]
        package let isPersonal: Bool
        package let areInputsErased: Bool
        /// They are there, and the key that opens them is not.
        package let areInputsSealed: Bool
    }

    /// A named value, as text.
    package struct Fact: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// A leaf of the decision log, and whether it can be proved yet.
    package struct Entry: Sendable, Hashable {
        package let position: Int64
        package let kind: String
        package let outcome: String
        package let time: Instant
        package let reason: String?
        package let actor: String?
        /// The last checkpoint covers it.
        package let isProvable: Bool
    }

    /// A prescription line that an order line draws on: what it said then and says now.
    package struct Cover: Sendable {
        /// The line of the order, from 0.
        package let position: Int
        package let record: PrescriptionID
        package let line: String
        package let then: Count?
        package let now: Count?
        /// The first day on which it would be covered, as of the decision.
        package let nextFrom: String?
        /// Nil when there is no such record.
        package let evidence: AuditRecord?
    }

    /// The arithmetic of a prescription line, in handovers.
    package struct Count: Sendable, Hashable {
        package let prescribed: Int
        package let handedOver: Int
        package let held: Int
        package var left: Int { max(0, prescribed - handedOver - held) }

        package init(prescribed: Int, handedOver: Int, held: Int) {
            self.prescribed = prescribed
            self.handedOver = handedOver
            self.held = held
        }
    }
}
