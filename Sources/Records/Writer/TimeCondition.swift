package import GRDB
package import Vocabulary

/// A condition about time as SQL, with its named arguments.
package struct TimeCondition: Sendable {
    package let sql: String
    package let arguments: StatementArguments
}

extension ServerTime {
    /// "The end is over" for rows that were made at another column's time: what `now(for:)` says in Swift.
    ///
    /// The text is the same as long as the calendar goes on evenly, so that its statement is prepared once.
    /// `isCautious` is for what cannot be taken back, see `now(for:)`.
    ///
    /// - Parameters:
    ///   - end: the column of the end.
    ///   - milliseconds: the end is so much later than the column says.
    ///   - made: the column, or expression, of when the row was made.
    package func isOver(
        _ end: String, plus milliseconds: Int64 = 0, of made: String, isCautious: Bool = false
    ) -> TimeCondition {
        let unconfirmed = isCautious ? unconfirmed : 0
        guard !isEven || unconfirmed != 0 else {
            return TimeCondition(
                sql: "\(end) <= :now\(milliseconds)",
                arguments: ["now\(milliseconds)": now.adding(milliseconds: -milliseconds)])
        }
        let micros = "(\(made)) * 1000"
        var cases = ""
        for (index, stretch) in stretches.enumerated().reversed() {
            var since = "\(stretch.lived) + (\(micros) - \(stretch.from)) * \(stretch.pace)"
            if index + 1 < stretches.count { since = "min(\(since), \(stretches[index + 1].lived))" }
            cases += " WHEN \(micros) >= \(stretch.from) THEN \(micros) - (\(since))"
        }
        let former = stretches[0].from + leapt - unconfirmed
        // The first condition is for the index, the second one decides.
        return TimeCondition(
            sql: """
                (\(end) <= :latest\(milliseconds)
                    AND (\(end) + \(milliseconds)) * 1000 - (CASE\(cases) ELSE \(former) END) <= :lived)
                """,
            arguments: [
                "latest\(milliseconds)": latest.adding(milliseconds: -milliseconds), "lived": lived,
            ])
    }
}
