/// The charts as their template takes them.
struct ChartsPage: ConsolePage {
    static let template = "charts"

    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    /// A drawing and the table behind it.
    struct Chart: Sendable {
        let chartID: String
        let title: String
        let summary: String
        var course: CourseChart?
        var stack: BarChart?
        let figures: DataTable
    }

    let words: ChartWords
    let from: String
    let to: String
    let merchants: [Option]
    let flaw: String?
    let charts: [Chart]
}
