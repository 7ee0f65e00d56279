import Vocabulary

/// The order's day lies within the days of the prescription, both ends included, by the calendar in Denmark.
struct RecordValid: ParameterLineRule {
    struct Inputs: InputValues {
        let issuedOn: LocalDate
        let validFrom: LocalDate?
        let validTo: LocalDate?
        let role: SignerRole
        let status: PrescriptionStatus
        let today: LocalDate
    }

    typealias Parameters = ValidityTerms

    let name = "record-valid"
    let version = 2
    let citation = "RX-VALID; BEK 827/2024 section 13"
    let policy: PrescribingPolicy

    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> Inputs? {
        guard let record = line.record, let prescribed = record.line else { return nil }
        return Inputs(
            issuedOn: record.issuedOn, validFrom: prescribed.validFrom, validTo: prescribed.validTo,
            role: record.role, status: record.status, today: facts.today)
    }

    func parameters(_ settings: PrescriptionSettings) -> ValidityTerms { policy.validity }

    func verdict(_ inputs: Inputs, under parameters: ValidityTerms) -> RuleVerdict {
        let window = window(inputs, parameters)
        return if inputs.status == .expired || inputs.today > window.last || window.first > window.last {
            .decline(.rxExpired)
        } else if inputs.today < window.first || !window.isStartAllowed {
            .decline(.rxNotYetValid)
        } else {
            .pass
        }
    }

    func findings(_ inputs: Inputs, under parameters: ValidityTerms) -> [RuleInput] {
        let window = window(inputs, parameters)
        return [
            RuleInput("from", .day(window.first)), RuleInput("to", .day(window.last)),
            RuleInput("start_allowed", .flag(window.isStartAllowed)),
        ]
    }

    private func window(_ inputs: Inputs, _ terms: ValidityTerms) -> RecordWindow {
        RecordWindow(
            issuedOn: inputs.issuedOn, from: inputs.validFrom, to: inputs.validTo, by: inputs.role,
            under: terms)
    }
}

extension RecordValid.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        issuedOn = try logged.day("issued_on")
        validFrom = try logged.optionalDay("valid_from")
        validTo = try logged.optionalDay("valid_to")
        role = try logged.word("role")
        status = try logged.word("status")
        today = try logged.day("today")
    }

    var listed: [RuleInput] {
        [
            RuleInput("issued_on", .day(issuedOn)), RuleInput("valid_from", .day(validFrom)),
            RuleInput("valid_to", .day(validTo)), RuleInput("role", .word(role.rawValue)),
            RuleInput("status", .word(status.rawValue)), RuleInput("today", .day(today)),
        ]
    }
}
