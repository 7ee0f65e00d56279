/// An authorization as the gateway shows it when all is over.
struct Seen: Sendable, Hashable {
    let id: String
    let reference: String
    let amountMinor: Int64
    let status: String
    let capturedMinor: Int64
    let refundedMinor: Int64
    /// The sums of refunds that succeeded, by id.
    var refunds: [String: Int64] = [:]
    var holds: [SeenHold] = []
    /// By id.
    var handovers: [String: Handed] = [:]
}

/// A hold as its authorization shows it.
struct SeenHold: Sendable, Hashable {
    let record: String
    /// The number of the handover that it uses.
    let handover: Int64
    let status: String

    var isActive: Bool { ["reserved", "firm", "owed"].contains(status) }
}

/// An authorize intent as the bank booked it, all its calls added up.
struct Booked: Sendable, Hashable {
    let askedMinor: Int64
    let approvedMinor: Int64
    let capturedMinor: Int64
    let refundedMinor: Int64
    /// Held for the shop still: neither captured nor released.
    let openMinor: Int64
}

/// Compares what was promised, what is shown and what was booked. Every function gives sentences; none is
/// good.
enum Judge {
    /// What was acknowledged and is not there, or not as it was acknowledged (REL-01).
    static func lost(_ promises: [Promise], _ seen: [Seen]) -> [String] {
        let byID = Dictionary(seen.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return promises.flatMap { promise -> [String] in
            let name = promise.reference
            guard promise.isSettled else { return ["\(name) was never answered to the end"] }
            guard let id = promise.authorization else { return ["\(name) was never acknowledged"] }
            guard let found = byID[id] else { return ["\(name) was acknowledged and is lost"] }
            var wrong: [String] = []
            if found.amountMinor != promise.amountMinor || found.reference != name {
                wrong.append("\(name) has become another payment")
            }
            if found.capturedMinor != promise.capturedMinor {
                wrong.append("\(name): captured \(found.capturedMinor), told \(promise.capturedMinor)")
            }
            if found.refunds != promise.refunds {
                wrong.append("\(name): refunds \(found.refunds), told \(promise.refunds)")
            }
            if !agrees(found, promise) {
                wrong.append("\(name) is \(found.status), told \(promise.outcome ?? "nothing")")
            }
            return wrong
        }
    }

    private static func agrees(_ found: Seen, _ promise: Promise) -> Bool {
        switch promise.outcome {
        case "declined": found.status == "declined"
        case "canceled": found.status == (promise.captures.isEmpty ? "canceled" : "captured")
        case "approved": found.status == "approved" || found.status == "captured"
        default: false
        }
    }

    /// What there is more than once, or without having been asked for (REL-02).
    static func doubled(_ promises: [Promise], _ seen: [Seen]) -> [String] {
        let counts = Dictionary(grouping: seen, by: \.reference)
        let twice = counts.filter { $0.value.count > 1 }.keys.sorted()
        let known = Set(promises.map(\.reference))
        return twice.map { "\($0) is there \(counts[$0]?.count ?? 0) times" }
            + seen.filter { !known.contains($0.reference) }.map { "\($0.reference) was never asked for" }
    }

    /// Sums above their limits (REL-03).
    static func above(_ seen: [Seen]) -> [String] {
        seen.filter { $0.capturedMinor > $0.amountMinor }.map { "\($0.reference): captured above authorized" }
            + seen.filter { $0.refundedMinor > $0.capturedMinor }
            .map { "\($0.reference): refunded above captured" }
            + seen.filter { $0.refunds.values.reduce(0, +) != $0.refundedMinor }
            .map { "\($0.reference): its refunds do not add up" }
    }

    /// Where the bank's books say something else than the gateway.
    static func disagreeing(_ seen: [Seen], _ booked: [Booked]) -> [String] {
        let accounts = Dictionary(grouping: booked, by: \.askedMinor)
        let shown = Set(seen.map(\.amountMinor))
        let strangers = booked.filter { !shown.contains($0.askedMinor) && $0.approvedMinor > 0 }
        return seen.flatMap { one -> [String] in
            let mine = accounts[one.amountMinor] ?? []
            if mine.count > 1 { return ["\(one.reference): asked of the bank \(mine.count) times"] }
            let account = mine.first
            let held = one.status == "approved" ? one.amountMinor - one.capturedMinor : 0
            return [
                ("captured", one.capturedMinor, account?.capturedMinor ?? 0),
                ("refunded", one.refundedMinor, account?.refundedMinor ?? 0),
                ("held", held, account?.openMinor ?? 0),
            ].filter { $0.1 != $0.2 }.map {
                "\(one.reference), \(one.status): \($0.0) \($0.1), but the bank booked \($0.2)"
            }
        } + strangers.map { "the bank approved \($0.askedMinor), which nobody asked for" }
    }
}
