import Records
import Vocabulary

/// Draws the counts of some days, and puts each drawing's figures into a table.
struct ChartDrawing {
    /// Bars in one chart at most; the table has them all.
    private static let mostBars = 12

    private let counts: AuditCharts
    private let language: Language
    private let words: ChartWords
    private let columns: ColumnWords

    init(_ counts: AuditCharts, in language: Language) {
        self.counts = counts
        self.language = language
        words = ChartWords(language)
        columns = ColumnWords(language)
    }

    var charts: [ChartsPage.Chart] {
        [
            perDay, approvals,
            bars("reasons", words.byReason, columns.reason, counts.reasons) { word in
                DeclineReason(rawValue: word)?.words(language) ?? word
            },
            bars("merchants", words.byMerchant, columns.merchant, counts.merchants) { $0 },
            bars("factors", words.byFactor, columns.code, counts.factors) { word in
                AuditFactor(rawValue: word)?.words(language) ?? word
            },
            bars("codes", words.byCode, columns.code, counts.codes) { $0 },
            answerTimes,
        ]
    }

    private var perDay: ChartsPage.Chart {
        let summary = "\(words.total) \(counts.declines)."
        return ChartsPage.Chart(
            chartID: "per-day", title: words.perDay, summary: summary,
            course: CourseChart(
                id: "per-day-chart", title: words.perDay, summary: summary, shape: .columns,
                values: counts.days.map { ($0.day.description, $0.declines) }),
            figures: DataTable(
                id: "per-day-table", caption: caption(words.perDay),
                columns: [.init(columns.day), .init(columns.number, isNumber: true)],
                rows: counts.days.map {
                    [Cell($0.day.description, isHead: true), Cell(String($0.declines))]
                },
                emptyText: words.nothing))
    }

    private var approvals: ChartsPage.Chart {
        let share = counts.approvalPermille.map { "\(Percent.text($0, of: 1_000)) %. " } ?? ""
        let summary =
            "\(share)\(words.tried) \(counts.tried), \(words.approved.lowercased()) \(counts.approved)."
        return ChartsPage.Chart(
            chartID: "approvals", title: words.approvalRate, summary: summary,
            course: CourseChart(
                id: "approvals-chart", title: words.approvalRate, summary: summary, shape: .line,
                values: counts.days.map { ($0.day.description, percent(of: $0)) }, ceiling: 100, unit: " %"),
            figures: DataTable(
                id: "approvals-table", caption: caption(words.approvalRate),
                columns: [
                    .init(columns.day), .init(words.tried, isNumber: true),
                    .init(words.approved, isNumber: true), .init(words.rate, isNumber: true),
                ],
                rows: counts.days.map { day in
                    [
                        Cell(day.day.description, isHead: true), Cell(String(day.tried)),
                        Cell(String(day.approved)), Cell(percent(of: day).map { "\($0) %" } ?? "–"),
                    ]
                }, emptyText: words.nothing))
    }

    /// Nil for a day on which nothing was tried. Orders tried the evening before may be approved on a day.
    private func percent(of day: AuditCharts.Day) -> Int? {
        day.tried == 0 ? nil : min(100, day.approved * 100 / day.tried)
    }

    private var answerTimes: ChartsPage.Chart {
        bars("answer-times", words.answerTime, words.answerTime, counts.answerSeconds) { word in
            word == "more" ? words.longer : "\(words.upTo) \(word) \(words.seconds)"
        }
    }

    private func bars(
        _ id: String, _ title: String, _ heading: String, _ found: [AuditCharts.Bar],
        _ name: (String) -> String
    ) -> ChartsPage.Chart {
        let total = found.reduce(0) { $0 + $1.count }
        let summary = total == 0 ? words.nothing : "\(words.total) \(total)."
        let named = found.map { (label: name($0.word), word: $0.word, count: $0.count) }
        return ChartsPage.Chart(
            chartID: id, title: title, summary: summary,
            stack: total == 0
                ? nil
                : BarChart(
                    id: "\(id)-chart", title: title, summary: summary,
                    counts: named.prefix(Self.mostBars).map { ($0.label, $0.count) }),
            figures: DataTable(
                id: "\(id)-table", caption: caption(title),
                columns: [.init(heading), .init(columns.number, isNumber: true)],
                rows: named.map { entry in
                    let word = entry.label == entry.word ? nil : entry.word
                    return [Cell(entry.label, word: word, isHead: true), Cell(String(entry.count))]
                }, emptyText: words.nothing))
    }

    /// The table is called otherwise than its chart, so that both can be found by name.
    private func caption(_ title: String) -> String {
        "\(title): \(language.pick("tal", "figures")), \(counts.from) – \(counts.to)"
    }
}
