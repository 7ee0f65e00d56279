package import Decisions
package import Notation
import Proofs
import Vocabulary

/// A decision's trace as it is kept: rule by rule with inputs, their digest, verdict and time (PAY-TRACE).
///
/// What a rule looked at of a person stands in a second document, which an erasure takes away. The digest
/// of such inputs is nowhere: there are few ages, so it would tell them.
package enum TraceDocument {
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
        Digest.sha256(try ruleSet(decision).canonical())
    }

    /// The reason that a stored trace leads to; nil when every rule let it pass. Recomputed from the trace
    /// alone.
    package static func reason(in trace: JSON) -> String? {
        for entry in trace.array ?? [] where entry.object?["verdict"]?.text == "decline" {
            return entry.object?["reason"]?.text
        }
        return nil
    }

    private static func rule(version: Int, _ parameters: JSON) -> JSON {
        ["version": .integer(Int64(version)), "parameters": parameters]
    }

    static func object(_ inputs: [RuleInput]) -> JSONObject {
        var object = JSONObject()
        for input in inputs { object.set(input.name, json(input.value)) }
        return object
    }
}
