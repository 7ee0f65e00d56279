import Vocabulary

/// A register's word counts for some minutes: meanwhile the prescription may be used elsewhere.
struct AttestationFresh: ParameterLineRule {
    struct Inputs: InputValues {
        let attestedAt: Instant?
        let now: Instant
    }

    struct Parameters: ParameterValues {
        static func forms() -> [ParameterForm] {
            [
                ParameterForm("seconds", .number(0...86_400)),
                ParameterForm("skew_seconds", .number(0...86_400)),
            ]
        }
        let seconds: Int
        /// How far a register's clock may be ahead of ours (RX-TIME).
        var skewSeconds = 300
    }

    let name = "attestation-fresh"
    let version = 2
    let citation = "RX-ID; CONTRACT 12: registry.attestation_seconds"

    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> Inputs? {
        guard let record = line.record, record.kind == .registry else { return nil }
        return Inputs(attestedAt: record.attestedAt, now: facts.now)
    }

    func parameters(_ settings: PrescriptionSettings) -> Parameters {
        Parameters(seconds: settings.attestationSeconds)
    }

    func verdict(_ inputs: Inputs, under parameters: Parameters) -> RuleVerdict {
        let isFresh = inputs.attestedAt.map { attested in
            inputs.now <= attested.adding(seconds: parameters.seconds)
                && attested <= inputs.now.adding(seconds: parameters.skewSeconds)
        }
        return isFresh == true ? .pass : .decline(.rxAttestationStale)
    }
}

extension AttestationFresh.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        attestedAt = try logged.optionalTime("attested_at")
        now = try logged.time("now")
    }

    var listed: [RuleInput] {
        [
            RuleInput("attested_at", attestedAt.map { .time($0) } ?? .missing),
            RuleInput("now", .time(now)),
        ]
    }
}

extension AttestationFresh.Parameters {
    init(_ listed: RuleParameters) throws(UnreadableTrace) {
        seconds = try listed.number("seconds")
        skewSeconds = try listed.number("skew_seconds")
    }

    var listed: RuleParameters {
        RuleParameters(["seconds": .number(seconds), "skew_seconds": .number(skewSeconds)])
    }
}
