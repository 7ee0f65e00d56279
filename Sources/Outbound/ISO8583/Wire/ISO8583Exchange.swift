import NIOCore
import Operations

/// Matches answers to the calls that wait for them, over one connection that is opened when it is needed.
///
/// A call is `notSent` only while not one byte of it was handed to a connection.
actor ISO8583Exchange {
    private struct Waiter {
        let key: ISO8583MatchKey
        let bytes: [UInt8]
        let continuation: CheckedContinuation<AcquirerReply<ISO8583Message>, Never>
        /// The connection it was handed to; nil while it waits for one.
        var line: Int?
    }

    private enum Line {
        case closed
        case opening(number: Int)
        case open(number: Int, any Channel)
        case shutDown
    }

    private let address: ISO8583Address
    private let unmatched: @Sendable (ISO8583Message) -> Void
    private let events: AsyncStream<ISO8583LineEvent>
    private let eventsEnd: AsyncStream<ISO8583LineEvent>.Continuation
    private var line = Line.closed
    private var lastLine = 0
    private var lastWaiter = 0
    private var waiters: [Int: Waiter] = [:]
    private var waitersByKey: [ISO8583MatchKey: Set<Int>] = [:]

    /// `unmatched` gets the answers that nobody waits for.
    init(address: ISO8583Address, unmatched: @escaping @Sendable (ISO8583Message) -> Void) {
        self.address = address
        self.unmatched = unmatched
        (events, eventsEnd) = AsyncStream.makeStream(of: ISO8583LineEvent.self)
    }

    /// Handles what the connections tell until the exchange is shut down. Run it once.
    func run() async {
        for await event in events {
            switch event {
            case .message(_, let bytes): received(bytes)
            case .closed(let number): closed(number)
            }
        }
    }

    /// Sends a request and waits for its answer, the end of its connection, or the caller's cancellation.
    func ask(_ message: ISO8583Message) async -> AcquirerReply<ISO8583Message> {
        guard let key = ISO8583MatchKey(message), let bytes = try? message.encoded() else { return .notSent }
        lastWaiter += 1
        let id = lastWaiter
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters[id] = Waiter(key: key, bytes: bytes, continuation: continuation)
                waitersByKey[key, default: []].insert(id)
                send(id)
            }
        } onCancel: {
            // Runs after the waiter is registered: registering does not leave the actor.
            Task { await self.giveUp(id) }
        }
    }

    /// Ends the connection and every waiting call.
    func shutDown() async {
        let open: (any Channel)? = if case .open(_, let channel) = line { channel } else { nil }
        line = .shutDown
        eventsEnd.finish()
        for id in waiters.keys { giveUp(id) }
        try? await open?.close()
    }

    private func send(_ id: Int) {
        switch line {
        case .open(let number, let channel) where channel.isActive:
            guard let waiter = waiters[id] else { return }
            waiters[id]?.line = number
            // A failed write closes the channel, and its end answers the waiter.
            channel.writeAndFlush(ISO8583Framing.frame(waiter.bytes), promise: nil)
        case .open, .closed:
            open()
        case .opening:
            break
        case .shutDown:
            giveUp(id)
        }
    }

    private func open() {
        lastLine += 1
        let number = lastLine
        line = .opening(number: number)
        Task {
            do {
                await opened(number, try await address.open(number: number, events: eventsEnd))
            } catch {
                failed(number)
            }
        }
    }

    private func opened(_ number: Int, _ channel: any Channel) async {
        guard case .opening(number) = line, channel.isActive else {
            failed(number)
            try? await channel.close()
            return
        }
        line = .open(number: number, channel)
        for id in waiters.filter({ $0.value.line == nil }).keys.sorted() { send(id) }
    }

    /// No connection: what waited for it was not sent.
    private func failed(_ number: Int) {
        guard case .opening(number) = line else { return }
        line = .closed
        for id in waiters.filter({ $0.value.line == nil }).keys { giveUp(id) }
    }

    private func closed(_ number: Int) {
        if case .open(number, _) = line { line = .closed }
        for id in waiters.filter({ $0.value.line == number }).keys { giveUp(id) }
    }

    /// Bytes that are not a message of ours are dropped: their call ends by its caller's timeout.
    private func received(_ bytes: [UInt8]) {
        guard let message = try? ISO8583Message(decoding: bytes), message.type.answer == nil,
            let key = ISO8583MatchKey(message)
        else { return }
        let matching = (waitersByKey[key] ?? []).filter { waiters[$0]?.line != nil }
        if matching.isEmpty { unmatched(message) }
        for id in matching { remove(id)?.continuation.resume(returning: .answered(message)) }
    }

    private func giveUp(_ id: Int) {
        guard let waiter = remove(id) else { return }
        waiter.continuation.resume(returning: waiter.line == nil ? .notSent : .sentUnknown)
    }

    private func remove(_ id: Int) -> Waiter? {
        guard let waiter = waiters.removeValue(forKey: id) else { return nil }
        waitersByKey[waiter.key]?.remove(id)
        if waitersByKey[waiter.key]?.isEmpty == true { waitersByKey[waiter.key] = nil }
        return waiter
    }
}
