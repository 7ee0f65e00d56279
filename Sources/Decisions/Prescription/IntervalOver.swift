import Vocabulary

/// The interval since the last handover is over, counted by the calendar.
struct IntervalOver: LineRule {
    let name = "interval-over"
    let version = 1
    let citation = "RX-INTERVAL; BEK 776/2022 section 6(4)"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let interval = record.line?.interval else { return nil }
        let next: LocalDate?
        switch record.intervalDay {
        case .any: return nil
        case .from(let day): next = day
        case .unknown: next = nil
        }
        return .require(
            next.map { facts.today >= $0 } ?? false, else: .rxTooEarly,
            RuleInput("last_handover", .day(record.use.lastHandover)),
            RuleInput("interval", .number(interval.count)),
            RuleInput("unit", .word(interval.unit.rawValue)), RuleInput("next_from", .day(next)),
            RuleInput("today", .day(facts.today)))
    }
}

extension RecordFacts {
    /// The first day by the interval alone (RX-INTERVAL).
    var intervalDay: IntervalDay {
        guard let interval = line?.interval, use.handedOver != 0 || use.lastHandover != nil else {
            return .any
        }
        guard let last = use.lastHandover else { return .unknown }
        return .from(interval.firstDay(after: last))
    }
}

/// From when the interval lets the next handover be.
enum IntervalDay: Hashable {
    /// No interval, or nothing was handed over.
    case any
    case from(LocalDate)
    /// Something was handed over on a day that nobody tells.
    case unknown
}
