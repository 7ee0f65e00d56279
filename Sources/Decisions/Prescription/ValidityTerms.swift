import Vocabulary

/// For how long a prescription is good: the part of a policy that the rule on its days has as parameters.
struct ValidityTerms: ParameterValues {
    static func forms() -> [ParameterForm] {
        [
            ParameterForm("valid_years", .number(0...100)), ParameterForm("short_days", .number(0...3_650)),
            ParameterForm("short_roles", .words(SignerRole.allCases.map(\.rawValue))),
            ParameterForm("start_months", .number(0...1_200)),
        ]
    }
    let validYears: Int
    let shortDays: Int
    let shortRoles: Set<SignerRole>
    let startMonths: Int
}

extension ValidityTerms {
    init(_ listed: RuleParameters) throws(UnreadableTrace) {
        validYears = try listed.number("valid_years")
        shortDays = try listed.number("short_days")
        shortRoles = try listed.words("short_roles")
        startMonths = try listed.number("start_months")
    }

    var listed: RuleParameters {
        RuleParameters([
            "valid_years": .number(validYears), "short_days": .number(shortDays),
            "short_roles": .words(Set(shortRoles.map(\.rawValue))), "start_months": .number(startMonths),
        ])
    }
}

extension PrescribingPolicy {
    var validity: ValidityTerms {
        ValidityTerms(
            validYears: validYears, shortDays: shortDays, shortRoles: shortRoles, startMonths: startMonths)
    }
}
