import Decisions
import Notation
import Records
import Vocabulary

extension AuditStory.Step {
    /// Puts a stored decision together with its inputs, as far as they are still there.
    init(_ decision: TracedDecision, personal: JSON?, entry: AuditStory.Entry) {
        let trace = TraceDocument.merged(decision.trace, personal)
        self.init(
            id: decision.id, stage: decision.stage, outcome: decision.outcome, reason: decision.reason,
            decidedAt: decision.decidedAt, ruleSet: decision.ruleSet, entry: entry,
            rules: (trace.array ?? []).compactMap { entry in
                entry.object.flatMap { AuditStory.RuleStep($0, isSealed: decision.sealedInputs != nil) }
            })
    }

    /// The value of an input that some rule looked at.
    func input(_ name: String) -> String? {
        for rule in rules {
            if let found = rule.inputs.first(where: { $0.name == name }) { return found.value }
        }
        return nil
    }
}

extension AuditStory.RuleStep {
    /// One entry of a trace as `TraceDocument` writes it; nil for anything else.
    ///
    /// - Parameter isSealed: inputs that are not there are sealed under a key that is missing, not erased.
    init?(_ entry: JSONObject, isSealed: Bool) {
        guard let name = entry["rule"]?.text, let version = entry["version"]?.integer,
            let verdict = entry["verdict"]?.text.flatMap({ Verdict(rawValue: $0) })
        else { return nil }
        self.name = name
        self.version = Int(version)
        self.verdict = verdict
        citation = RuleBook.rule(named: name)?.citation
        reason = entry["reason"]?.text.flatMap { DeclineReason(rawValue: $0) }
        line = entry["line"]?.integer.map { Int($0) }
        parameters = AuditStory.Fact.all(entry["parameters"])
        inputs = AuditStory.Fact.all(entry["inputs"])
        isPersonal = entry["personal"]?.bool == true
        areInputsErased = isPersonal && entry["inputs"] == nil && !isSealed
        areInputsSealed = isPersonal && entry["inputs"] == nil && isSealed
    }
}

extension AuditStory.Fact {
    static func all(_ json: JSON?) -> [AuditStory.Fact] {
        (json?.object?.members ?? []).map { AuditStory.Fact(name: $0.name, value: text(of: $0.value)) }
    }

    /// A value in words: a text as it is, yes or no, none; anything else as JSON has it.
    static func text(of value: JSON) -> String {
        switch value {
        case .text(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .null: "none"
        case .integer(let number): String(number)
        case .decimal, .array, .object: value.writtenText
        }
    }
}

extension AuditStory.Entry {
    /// Nil for a leaf that cannot be read.
    init?(_ stored: StoredLeaf, checkpointSize: Int64?) {
        guard let leaf = stored.leaf else { return nil }
        position = stored.position
        kind = leaf.kind.rawValue
        outcome = leaf.outcome
        time = leaf.time
        reason = leaf.reason
        actor = leaf.actor
        isProvable = checkpointSize.map { stored.position < $0 } ?? false
    }
}
