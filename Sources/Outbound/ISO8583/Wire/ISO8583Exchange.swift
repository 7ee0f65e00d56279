import NIOCore
import Operations
import Vocabulary

/// Matches answers to the calls that wait for them, over one connection that is opened when it is needed.
///
/// A call is `notSent` only while not one byte of it was handed to a connection. Attempts to connect have
/// pauses that grow (`Backoff`) until an answer to something else than an inquiry shows that the bank
/// works. A connection on which several calls end unanswered while nothing at all is heard is given up.
actor ISO8583Exchange {
    enum Line {
        case closed
        case opening(number: Int)
        /// Open, and waiting for the answer to our sign-on.
        case signingOn(number: Int, any Channel)
        case open(number: Int, any Channel)
        case shutDown
    }

    /// Calls that may end unheard in a row before their connection is given up.
    private static let patience = 3

    let link: ISO8583Link
    let clock: any Clock
    let observe: @Sendable (ISO8583Incident) -> Void
    private let unmatched: @Sendable (ISO8583Message) -> Void
    private let events: AsyncStream<ISO8583LineEvent>
    private let eventsEnd: AsyncStream<ISO8583LineEvent>.Continuation
    var line = Line.closed
    private var lastLine = 0
    private var lastWaiter = 0
    private var waiters = ISO8583Waiters()
    /// Answers that fit only nearly, by the call they are held back for.
    private var held: [Int: ISO8583Message] = [:]
    var backoff: Backoff
    var signals = ISO8583Signals()
    /// Frames heard on the present connection, and calls that ended without one.
    var heard = 0
    private var unheard = 0
    /// What a bank said on a connection before we knew that it is open: it may speak first.
    private var early: [(bytes: [UInt8], tpdu: [UInt8]?)] = []

    /// `unmatched` gets the answers that nobody waits for.
    init(
        link: ISO8583Link, clock: any Clock, observe: @escaping @Sendable (ISO8583Incident) -> Void,
        unmatched: @escaping @Sendable (ISO8583Message) -> Void
    ) {
        self.link = link
        self.clock = clock
        self.observe = observe
        self.unmatched = unmatched
        backoff = link.life.backoff
        (events, eventsEnd) = AsyncStream.makeStream(of: ISO8583LineEvent.self)
    }

    /// Handles what the connections tell until the exchange is shut down. Run it once.
    func run() async {
        for await event in events {
            switch event {
            case .message(let number, let bytes, let tpdu): received(bytes, tpdu: tpdu, on: number)
            case .keptAlive: heard += 1
            case .quiet(let number): sendEcho(on: number)
            case .closed(let number): closed(number)
            }
        }
    }

    /// Sends a request and waits for its answer, the end of its connection, or the caller's cancellation.
    func ask(_ message: ISO8583Message) async -> AcquirerReply<ISO8583Message> {
        let bytes: [UInt8]
        do throws(ISO8583Error) {
            bytes = try message.from(link.terminal).encoded(as: link.dialect)
            guard link.framing.fits(bytes) else { throw .trailingBytes(bytes.count) }
        } catch {
            observe(.unwritable(type: message.type.rawValue, error))
            return .unwritable
        }
        lastWaiter += 1
        let id = lastWaiter
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.add(
                    ISO8583Waiters.Waiter(
                        key: ISO8583MatchKey(message), bytes: bytes, continuation: continuation), as: id)
                send(id)
            }
        } onCancel: {
            // Runs after the waiter is registered: registering does not leave the actor.
            Task { await self.abandon(id) }
        }
    }

    /// Ends the connection and every waiting call.
    func shutDown() async {
        let open: (any Channel)? =
            switch line {
            case .open(_, let channel), .signingOn(_, let channel): channel
            case .closed, .opening, .shutDown: nil
            }
        if case .open(_, let channel) = line, link.life.signsOn { write(.signOff, to: channel) }
        line = .shutDown
        eventsEnd.finish()
        for id in waiters.ids { giveUp(id) }
        try? await open?.close()
    }

    // MARK: Connections

    private func send(_ id: Int) {
        switch line {
        case .open(let number, let channel) where channel.isActive:
            guard let waiter = waiters[id] else { return }
            waiters.handed(id, to: number, heardBefore: heard)
            // A failed write closes the channel, and its end answers the waiter.
            channel.writeAndFlush(link.framing.frame(waiter.bytes), promise: nil)
        case .open(let number, _):
            // It has ended, and its event is on the way.
            closed(number)
        case .closed:
            open()
        case .opening, .signingOn:
            break
        case .shutDown:
            giveUp(id)
        }
    }

    private func open() {
        lastLine += 1
        let number = lastLine
        line = .opening(number: number)
        early = []
        let pause = backoff.pause(chance: Double.random(in: 0...1))
        Task {
            do {
                try await Task.sleep(for: .milliseconds(pause))
                guard isAwaited(number) else { return }
                await opened(number, try await link.open(number: number, events: eventsEnd))
            } catch {
                failed(number)
            }
        }
    }

    /// Nobody may wait any more when the pause is over; the connection is opened for the next call then.
    private func isAwaited(_ number: Int) -> Bool {
        guard case .opening(number) = line else { return false }
        if waiters.unsent.isEmpty { line = .closed }
        return !waiters.unsent.isEmpty
    }

    private func opened(_ number: Int, _ channel: any Channel) async {
        guard case .opening(number) = line, channel.isActive else {
            failed(number)
            try? await channel.close()
            return
        }
        (heard, unheard) = (0, 0)
        signals = signals.anew()
        if link.life.signsOn { signOn(number, channel) } else { ready(number, channel) }
        let waiting = early
        early = []
        for message in waiting { received(message.bytes, tpdu: message.tpdu, on: number) }
    }

    func ready(_ number: Int, _ channel: any Channel) {
        line = .open(number: number, channel)
        for id in waiters.unsent { send(id) }
    }

    /// No connection: what waited for it was not sent.
    func failed(_ number: Int) {
        switch line {
        case .opening(number), .signingOn(number, _): line = .closed
        case .closed, .opening, .signingOn, .open, .shutDown: return
        }
        wentWrong()
        for id in waiters.unsent { giveUp(id) }
    }

    /// A bank that ends a connection on which it has answered, and on which nobody waits, does nothing wrong.
    private func closed(_ number: Int) {
        let lost = waiters.sent(on: number)
        switch line {
        case .open(number, _):
            line = .closed
            if heard == 0 || !lost.isEmpty { wentWrong() }
        case .signingOn(number, _): failed(number)
        case .closed, .opening, .signingOn, .open, .shutDown: break
        }
        for id in lost { giveUp(id) }
        if case .closed = line, !waiters.unsent.isEmpty { open() }
    }

    private func wentWrong() {
        backoff.fail()
        observe(.disconnected(failures: backoff.failures))
    }

    // MARK: Answers

    private func received(_ bytes: [UInt8], tpdu: [UInt8]?, on number: Int) {
        if case .opening(number) = line { return early.append((bytes, tpdu)) }
        heard += 1
        unheard = 0
        do throws(ISO8583Error) {
            if let signal = try ISO8583Signal(decoding: bytes, as: link.dialect) {
                return received(signal, tpdu: tpdu, on: number)
            }
            let message = try ISO8583Message(decoding: bytes, as: link.dialect)
            guard message.type.answer == nil else {
                return observe(.unexpectedRequest(type: message.type.rawValue))
            }
            received(message)
        } catch {
            observe(.unreadable(type: Self.type(of: bytes, link.dialect), error))
        }
    }

    private func received(_ message: ISO8583Message) {
        switch waiters.owner(of: ISO8583MatchKey(message)) {
        case .exactly(let ids):
            for id in ids { answer(id, message) }
        case .nearly(let id) where held[id] == nil:
            held[id] = message
            Task {
                try? await Task.sleep(for: .milliseconds(link.life.graceMilliseconds))
                settle(id)
            }
        case .nearly, .nobody:
            late(message)
        }
    }

    /// Nothing better came for a call than an answer that fits nearly.
    private func settle(_ id: Int) {
        guard let message = held.removeValue(forKey: id) else { return }
        if waiters[id] == nil { late(message) } else { answer(id, message) }
    }

    private func answer(_ id: Int, _ message: ISO8583Message) {
        if message.type != .inquiryAnswer { backoff.reset() }
        let other = held.removeValue(forKey: id)
        waiters.remove(id)?.continuation.resume(returning: .answered(message))
        if let other { late(other) }
    }

    private func late(_ message: ISO8583Message) {
        observe(.unmatched(message))
        unmatched(message)
    }

    /// The caller waits no longer. Several in a row while nothing is heard: the connection is dead.
    private func abandon(_ id: Int) {
        if let waiter = waiters[id], waiter.line != nil, waiter.heardBefore == heard,
            case .open(waiter.line, let channel) = line
        {
            unheard += 1
            if unheard >= Self.patience {
                observe(.silentLine)
                unheard = 0
                channel.close(promise: nil)
            }
        }
        giveUp(id)
    }

    private func giveUp(_ id: Int) {
        guard let waiter = waiters.remove(id) else { return }
        waiter.continuation.resume(returning: waiter.line == nil ? .notSent : .sentUnknown)
        settle(id)
    }

    private static func type(of bytes: [UInt8], _ dialect: ISO8583Dialect) -> String? {
        var reader = ISO8583Reader(bytes, dialect.encoding)
        guard let type = try? reader.takeType(), type.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return type
    }
}
