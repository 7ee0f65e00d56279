import Crypto
package import Decisions
package import Notation
import Vocabulary

/// A decision's trace as it is kept: rule by rule with inputs, their digest, verdict and time (PAY-TRACE).
package enum TraceDocument {
    package static func json(_ decision: Decision) -> JSON {
        .array(decision.trace.map(entry))
    }

    /// SHA-256 of the rule set's RFC 8785 form `{rule: {version, parameters}}`.
    package static func hash<Facts>(of ruleSet: RuleSet<Facts>) throws -> [UInt8] {
        var object = JSONObject()
        for rule in ruleSet.rules {
            object.set(
                rule.name, ["version": .integer(Int64(rule.version)), "parameters": .object(JSONObject())])
        }
        return [UInt8](SHA256.hash(data: try JSON.object(object).canonical()))
    }

    private static func entry(_ entry: TraceEntry) -> JSON {
        var inputs = JSONObject()
        for input in entry.inputs { inputs.set(input.name, value(input.value)) }
        let digest = (try? JSON.object(inputs).canonical()).map { SHA256.hash(data: $0) }
        var object = JSONObject()
        object.set("rule", .text(entry.rule))
        object.set("version", .integer(Int64(entry.version)))
        object.set("verdict", .text(word(entry.verdict)))
        if case .decline(let reason) = entry.verdict { object.set("reason", .text(reason.rawValue)) }
        if let line = entry.line { object.set("line", .integer(Int64(line))) }
        object.set("inputs", .object(inputs))
        object.set("inputs_digest", digest.map { .text(Base64URL.encode(Array($0))) } ?? .null)
        object.set("at", .text(entry.at.rfc3339))
        return .object(object)
    }

    private static func word(_ verdict: RuleVerdict) -> String {
        switch verdict {
        case .pass: "pass"
        case .notApplicable: "not_applicable"
        case .decline: "decline"
        }
    }

    private static func value(_ value: RuleValue) -> JSON {
        switch value {
        case .number(let number): .integer(number)
        case .word(let word): .text(word)
        case .flag(let flag): .bool(flag)
        case .time(let instant): .text(instant.rfc3339)
        case .missing: .null
        }
    }

    /// The reason that a stored trace leads to; nil when every rule let it pass. Recomputed from the trace
    /// alone.
    package static func reason(in trace: JSON) -> String? {
        for entry in trace.array ?? [] where entry.object?["verdict"]?.text == "decline" {
            return entry.object?["reason"]?.text
        }
        return nil
    }
}
