import Decisions
import Notation
import Records
import Vocabulary

/// One rule's part of a stored trace.
struct ReplayEntry {
    let rule: String
    let version: Int
    let parameters: RuleParameters
    let verdict: RuleVerdict
    let isPersonal: Bool
    /// Nil when the rule looked at nothing, or when what it looked at was erased.
    let inputs: LoggedInputs?

    var reason: DeclineReason? {
        if case .decline(let reason) = verdict { reason } else { nil }
    }

    /// All entries in their order; nil when one is not as a decision writes it.
    static func all(in trace: JSON) -> [ReplayEntry]? {
        guard let elements = trace.array else { return nil }
        let entries = elements.compactMap(ReplayEntry.init)
        return entries.count == elements.count ? entries : nil
    }

    private init?(_ json: JSON) {
        guard let object = json.object, let rule = object["rule"]?.text,
            let version = object["version"]?.integer.flatMap({ Int(exactly: $0) }),
            let parameters = TraceDocument.parameters(object["parameters"] ?? [:]),
            let verdict = Self.verdict(object)
        else { return nil }
        self.rule = rule
        self.version = version
        self.parameters = parameters
        self.verdict = verdict
        isPersonal = object["personal"]?.bool == true
        if let inputs = object["inputs"] {
            guard let logged = TraceDocument.inputs(inputs) else { return nil }
            self.inputs = logged
        } else {
            inputs = nil
        }
    }

    private static func verdict(_ object: JSONObject) -> RuleVerdict? {
        switch object["verdict"]?.text {
        case "pass": .pass
        case "not_applicable": .notApplicable
        case "decline": object["reason"]?.text.flatMap { DeclineReason(rawValue: $0) }.map { .decline($0) }
        default: nil
        }
    }
}
