import Vocabulary

/// Nobody is asked again and again until they give in.
struct PushBudget: ParameterCreateRule {
    struct Inputs: InputValues {
        let recentRequests: Int
    }

    struct Parameters: ParameterValues {
        static func forms() -> [ParameterForm] {
            [ParameterForm("budget", .number(0...1_000))]
        }
        let budget: Int
    }

    let name = "push-budget"
    let version = 2
    let citation = "SCA-14"
    let isPersonal = true

    func inputs(of facts: CreateFacts) -> Inputs? {
        facts.customer.map { _ in Inputs(recentRequests: facts.recentRequests) }
    }

    func parameters(_ settings: RuleSettings) -> Parameters { Parameters(budget: settings.pushBudget) }

    func verdict(_ inputs: Inputs, under parameters: Parameters) -> RuleVerdict {
        inputs.recentRequests < parameters.budget ? .pass : .decline(.pushBudgetSpent)
    }
}

extension PushBudget.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        recentRequests = try logged.count("recent_requests")
    }

    var listed: [RuleInput] { [RuleInput("recent_requests", .number(recentRequests))] }
}

extension PushBudget.Parameters {
    init(_ listed: RuleParameters) throws(UnreadableTrace) { budget = try listed.number("budget") }

    var listed: RuleParameters { RuleParameters(["budget": .number(budget)]) }
}
