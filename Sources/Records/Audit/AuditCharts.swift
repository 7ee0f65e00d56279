package import GRDB
import Foundation
package import Vocabulary

/// Counts for the charts of some days, from the tallies that each change keeps (OPS-CHART).
package struct AuditCharts: Sendable, Hashable {
    /// One bar: a word and how often it was counted.
    package struct Bar: Sendable, Hashable {
        package let word: String
        package let count: Int

        package init(word: String, count: Int) {
            self.word = word
            self.count = count
        }
    }

    /// One day, Copenhagen.
    package struct Day: Sendable, Hashable {
        package let day: LocalDate
        package var declines = 0
        /// Orders that were tried for the first time on that day.
        package var tried = 0
        /// Orders of which a payment was approved for the first time on that day.
        package var approved = 0
    }

    package let from: LocalDate
    /// The last day, included.
    package let to: LocalDate
    package let merchant: MerchantID?
    /// Every day of the range, also those on which nothing happened.
    package let days: [Day]
    /// Declines by reason, the most frequent first; so are the three that follow.
    package let reasons: [Bar]
    package let merchants: [Bar]
    package let factors: [Bar]
    package let codes: [Bar]
    /// Answers of the app by the seconds that they took: every step in order, `more` last.
    package let answerSeconds: [Bar]

    package var declines: Int { days.reduce(0) { $0 + $1.declines } }
    package var tried: Int { days.reduce(0) { $0 + $1.tried } }
    package var approved: Int { days.reduce(0) { $0 + $1.approved } }

    /// Orders approved in thousandths of those tried, each order once; nil when none was tried. An order
    /// tried on the day before the range may be approved in it.
    package var approvalPermille: Int? {
        tried == 0 ? nil : min(1_000, approved * 1_000 / tried)
    }

    /// The upper edges of the steps of `answerSeconds`.
    package static let steps = ["5", "10", "20", "40", "80", "160", "320", "more"]
}

extension AuditCharts {
    /// Days in one range at most.
    package static let mostDays = 366

    /// Reads the counts of days, both ends included; of one merchant or of all.
    package static func read(
        from: LocalDate, to: LocalDate, merchant: MerchantID?, in db: Database
    ) throws -> AuditCharts {
        let count = max(0, min(from.days(until: to) + 1, mostDays))
        var sums = Sums(days: (0..<count).map { Day(day: from.adding(days: $0)) })
        if let merchant {
            let sql = "SELECT * FROM tallies WHERE day = ? AND merchant = ?"
            for index in sums.days.indices {
                let day = sums.days[index].day.description
                try sums.add(db.cachedStatement(sql: sql), [day, merchant], at: { _ in index })
            }
        } else if let last = sums.days.last {
            let sql = "SELECT * FROM tallies WHERE day >= ? AND day <= ?"
            let places = Dictionary(
                uniqueKeysWithValues: sums.days.enumerated().map { ($1.day.description, $0) })
            try sums.add(
                db.cachedStatement(sql: sql), [from.description, last.day.description], at: { places[$0] })
        }
        return AuditCharts(
            from: from, to: to, merchant: merchant, days: sums.days, reasons: sums.bars(.reason),
            merchants: sums.merchants.bars, factors: sums.bars(.factor), codes: sums.bars(.networkCode),
            answerSeconds: steps.map { Bar(word: $0, count: sums.words[.answerSeconds]?[$0] ?? 0) })
    }

    private struct Sums {
        var days: [Day]
        var words: [TallyMeasure: [String: Int]] = [:]
        var merchants: [String: Int] = [:]

        mutating func add(
            _ statement: Statement, _ arguments: StatementArguments, at place: (String) -> Int?
        ) throws {
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try rows.next() {
                guard let measure = TallyMeasure(rawValue: row["measure"]), let index = place(row["day"])
                else { continue }
                let (word, number): (String, Int) = (row["word"], row["number"])
                words[measure, default: [:]][word, default: 0] += number
                switch measure {
                case .reason:
                    days[index].declines += number
                    merchants[row["merchant"], default: 0] += number
                case .orders:
                    if word == "approved" {
                        days[index].approved += number
                    } else {
                        days[index].tried += number
                    }
                case .factor, .networkCode, .answerSeconds: break
                }
            }
        }

        func bars(_ measure: TallyMeasure) -> [Bar] { (words[measure] ?? [:]).bars }
    }
}

extension [String: Int] {
    /// The most frequent first.
    fileprivate var bars: [AuditCharts.Bar] {
        map { AuditCharts.Bar(word: $0.key, count: $0.value) }
            .sorted { $0.count == $1.count ? $0.word < $1.word : $0.count > $1.count }
    }
}
