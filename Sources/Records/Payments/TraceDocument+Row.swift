package import Decisions
package import Notation
import Proofs
import Vocabulary

// A trace as its row keeps it. A payment has some three decisions of up to forty rules each: what follows
// from the rest is not written again with each of them.
extension TraceDocument {
    /// `{"at": time, "rules": [rule]}`: the time once, no digest beside the inputs that it is of, and a
    /// verdict only where a rule applied.
    static func row(_ decision: Decision) -> String {
        let time = decision.trace.first?.at
        let rules = decision.trace.map { entry -> JSON in
            var rule = short(entry)
            if entry.at != time { rule.set("at", .text(entry.at.rfc3339)) }
            return .object(rule)
        }
        let row: JSON = ["at": time.map { .text($0.rfc3339) } ?? .null, "rules": .array(rules)]
        return String(decoding: row.written(), as: UTF8.self)
    }

    /// The trace without what is personal: where inputs stand in the second document, `personal` is true.
    /// A rule that looked at nothing has no inputs and no digest.
    package static func json(_ decision: Decision) -> JSON {
        .array(decision.trace.map { .object(whole(short($0), at: .text($0.at.rfc3339))) })
    }

    /// The whole trace again. One that was written before rows were short is whole already.
    /// - Throws: `JSONError` when the text is not JSON.
    package static func read(_ row: String) throws -> JSON {
        let document = try JSON.parse(row.utf8)
        guard let object = document.object, let rules = object["rules"]?.array else { return document }
        return .array(
            rules.map { rule in
                guard let rule = rule.object else { return rule }
                return .object(whole(rule, at: object["at"] ?? .null))
            })
    }

    /// A rule as a row keeps it.
    private static func short(_ entry: TraceEntry) -> JSONObject {
        var rule = JSONObject()
        rule.set("rule", .text(entry.rule))
        rule.set("version", .integer(Int64(entry.version)))
        if entry.parameters != .none { rule.set("parameters", json(entry.parameters)) }
        switch entry.verdict {
        case .notApplicable: break
        case .pass: rule.set("verdict", "pass")
        case .decline(let reason):
            rule.set("verdict", "decline")
            rule.set("reason", .text(reason.rawValue))
        }
        if let line = entry.line { rule.set("line", .integer(Int64(line))) }
        guard !entry.inputs.isEmpty else { return rule }
        rule.set(
            entry.isPersonal ? "personal" : "inputs", entry.isPersonal ? true : .object(object(entry.inputs)))
        return rule
    }

    /// The same with what follows from it, in the order in which it is shown.
    private static func whole(_ rule: JSONObject, at time: JSON) -> JSONObject {
        var whole = JSONObject()
        func keep(_ name: String, otherwise value: JSON? = nil) {
            if let value = rule[name] ?? value { whole.set(name, value) }
        }
        keep("rule")
        keep("version")
        keep("parameters")
        keep("verdict", otherwise: "not_applicable")
        for name in ["reason", "line", "personal", "inputs"] { keep(name) }
        if let inputs = rule["inputs"] {
            let digest = (try? inputs.canonical()).map { Digest.sha256($0) }
            whole.set("inputs_digest", digest.map { .text(Base64URL.encode($0)) } ?? .null)
        }
        keep("at", otherwise: time)
        return whole
    }
}
