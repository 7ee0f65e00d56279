package import Decisions
import Notation
import Records

/// Another rule set, as far as it differs: what it does not name stays as it was when a decision was made.
package struct ReplayRules: Sendable, Hashable {
    /// What is asked of one rule.
    package struct Change: Sendable, Hashable {
        package let version: Int
        /// Those that are set; the others stay as they were.
        package let parameters: RuleParameters
        /// False: the rule is not asked.
        package let isEnabled: Bool

        package init(version: Int, parameters: RuleParameters = .none, isEnabled: Bool = true) {
            self.version = version
            self.parameters = parameters
            self.isEnabled = isEnabled
        }
    }

    /// By the rule's name.
    package let changes: [String: Change]

    package init(_ changes: [String: Change]) { self.changes = changes }

    /// Reads `{rule: {"version": 1, "parameters": {…}, "enabled": false}}`.
    ///
    /// `version` must be given and be the one that is built in; what else is left out stays as it was.
    package init(parsing text: some Collection<UInt8>) throws(RuleSetFlaw) {
        let document: JSON
        do throws(JSONError) {
            document = try JSON.parse(text)
        } catch {
            throw RuleSetFlaw(place: "", kind: .notJSON(error.explanation))
        }
        guard let members = document.object?.members else {
            throw RuleSetFlaw(place: "", kind: .wrongValue(Self.shape))
        }
        var changes: [String: Change] = [:]
        for member in members {
            guard let rule = RuleBook.rule(named: member.name) else {
                throw RuleSetFlaw(
                    place: member.name, kind: .unknown("rule", possible: RuleBook.rules.map(\.name)))
            }
            changes[member.name] = try Self.change(of: rule, member.value)
        }
        self.changes = changes
    }

    private static let shape = "an object of rules: {\"push-budget\": {\"version\": 2, \"parameters\": {}}}"

    private static func change(of rule: KnownRule, _ json: JSON) throws(RuleSetFlaw) -> Change {
        guard let object = json.object else {
            throw RuleSetFlaw(place: rule.name, kind: .wrongValue("an object"))
        }
        let known = ["version", "parameters", "enabled"]
        if let other = object.names.first(where: { !known.contains($0) }) {
            throw RuleSetFlaw(place: "\(rule.name).\(other)", kind: .unknown("member", possible: known))
        }
        guard let version = object["version"]?.integer, version == Int64(rule.version) else {
            throw RuleSetFlaw(
                place: "\(rule.name).version", kind: .wrongVersion(possible: rule.version))
        }
        guard let isEnabled = (object["enabled"] ?? true).bool else {
            throw RuleSetFlaw(place: "\(rule.name).enabled", kind: .wrongValue("true or false"))
        }
        guard let given = (object["parameters"] ?? [:]).object else {
            throw RuleSetFlaw(place: "\(rule.name).parameters", kind: .wrongValue("an object"))
        }
        return Change(
            version: rule.version, parameters: try parameters(given, of: rule), isEnabled: isEnabled)
    }

    private static func parameters(
        _ given: JSONObject, of rule: KnownRule
    ) throws(RuleSetFlaw) -> RuleParameters {
        var values: [String: RuleParameter] = [:]
        for member in given.members {
            let place = "\(rule.name).parameters.\(member.name)"
            guard let form = rule.forms.first(where: { $0.name == member.name }) else {
                throw RuleSetFlaw(place: place, kind: .unknown("parameter", possible: rule.forms.map(\.name)))
            }
            guard let value = form.value(member.value) else {
                throw RuleSetFlaw(place: place, kind: .wrongValue(form.expectation))
            }
            values[member.name] = value
        }
        return RuleParameters(values)
    }
}
