import Synchronization

/// What a shop was told about one payment: its own books, kept outside the gateway.
struct Promise: Sendable, Hashable {
    /// Minor units; also the payment's name, for no two of a run have the same.
    let amountMinor: Int64
    let reference: String
    /// The id that was acknowledged.
    var authorization: String?
    /// What the shop knows of the state: `declined`, `approved`, `canceled`; nil before it knows.
    var outcome: String?
    /// The sums of acknowledged captures.
    var captures: [Int64] = []
    /// The sums of acknowledged refunds, by id.
    var refunds: [String: Int64] = [:]
    /// The record that a pharmacy's order draws on; nil for an order without prescription.
    var record: String?
    /// How its hold must stand after the last answer; nil when it has none.
    var hold: String?
    /// Acknowledged handovers, by id.
    var handovers: [String: Handed] = [:]
    /// True when every request about this payment has been answered.
    var isSettled = false

    var path: String { "/v1/authorizations/\(authorization ?? "")" }
    var capturedMinor: Int64 { captures.reduce(0, +) }
    var refundedMinor: Int64 { refunds.values.reduce(0, +) }
}

/// All promises of a run, and what was wrong at once.
final class Journal: Sendable {
    private struct State {
        var promises: [Int64: Promise] = [:]
        var complaints: [String] = []
        var interrupted = 0
        var repeated = 0
        var heldElsewhere = 0
        var next: Int64 = 10_000
    }

    private let state = Mutex(State())

    /// A new payment with an amount that no other has.
    func begin() -> Promise {
        state.withLock { state in
            state.next += 1
            let promise = Promise(amountMinor: state.next, reference: "order-\(state.next)")
            state.promises[state.next] = promise
            return promise
        }
    }

    /// One payment from its beginning to the last answer; what went wrong on the way is a complaint.
    func follow(_ steps: (inout Promise) async throws -> Void) async {
        var promise = begin()
        do {
            try await steps(&promise)
            promise.isSettled = true
        } catch {
            complain("\(promise.reference): \(error)")
        }
        keep(promise)
    }

    func keep(_ promise: Promise) { state.withLock { $0.promises[promise.amountMinor] = promise } }

    func complain(_ sentence: String) { state.withLock { $0.complaints.append(sentence) } }

    /// A request whose answer a kill took away.
    func noteInterruption() { state.withLock { $0.interrupted += 1 } }

    /// A request that was answered and sent again.
    func noteRepeat() { state.withLock { $0.repeated += 1 } }

    /// An order that was refused because another one holds the line.
    func noteHeldElsewhere() { state.withLock { $0.heldElsewhere += 1 } }

    var promises: [Promise] {
        state.withLock { $0.promises.values.sorted { $0.amountMinor < $1.amountMinor } }
    }
    /// Whether money was given back, medicine handed over, and two orders met at a line.
    var isTelling: Bool {
        state.withLock { state in
            let all = state.promises.values
            return state.heldElsewhere > 0 && all.contains { !$0.refunds.isEmpty }
                && all.contains { $0.hold == "consumed" }
        }
    }
    var complaints: [String] { state.withLock { $0.complaints } }
    var interrupted: Int { state.withLock { $0.interrupted } }
    var heldElsewhere: Int { state.withLock { $0.heldElsewhere } }
    var repeated: Int { state.withLock { $0.repeated } }
}
