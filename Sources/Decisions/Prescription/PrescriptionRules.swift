extension RuleSet<PrescriptionFacts> {
    /// Whether the prescriptions named cover the order, by the Danish rules.
    package static let prescription = RuleSet.prescription(under: .danish)

    /// In order of precedence: the record, the person, the line, the amount, the moment.
    package static func prescription(under policy: PrescribingPolicy) -> RuleSet {
        RuleSet([
            PrescriptionNamed(), RecordAuthentic(), NotRevoked(), AttestationFresh(),
            PatientMatches(), ProxyStands(),
            RecordNotCanceled(), RecordValid(policy: policy),
            LineCovers(), GroupAllows(policy: policy), GroupSingle(), Substitution(), QuantityAllowed(),
            HandoversLeft(), IntervalOver(), NotHeld(), AgeForProduct(),
        ])
    }
}
