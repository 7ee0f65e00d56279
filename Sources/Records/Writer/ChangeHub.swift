import Synchronization
package import Vocabulary

/// Tells waiters, after the commit, that an object changed; and the driver, that an intent was recorded.
package final class ChangeHub: Sendable {
    private struct State {
        var sinks: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
        var next: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Intents as they are committed. One reader: the acquirer driver.
    package let intents: AsyncStream<IntentID>
    private let intentSink: AsyncStream<IntentID>.Continuation
    /// Tokens whose card the bank will not be asked about again. One reader: who keeps verification codes.
    package let spentTokens: AsyncStream<CardTokenID>
    private let spentSink: AsyncStream<CardTokenID>.Continuation

    init() {
        (intents, intentSink) = AsyncStream.makeStream(of: IntentID.self)
        (spentTokens, spentSink) = AsyncStream.makeStream(of: CardTokenID.self)
    }

    /// The changes of one object from this call on. Ask before you look at the object, so that no change
    /// between is missed. Ends when the gateway goes down.
    package func changes(of id: String) -> AsyncStream<Void> {
        let (stream, sink) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: UInt64? = state.withLock { state in
            if state.isClosed { return nil }
            state.next += 1
            state.sinks[id, default: [:]][state.next] = sink
            return state.next
        }
        guard let number else {
            sink.finish()
            return stream
        }
        sink.onTermination = { [weak self] _ in self?.remove(number, of: id) }
        return stream
    }

    /// Waits for the next change, at most so long. True when there was one.
    package static func next(of stream: AsyncStream<Void>, within limit: Duration) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in stream { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    /// Ends every wait and lets nobody wait again: the gateway is going down.
    package func close() {
        let sinks = state.withLock { state in
            state.isClosed = true
            defer { state.sinks = [:] }
            return state.sinks.values.flatMap { Array($0.values) }
        }
        for sink in sinks { sink.finish() }
        intentSink.finish()
        spentSink.finish()
    }

    func publish(changed: Set<String>, intents: [IntentID], spentTokens: [CardTokenID] = []) {
        for token in spentTokens { spentSink.yield(token) }
        guard !changed.isEmpty || !intents.isEmpty else { return }
        let sinks = state.withLock { state in
            changed.flatMap { state.sinks[$0].map { Array($0.values) } ?? [] }
        }
        for sink in sinks { sink.yield() }
        for intent in intents { intentSink.yield(intent) }
    }

    private func remove(_ number: UInt64, of id: String) {
        state.withLock { state in
            state.sinks[id]?[number] = nil
            if state.sinks[id]?.isEmpty == true { state.sinks[id] = nil }
        }
    }
}
