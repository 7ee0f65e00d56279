import Vocabulary

/// A register's word counts for some minutes: meanwhile the prescription may be used elsewhere.
struct AttestationFresh: LineRule {
    let name = "attestation-fresh"
    let version = 1
    let citation = "RX-ID; CONTRACT 12: registry.attestation_seconds"

    /// How far a register's clock may be ahead of ours (RX-TIME).
    private static let skewSeconds = 300

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, record.kind == .registry else { return nil }
        let isFresh = record.attestedAt.map { attested in
            facts.now <= attested.adding(seconds: facts.attestationSeconds)
                && attested <= facts.now.adding(seconds: Self.skewSeconds)
        }
        return .require(
            isFresh == true, else: .rxAttestationStale,
            RuleInput("attested_at", record.attestedAt.map { .time($0) } ?? .missing),
            RuleInput("now", .time(facts.now)), RuleInput("seconds", .number(facts.attestationSeconds)))
    }
}
