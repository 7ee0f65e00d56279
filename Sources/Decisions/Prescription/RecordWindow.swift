package import Vocabulary

/// The days on which a record line is good, both ends included (RX-VALID).
package struct RecordWindow: Sendable, Hashable {
    package let first: LocalDate
    package let last: LocalDate
    /// The first day is not further ahead of the issue than the law lets it be.
    package let isStartAllowed: Bool

    init(of line: PrescribedLine, in record: RecordFacts, under policy: PrescribingPolicy) {
        self.init(of: line, issuedOn: record.issuedOn, by: record.role, under: policy)
    }

    /// What the signer states may shorten the days of the law, never lengthen them.
    package init(
        of line: PrescribedLine, issuedOn issue: LocalDate, by role: SignerRole,
        under policy: PrescribingPolicy = .danish
    ) {
        let end =
            policy.shortRoles.contains(role)
            ? issue.adding(days: policy.shortDays) : issue.adding(years: policy.validYears)
        first = max(issue, line.validFrom ?? issue)
        last = min(end, line.validTo ?? end)
        isStartAllowed = first <= issue.adding(months: policy.startMonths)
    }
}
