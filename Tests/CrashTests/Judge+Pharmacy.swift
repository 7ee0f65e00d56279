/// What was promised about holds and handovers, and what is shown.
extension Judge {
    /// Approvals without their hold, holds without their payment, handovers that were acknowledged and are
    /// lost or were never told (REL-01, REL-11).
    static func misheld(_ promises: [Promise], _ seen: [Seen]) -> [String] {
        let byID = Dictionary(seen.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return promises.filter { $0.record != nil }.flatMap { promise -> [String] in
            guard let found = promise.authorization.flatMap({ byID[$0] }) else {
                return ["\(promise.reference) is lost with its hold"]
            }
            var wrong: [String] = []
            if found.handovers != promise.handovers {
                wrong.append("\(promise.reference): handovers are not those that were acknowledged")
            }
            let statuses = found.holds.map(\.status)
            if statuses != (promise.hold.map { [$0] } ?? []) {
                wrong.append("\(promise.reference): holds \(statuses), told \(promise.hold ?? "none")")
            }
            if found.holds.contains(where: { $0.record != promise.record }) {
                wrong.append("\(promise.reference) holds another record")
            }
            if !isHeldAsPaid(found) {
                wrong.append("\(promise.reference): holds \(statuses) under \(found.status)")
            }
            return wrong
        }
    }

    private static func isHeldAsPaid(_ one: Seen) -> Bool {
        one.holds.allSatisfy { hold in
            switch one.status {
            case "requires_confirmation", "processing": hold.status == "reserved"
            case "approved" where one.capturedMinor == 0: hold.status == "firm"
            case "approved", "captured": !["reserved", "firm", "expired"].contains(hold.status)
            case "expired": hold.status == "expired"
            default: hold.status == "released"
            }
        }
    }

    /// Records that are held twice, or were handed over more often or in greater number than prescribed
    /// (REL-04).
    static func overdrawn(_ seen: [Seen], handovers: Int, packages: Int64) -> [String] {
        let drawn = seen.flatMap { one in one.holds.map { (one: one, hold: $0) } }
        return Dictionary(grouping: drawn, by: \.hold.record).flatMap { record, draws -> [String] in
            let given = draws.map { draw in
                draw.one.handovers.values.filter { !$0.isUndone }.reduce(0) { $0 + $1.quantity }
            }
            let numbers = zip(draws, given).filter { $0.1 > 0 }.map { $0.0.hold.handover }
            var wrong: [String] = []
            if draws.count(where: \.hold.isActive) > 1 { wrong.append("\(record) is held twice") }
            if Set(numbers).count < numbers.count { wrong.append("\(record): one handover was made twice") }
            if numbers.count > handovers { wrong.append("\(record): \(numbers.count) handovers") }
            if given.contains(where: { $0 > packages }) { wrong.append("\(record): more than prescribed") }
            return wrong
        }
    }
}
