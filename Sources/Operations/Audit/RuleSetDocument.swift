import Decisions
package import Notation
import Records

/// The rule set in force, as a file to begin with: `{rule: {version, parameters}}`, all rules of all stages.
package enum RuleSetDocument {
    package static func current(under settings: Settings) -> JSON {
        var rules = JSONObject()
        for rule in RuleBook.rules {
            let parameters = TraceDocument.json(rule.parameters(under: settings.forRules))
            rules.set(
                rule.name, ["version": .integer(Int64(rule.version)), "parameters": parameters])
        }
        return .object(rules)
    }

    /// The same with a line for each rule, in order of precedence.
    package static func text(under settings: Settings) -> String {
        let lines = (current(under: settings).object?.members ?? []).map { member in
            "  \(JSON.text(member.name).writtenText): \(member.value.writtenText)"
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}

extension Settings {
    /// What the configuration sets for the rules.
    var forRules: RuleSettings {
        RuleSettings(
            pushBudget: pushBudget,
            prescriptions: PrescriptionSettings(
                guardianUntilAge: guardianUntilAge, attestationSeconds: attestationSeconds))
    }
}
