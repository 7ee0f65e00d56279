import NIOCore
import Operations
import Vocabulary

/// The network management messages of one line: which wait for an answer, and how they are numbered.
struct ISO8583Signals: Sendable, Hashable {
    /// Numbers of the trace number that payments do not use: `Transaction.openIntent` stays below.
    static let traceNumbers = 950_000...999_999

    private var last: (day: Int64, number: Int)?
    /// Trace number of what waits for an answer, and why.
    private(set) var waiting: [String: ISO8583Signal.Purpose] = [:]

    static func == (one: Self, other: Self) -> Bool { one.waiting == other.waiting }
    func hash(into hasher: inout Hasher) { hasher.combine(waiting) }

    /// The next 0800. Its trace number goes with the time of day and is above the one before it, so that none
    /// repeats within its day, nor after a restart.
    mutating func next(_ purpose: ISO8583Signal.Purpose, at now: Instant) -> ISO8583Signal {
        let (day, count) = (now.milliseconds / 86_400_000, Self.traceNumbers.count)
        let byTime =
            Self.traceNumbers.lowerBound
            + Int(now.milliseconds % 86_400_000 * Int64(count) / 86_400_000)
        var number = byTime
        if let last, last.day == day, last.number >= byTime { number = last.number + 1 }
        if number > Self.traceNumbers.upperBound { number = Self.traceNumbers.lowerBound }
        last = (day, number)
        let trace = decimal(number, digits: 6)
        waiting[trace] = purpose
        return ISO8583Signal(purpose, at: ISO8583Moment(now), traceNumber: trace)
    }

    /// The same numbering, with nothing that waits: for a new connection.
    func anew() -> ISO8583Signals {
        var signals = self
        signals.waiting = [:]
        return signals
    }

    /// What an answer answers; nil when nobody asked.
    mutating func answered(_ trace: String?) -> ISO8583Signal.Purpose? {
        trace.flatMap { waiting.removeValue(forKey: $0) }
    }
}

// Sign-on, sign-off and echo, both ways.
extension ISO8583Exchange {
    /// Sends our sign-on and lets nothing else go before its answer.
    func signOn(_ number: Int, _ channel: any Channel) {
        line = .signingOn(number: number, channel)
        guard let trace = write(.signOn, to: channel) else { return channel.close(promise: nil) }
        Task {
            try? await Task.sleep(for: .milliseconds(link.life.signalMilliseconds))
            unanswered(trace, on: number)
        }
    }

    /// Asks a line on which nothing was heard whether it is there.
    func sendEcho(on number: Int) {
        guard case .open(number, let channel) = line else { return }
        let before = heard
        guard write(.echo, to: channel) != nil else { return }
        Task {
            try? await Task.sleep(for: .milliseconds(link.life.signalMilliseconds))
            silent(since: before, on: number)
        }
    }

    /// Whatever was heard shows that somebody is there.
    private func silent(since before: Int, on number: Int) {
        guard case .open(number, let channel) = line, heard == before else { return }
        observe(.refusedSignal(code: nil))
        channel.close(promise: nil)
    }

    private func unanswered(_ trace: String, on number: Int) {
        guard signals.answered(trace) != nil, case .signingOn(number, let channel) = line else { return }
        observe(.refusedSignal(code: nil))
        failed(number)
        channel.close(promise: nil)
    }

    /// The trace number of what was written.
    @discardableResult
    func write(_ purpose: ISO8583Signal.Purpose, to channel: any Channel) -> String? {
        let signal = signals.next(purpose, at: clock.now())
        guard let bytes = try? signal.encoded(as: link.dialect) else { return nil }
        channel.writeAndFlush(link.framing.frame(bytes), promise: nil)
        return signal.traceNumber
    }

    /// An 0800 of the bank's is answered; an 0810 ends our waiting.
    func received(_ signal: ISO8583Signal, tpdu: [UInt8]?, on number: Int) {
        if let answer = signal.accepted() {
            guard let channel = channel(number), let bytes = try? answer.encoded(as: link.dialect) else {
                return
            }
            channel.writeAndFlush(
                link.framing.frame(bytes, tpdu: tpdu.map(ISO8583Framing.swapped)), promise: nil)
            return
        }
        switch signals.answered(signal.traceNumber) {
        case .signOn:
            guard case .signingOn(number, let channel) = line else { return }
            if signal.responseCode == NetworkCode.approved.text { return ready(number, channel) }
            observe(.refusedSignal(code: signal.responseCode))
            failed(number)
            channel.close(promise: nil)
        case .echo, .signOff: break
        case nil: observe(.unexpectedRequest(type: signal.type))
        }
    }

    private func channel(_ number: Int) -> (any Channel)? {
        switch line {
        case .open(number, let channel), .signingOn(number, let channel): channel
        case .closed, .opening, .open, .signingOn, .shutDown: nil
        }
    }
}
