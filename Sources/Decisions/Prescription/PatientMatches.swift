import Vocabulary

/// The payer is the patient, or somebody whom a relation on file connects with the patient.
///
/// A pharmacy may see why a prescription was refused only once this rule passed (RX-PRIVACY), so it passes
/// only when it knows the patient of every line that draws on a record.
struct PatientMatches: LineRule {
    let name = "patient-matches"
    let version = 1
    let citation = "RX-PATIENT"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard line.drawn != nil else { return nil }
        let isMatched =
            switch line.record?.patient {
            case .same, .related, .notRelatedNow: true
            case .stranger, nil: false
            }
        return .require(
            isMatched, else: .rxPatientMismatch, RuleInput("patient_matched", .flag(isMatched)))
    }
}
