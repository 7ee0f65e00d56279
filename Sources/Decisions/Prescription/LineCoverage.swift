package import Vocabulary

/// What is left of a record line on a day: for the dry run and for the text in the code app.
package struct LineCoverage: Sendable, Hashable {
    /// Handovers that the line has in all.
    package let prescribed: Int
    package let handedOver: Int
    /// Handovers that other orders hold now: 0 or 1.
    package let held: Int
    /// Handovers that nobody took or holds.
    package let left: Int
    /// The number of the next handover, from 1: the 3 of "3 of 4". Nil when there is none.
    package let nextHandover: Int?
    /// The first day, today or later, on which validity and interval allow a handover; nil when none does.
    package let nextFrom: LocalDate?

    /// Nil when the record has no such line.
    package init?(of record: RecordFacts, today: LocalDate, under policy: PrescribingPolicy = .danish) {
        guard let line = record.line else { return nil }
        let used = max(0, record.use.handedOver)
        prescribed = line.handovers
        handedOver = used
        held = record.use.isHeld ? 1 : 0
        left = max(0, line.handovers - used - held)
        let hasNext = used < line.handovers && record.mayEverServe(line)
        nextHandover = hasNext ? used + 1 : nil
        nextFrom = hasNext ? record.firstDay(of: line, from: today, under: policy) : nil
    }
}

extension RecordFacts {
    /// Nothing stands against the line that time does not cure.
    fileprivate func mayEverServe(_ line: PrescribedLine) -> Bool {
        let isStatusGood =
            switch status {
            case .pending, .open, .partHandedOver: true
            case .closed, .cancelPending, .canceled, .invalid, .expired: false
            }
        let isOnceAtMost = !isHandedOverOnce(as: nil) || line.handovers == 1
        let isForConsumers = prescribed?.group.isHospitalOnly != true && !line.isUrgentWithoutPayment
        return isStatusGood && revocation != .revoked && use.residual != .zero && isOnceAtMost
            && isForConsumers
    }

    fileprivate func firstDay(
        of line: PrescribedLine, from today: LocalDate, under policy: PrescribingPolicy
    ) -> LocalDate? {
        let window = RecordWindow(of: line, in: self, under: policy)
        let day: LocalDate
        switch intervalDay {
        case .any: day = max(today, window.first)
        case .from(let first): day = max(today, window.first, first)
        case .unknown: return nil
        }
        return window.isStartAllowed && day <= window.last ? day : nil
    }
}
