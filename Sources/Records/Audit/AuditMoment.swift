package import Vocabulary

/// A bound in time as an operator writes it: relative ones move along, so that a saved view stays true.
package enum AuditMoment: Sendable, Hashable {
    /// The length of a step back from now.
    package enum Step: String, Sendable, Hashable, CaseIterable {
        case hours = "h"
        case days = "d"
        case weeks = "w"

        var milliseconds: Int64 {
            switch self {
            case .hours: 3_600_000
            case .days: 86_400_000
            case .weeks: 604_800_000
            }
        }
    }

    case ago(Int, Step)
    /// A whole day of Copenhagen.
    case day(LocalDate)
    case instant(Instant)

    /// The first moment that belongs to a stretch beginning here.
    package func beginning(at now: Instant) -> Instant {
        switch self {
        case .ago(let count, let step): now.adding(milliseconds: -Int64(count) * step.milliseconds)
        case .day(let day): day.begin
        case .instant(let instant): instant
        }
    }

    /// The first moment after a stretch ending here: a day belongs to it to its end.
    package func end(at now: Instant) -> Instant {
        if case .day(let day) = self { day.adding(days: 1).begin } else { beginning(at: now) }
    }
}

extension LocalDate {
    /// The moment at which the day begins in Copenhagen.
    package var begin: Instant {
        guard let midnight = Instant(rfc3339: "\(self)T00:00:00Z") else { return Instant(milliseconds: 0) }
        // One hour east of Greenwich, or two in summer; clocks never change at midnight.
        let inSummer = midnight.adding(seconds: -7_200)
        return LocalDate(inSummer) == self ? inSummer : midnight.adding(seconds: -3_600)
    }
}
