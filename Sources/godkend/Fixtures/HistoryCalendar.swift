import Vocabulary

/// When people shop: waves of payments over the days of a history, more of them in the evening.
struct HistoryCalendar {
    /// One wave: when it begins, and how many payments it has.
    struct Wave: Sendable {
        let at: Instant
        let payments: Int
    }

    let waves: [Wave]

    /// A wave takes this long from its first question to the last one that ran out.
    static let waveSeconds = 400
    /// A wave has at least so many payments, unless there would be few waves a day.
    private static let smallest = 512
    private static let wavesADay = 6
    /// Of the payments of a day, how many come in each hour of UTC, out of any number.
    private static let hours = [
        6, 3, 2, 1, 2, 6, 14, 24, 34, 40, 44, 48, 46, 42, 42, 46, 52, 60, 72, 80, 74, 52, 28, 12,
    ]

    init(authorizations: Int, days: Int, end: Instant, chance: inout HistoryChance) {
        let span = days * 86_400
        let step = min(
            86_400 / Self.wavesADay,
            max(Self.waveSeconds + 20, span / max(authorizations / Self.smallest, 1)))
        let start = end.adding(seconds: -span)
        var times: [(at: Instant, weight: Int)] = []
        for second in stride(from: 0, to: span - Self.waveSeconds, by: step) {
            let free = max(min(step, span - second) - Self.waveSeconds, 1)
            let at = start.adding(seconds: second + chance.below(free))
            times.append((at, Self.weight(at)))
        }
        let total = times.reduce(0) { $0 + $1.weight }
        var (weight, given) = (0, 0)
        waves = times.map { time in
            weight += time.weight
            let until = authorizations * weight / total
            defer { given = until }
            return Wave(at: time.at, payments: until - given)
        }
    }

    /// The first wave that begins at or after a moment; nil when the history is over by then.
    func wave(from moment: Instant) -> Int? {
        var (low, high) = (0, waves.count)
        while low < high {
            let middle = (low + high) / 2
            if waves[middle].at < moment { low = middle + 1 } else { high = middle }
        }
        return low < waves.count ? low : nil
    }

    private static func weight(_ at: Instant) -> Int {
        let day = LocalDate(at)
        // Business grows a little, and Mondays are slow.
        let weekday = Int((at.milliseconds / 86_400_000 + 3) % 7)
        let hour = Int(at.milliseconds / 3_600_000 % 24)
        return hours[hour] * (weekday == 0 ? 8 : 10) * (day.day <= 3 ? 13 : 10)
    }
}
