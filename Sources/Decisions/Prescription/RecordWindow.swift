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

    package init(
        of line: PrescribedLine, issuedOn issue: LocalDate, by role: SignerRole,
        under policy: PrescribingPolicy = .danish
    ) {
        self.init(
            issuedOn: issue, from: line.validFrom, to: line.validTo, by: role, under: policy.validity)
    }

    /// What the signer states may shorten the days of the law, never lengthen them.
    init(
        issuedOn issue: LocalDate, from: LocalDate?, to: LocalDate?, by role: SignerRole,
        under terms: ValidityTerms
    ) {
        let end =
            terms.shortRoles.contains(role)
            ? issue.adding(days: terms.shortDays) : issue.adding(years: terms.validYears)
        first = max(issue, from ?? issue)
        last = min(end, to ?? end)
        isStartAllowed = first <= issue.adding(months: terms.startMonths)
    }
}
