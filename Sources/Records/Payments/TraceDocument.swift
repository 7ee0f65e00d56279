import Crypto
package import Decisions
package import Notation
import Vocabulary

/// A decision's trace as it is kept: rule by rule with inputs, their digest, verdict and time (PAY-TRACE).
///
/// What a rule looked at of a person stands in a second document, which an erasure takes away. The digest
/// of such inputs is nowhere: there are few ages, so it would tell them.
package enum TraceDocument {
    /// The trace without what is personal: where inputs stand in the second document, `personal` is true.
    /// A rule that looked at nothing has no inputs and no digest.
    package static func json(_ decision: Decision) -> JSON {
        .array(decision.trace.map(entry))
    }

    /// What the rules looked at of a person: `{rule: {input: value}}`; nil when it is nothing.
    package static func personal(_ decision: Decision) -> JSON? {
        var rules = JSONObject()
        for entry in decision.trace where entry.isPersonal && !entry.inputs.isEmpty {
            rules.set(entry.rule, .object(object(entry.inputs)))
        }
        return rules.count == 0 ? nil : .object(rules)
    }

    /// The trace with its personal inputs in their places; nil for those means that they were erased, or
    /// never were.
    package static func merged(_ trace: JSON, _ personal: JSON?) -> JSON {
        .array(
            (trace.array ?? []).map { entry in
                guard var object = entry.object, object["personal"]?.bool == true,
                    let rule = object["rule"]?.text, let inputs = personal?.object?[rule]
                else { return entry }
                object.set("inputs", inputs)
                return .object(object)
            })
    }

    /// The rules that decided, `{rule: {version, parameters}}`, with the parameters in force.
    package static func ruleSet(_ decision: Decision) -> JSON {
        var rules = JSONObject()
        for entry in decision.trace {
            rules.set(entry.rule, rule(version: entry.version, json(entry.parameters)))
        }
        return .object(rules)
    }

    /// The same from a trace as it is kept.
    package static func ruleSet(in trace: JSON) -> JSON {
        var rules = JSONObject()
        for entry in (trace.array ?? []).compactMap(\.object) {
            guard let name = entry["rule"]?.text, let version = entry["version"]?.integer else { continue }
            rules.set(name, rule(version: Int(version), entry["parameters"] ?? [:]))
        }
        return .object(rules)
    }

    /// SHA-256 of the RFC 8785 form of the rules that decided.
    package static func hash(of decision: Decision) throws -> [UInt8] {
        [UInt8](SHA256.hash(data: try ruleSet(decision).canonical()))
    }

    /// The reason that a stored trace leads to; nil when every rule let it pass. Recomputed from the trace
    /// alone.
    package static func reason(in trace: JSON) -> String? {
        for entry in trace.array ?? [] where entry.object?["verdict"]?.text == "decline" {
            return entry.object?["reason"]?.text
        }
        return nil
    }

    private static func entry(_ entry: TraceEntry) -> JSON {
        var object = JSONObject()
        object.set("rule", .text(entry.rule))
        object.set("version", .integer(Int64(entry.version)))
        if entry.parameters != .none { object.set("parameters", json(entry.parameters)) }
        object.set("verdict", .text(entry.verdict.word))
        if case .decline(let reason) = entry.verdict { object.set("reason", .text(reason.rawValue)) }
        if let line = entry.line { object.set("line", .integer(Int64(line))) }
        if entry.isPersonal, !entry.inputs.isEmpty {
            object.set("personal", true)
        } else if !entry.inputs.isEmpty {
            let inputs = JSON.object(self.object(entry.inputs))
            let digest = (try? inputs.canonical()).map { SHA256.hash(data: $0) }
            object.set("inputs", inputs)
            object.set("inputs_digest", digest.map { .text(Base64URL.encode(Array($0))) } ?? .null)
        }
        object.set("at", .text(entry.at.rfc3339))
        return .object(object)
    }

    private static func rule(version: Int, _ parameters: JSON) -> JSON {
        ["version": .integer(Int64(version)), "parameters": parameters]
    }

    private static func object(_ inputs: [RuleInput]) -> JSONObject {
        var object = JSONObject()
        for input in inputs { object.set(input.name, json(input.value)) }
        return object
    }
}

extension RuleVerdict {
    /// As it stands in a trace.
    fileprivate var word: String {
        switch self {
        case .pass: "pass"
        case .notApplicable: "not_applicable"
        case .decline: "decline"
        }
    }
}
