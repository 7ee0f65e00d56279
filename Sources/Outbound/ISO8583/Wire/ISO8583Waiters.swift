import Operations

/// The calls that wait for an answer, and to which of them an answer belongs. A value.
struct ISO8583Waiters {
    struct Waiter {
        let key: ISO8583MatchKey
        let bytes: [UInt8]
        let continuation: CheckedContinuation<AcquirerReply<ISO8583Message>, Never>
        /// The connection it was handed to; nil while it waits for one.
        var line: Int?
        /// How many frames had come on that connection when it was handed over.
        var heardBefore = 0
    }

    /// Whose an answer is.
    enum Owner: Equatable {
        /// These calls', which have the same key.
        case exactly([Int])
        /// Probably this call's: taken when nothing better comes.
        case nearly(Int)
        case nobody
    }

    private var waiters: [Int: Waiter] = [:]
    private var byTrace: [String: Set<Int>] = [:]
    private var byReference: [String: Set<Int>] = [:]

    subscript(id: Int) -> Waiter? { waiters[id] }

    var ids: [Int] { waiters.keys.sorted() }

    /// Those that no connection has taken yet, oldest first.
    var unsent: [Int] { waiters.filter { $0.value.line == nil }.keys.sorted() }

    func sent(on line: Int) -> [Int] { waiters.filter { $0.value.line == line }.keys.sorted() }

    mutating func add(_ waiter: Waiter, as id: Int) {
        waiters[id] = waiter
        if let trace = waiter.key.traceNumber { byTrace[trace, default: []].insert(id) }
        if let reference = waiter.key.retrievalReference { byReference[reference, default: []].insert(id) }
    }

    mutating func handed(_ id: Int, to line: Int, heardBefore: Int) {
        waiters[id]?.line = line
        waiters[id]?.heardBefore = heardBefore
    }

    mutating func remove(_ id: Int) -> Waiter? {
        guard let waiter = waiters.removeValue(forKey: id) else { return nil }
        Self.remove(id, of: waiter.key.traceNumber, from: &byTrace)
        Self.remove(id, of: waiter.key.retrievalReference, from: &byReference)
        return waiter
    }

    /// Whose the answer with this key is. Calls of different keys that fit alike: nobody's.
    func owner(of answer: ISO8583MatchKey) -> Owner {
        let ids = (answer.traceNumber.flatMap { byTrace[$0] } ?? [])
            .union(answer.retrievalReference.flatMap { byReference[$0] } ?? [])
        var fits: [ISO8583MatchKey.Fit: [Int]] = [:]
        for id in ids.sorted() {
            guard let waiter = waiters[id], waiter.line != nil else { continue }
            fits[answer.fit(waiter.key), default: []].append(id)
        }
        if let exact = fits[.exact], isOneCall(exact) { return .exactly(exact) }
        if fits[.exact] == nil, let near = fits[.near], isOneCall(near), let first = near.first {
            return .nearly(first)
        }
        return .nobody
    }

    private func isOneCall(_ ids: [Int]) -> Bool { Set(ids.compactMap { waiters[$0]?.key }).count == 1 }

    private static func remove(_ id: Int, of text: String?, from index: inout [String: Set<Int>]) {
        guard let text else { return }
        index[text]?.remove(id)
        if index[text]?.isEmpty == true { index[text] = nil }
    }
}
