/// Counts by word as bars under one another. Widths are percentages, so that the drawing fits any window
/// and its text keeps its size.
struct BarChart: Sendable {
    struct Bar: Sendable {
        let label: String
        let count: String
        let labelY: Int
        let barY: Int
        /// 0 to 100.
        let width: String
    }

    private static let rowHeight = 34

    let chartID: String
    let title: String
    let summary: String
    let height: Int
    let bars: [Bar]

    /// The longest bar is the largest number.
    init(id: String, title: String, summary: String, counts: [(label: String, count: Int)]) {
        chartID = id
        self.title = title
        self.summary = summary
        height = max(counts.count, 1) * Self.rowHeight
        let largest = max(counts.map(\.count).max() ?? 0, 1)
        bars = counts.enumerated().map { index, entry in
            Bar(
                label: entry.label, count: String(entry.count), labelY: index * Self.rowHeight + 14,
                barY: index * Self.rowHeight + 19, width: Percent.text(entry.count, of: largest))
        }
    }
}

/// Parts of a whole, as SVG takes them.
enum Percent {
    /// `37.5` for 3 of 8; one decimal, cut off.
    static func text(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "0" }
        let thousandths = part * 1_000 / whole
        return "\(thousandths / 10).\(thousandths % 10)"
    }
}
