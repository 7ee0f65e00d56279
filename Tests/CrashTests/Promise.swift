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
    /// True when every request about this payment has been answered.
    var isSettled = false

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

    func keep(_ promise: Promise) { state.withLock { $0.promises[promise.amountMinor] = promise } }

    func complain(_ sentence: String) { state.withLock { $0.complaints.append(sentence) } }

    /// A request whose answer a kill took away.
    func noteInterruption() { state.withLock { $0.interrupted += 1 } }

    /// A request that was answered and sent again.
    func noteRepeat() { state.withLock { $0.repeated += 1 } }

    var promises: [Promise] {
        state.withLock { $0.promises.values.sorted { $0.amountMinor < $1.amountMinor } }
    }
    var complaints: [String] { state.withLock { $0.complaints } }
    var interrupted: Int { state.withLock { $0.interrupted } }
    var repeated: Int { state.withLock { $0.repeated } }
}
