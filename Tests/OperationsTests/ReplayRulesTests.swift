import Decisions
import Operations
import Testing

/// A rule-set file is read strictly: what is wrong is named, and what is possible.
@Suite struct ReplayRulesTests {
    private func check(
        _ text: String, place: String, says words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let flaw = try #require(throws: RuleSetFlaw.self, sourceLocation: sourceLocation) {
            try ReplayRules(text)
        }
        #expect(flaw.place == place, sourceLocation: sourceLocation)
        for word in words {
            #expect(
                flaw.explanation.contains(word), "\(flaw.explanation)", sourceLocation: sourceLocation)
        }
    }

    @Test func `OPS-REPLAY: a file that names a rule sets what it says and nothing else`() throws {
        let rules = try ReplayRules(
            """
            {"push-budget": {"version": 2, "parameters": {"budget": 5}},
             "code-app-only": {"version": 1, "enabled": false},
             "record-valid": {"version": 2, "parameters": {"short_roles": ["dentist", "doctor"]}}}
            """)
        #expect(
            rules.changes == [
                "push-budget": .init(version: 2, parameters: RuleParameters(["budget": .number(5)])),
                "code-app-only": .init(version: 1, isEnabled: false),
                "record-valid": .init(
                    version: 2,
                    parameters: RuleParameters(["short_roles": .words(["dentist", "doctor"])])),
            ])
        #expect(try ReplayRules("{}").changes.isEmpty)
    }

    @Test func `OPS-REPLAY: the printed rule set is a file that can be read`() throws {
        let rules = try ReplayRules(RuleSetDocument.text(under: try .standard()))
        #expect(rules.changes.keys.sorted() == RuleBook.rules.map(\.name).sorted())
        #expect(!rules.changes.values.contains { !$0.isEnabled })
    }

    @Test func `OPS-REPLAY: a file that is no JSON object of rules says so`() throws {
        try check("{", place: "", says: "ends before")
        try check("[]", place: "", says: "an object of rules")
        try check(
            #"{"push-budget": {}, "push-budget": {}}"#, place: "", says: "push-budget", "more than once")
        try check(#"{"push-budget": 5}"#, place: "push-budget", says: "an object")
    }

    @Test func `OPS-REPLAY: an unknown rule, member or parameter is named with what is possible`() throws {
        try check(
            #"{"push_budget": {"version": 2}}"#, place: "push_budget", says: "no such rule", "push-budget")
        try check(
            #"{"push-budget": {"version": 2, "enable": true}}"#, place: "push-budget.enable",
            says: "version, parameters, enabled")
        try check(
            #"{"push-budget": {"version": 2, "parameters": {"limit": 1}}}"#,
            place: "push-budget.parameters.limit", says: "no such parameter", "budget")
        try check(
            #"{"merchant-active": {"version": 1, "parameters": {"limit": 1}}}"#,
            place: "merchant-active.parameters.limit", says: "nor any other")
    }

    @Test(arguments: [#""parameters": {}"#, #""version": 1"#, #""version": 3"#, #""version": "2""#])
    func `OPS-REPLAY: the version must be stated and be the one that is built in`(member: String) throws {
        try check("{\"push-budget\": {\(member)}}", place: "push-budget.version", says: " 2;")
    }

    @Test(
        arguments: [
            ("push-budget", "budget", "-1", "from 0 to 1000"),
            ("push-budget", "budget", "1001", "from 0 to 1000"),
            ("push-budget", "budget", "2.5", "a whole number"), ("push-budget", "budget", "\"3\"", "a whole"),
            ("push-budget", "budget", "null", "a whole number"),
            ("record-valid", "short_roles", "[\"nurse\"]", "\"doctor\""),
            ("record-valid", "short_roles", "\"doctor\"", "an array"),
            ("record-valid", "short_roles", "[1]", "an array"),
            ("amount-within-limit", "caps", "100", "by currency"),
            ("amount-within-limit", "caps", "{\"KR\": 1}", "by currency"),
            ("amount-within-limit", "caps", "{\"DKK\": -1}", "from 0"),
            ("amount-within-limit", "caps", "{\"DKK\": null}", "by currency"),
        ])
    func `OPS-REPLAY: a value of the wrong kind is refused with what it must be`(
        rule: String, parameter: String, value: String, expectation: String
    ) throws {
        try check(
            "{\"\(rule)\": {\"version\": 2, \"parameters\": {\"\(parameter)\": \(value)}}}",
            place: "\(rule).parameters.\(parameter)", says: expectation)
    }

    @Test(arguments: ["0", "1000"])
    func `OPS-REPLAY: the bounds of a number are within them`(value: String) throws {
        let rules = try ReplayRules(
            "{\"push-budget\": {\"version\": 2, \"parameters\": {\"budget\": \(value)}}}")
        #expect(rules.changes["push-budget"]?.parameters["budget"] == Int(value).map { .number($0) })
    }

    @Test func `OPS-REPLAY: switches and parameters of the wrong kind are refused`() throws {
        try check(
            #"{"push-budget": {"version": 2, "enabled": 1}}"#, place: "push-budget.enabled",
            says: "true or false")
        try check(
            #"{"push-budget": {"version": 2, "parameters": []}}"#, place: "push-budget.parameters",
            says: "an object")
    }
}
