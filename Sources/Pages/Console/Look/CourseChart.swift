/// Values day by day: columns for counts, or a line with a point for each known value.
struct CourseChart: Sendable {
    struct GridLine: Sendable {
        let gridY: Int
        let labelY: Int
        let label: String
    }

    struct Step: Sendable {
        let x: String
        let y: Int
        let width: String
        let rise: Int
    }

    struct Piece: Sendable {
        let x1: String
        let y1: Int
        let x2: String
        let y2: Int
    }

    struct Point: Sendable {
        let x: String
        let y: Int
    }

    struct Tick: Sendable {
        let x: String
        let y: Int
        let anchor: String
        let label: String
    }

    enum Shape: Sendable {
        case columns, line
    }

    private static let top = 16
    private static let bottom = 176

    let chartID: String
    let title: String
    let summary: String
    let height: Int
    let grid: [GridLine]
    let steps: [Step]
    let pieces: [Piece]
    let points: [Point]
    let ticks: [Tick]

    /// - Parameters:
    ///   - values: one for each day, in order; nil where nothing is known.
    ///   - ceiling: the value at the upper edge; by default a round number over the largest.
    ///   - unit: stands behind the numbers at the edge.
    init(
        id: String, title: String, summary: String, shape: Shape, values: [(day: String, value: Int?)],
        ceiling: Int? = nil, unit: String = ""
    ) {
        chartID = id
        self.title = title
        self.summary = summary
        height = 200
        let highest = ceiling ?? Self.roundCeiling(values.compactMap(\.value).max() ?? 0)
        let level = { (value: Int) in
            Self.bottom - min(value, highest) * (Self.bottom - Self.top) / max(highest, 1)
        }
        grid = [0, highest / 2, highest].enumerated().filter { $0.offset != 1 || highest > 1 }.map {
            GridLine(gridY: level($0.element), labelY: level($0.element) - 4, label: "\($0.element)\(unit)")
        }
        let count = max(values.count, 1)
        let middle = { (index: Int) in Percent.text(index * 2 + 1, of: count * 2) }
        let known = values.enumerated().compactMap { entry in entry.element.value.map { (entry.offset, $0) } }
        switch shape {
        case .columns:
            steps = known.filter { $0.1 > 0 }.map { index, value in
                Step(
                    x: Percent.text(index * 10 + 1, of: count * 10), y: level(value),
                    width: Percent.text(8, of: count * 10), rise: Self.bottom - level(value))
            }
            (pieces, points) = ([], [])
        case .line:
            steps = []
            points = known.map { Point(x: middle($0.0), y: level($0.1)) }
            pieces = zip(known, known.dropFirst()).map { left, right in
                Piece(x1: middle(left.0), y1: level(left.1), x2: middle(right.0), y2: level(right.1))
            }
        }
        ticks = Self.ticks(values.map(\.day), at: Self.bottom + 18)
    }

    /// The first, the middle and the last day.
    private static func ticks(_ days: [String], at y: Int) -> [Tick] {
        guard let first = days.first, let last = days.last else { return [] }
        var ticks = [Tick(x: "0", y: y, anchor: "start", label: first)]
        if days.count > 4 { ticks.append(Tick(x: "50", y: y, anchor: "middle", label: days[days.count / 2])) }
        if days.count > 1 { ticks.append(Tick(x: "100", y: y, anchor: "end", label: last)) }
        return ticks
    }

    /// 1, 2, 5 or 10 times a power of ten, at or above the value, and even where there is a middle.
    private static func roundCeiling(_ value: Int) -> Int {
        var power = 1
        while power <= Int.max / 100, power * 10 < value { power *= 10 }
        return [1, 2, 4, 6, 8, 10].map { $0 * power }.first { $0 >= value } ?? power * 10
    }
}
