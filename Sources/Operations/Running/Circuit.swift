import Synchronization
import Vocabulary

/// Whether a bank is asked at all. A value; time and chance come in as arguments.
///
/// Calls of several payments fail one after the other and none is answered: the circuit opens, and for a
/// while nobody is let through. Then one call is, to try; its outcome closes the circuit or opens it for
/// twice as long. One payment alone never opens it, however often it fails: its issuer may be the silent one.
struct Circuit: Sendable, Hashable {
    /// Payments that fail in a row before the circuit opens.
    static let patience = 10
    /// Milliseconds that it is open the first time, and at most.
    static let first: Int64 = 1_000
    static let longest: Int64 = 60_000

    enum State: String, Sendable, Hashable {
        case closed
        /// One call is being tried.
        case halfOpen = "half_open"
        case open
    }

    private enum Position: Sendable, Hashable {
        case closed
        case open(until: Int64)
        case trying(IntentID)
    }

    private var position = Position.closed
    private var failing: Set<IntentID> = []
    private var openings: Int64 = 0

    var state: State {
        switch position {
        case .closed: .closed
        case .open: .open
        case .trying: .halfOpen
        }
    }

    /// Whether a call for this intent may be made at `now`, in milliseconds since anything.
    mutating func admits(_ intent: IntentID, at now: Int64) -> Bool {
        switch position {
        case .closed: return true
        case .trying(let probe): return probe == intent
        case .open(let until):
            guard now >= until else { return false }
            position = .trying(intent)
            return true
        }
    }

    /// A call was not sent, or was not answered.
    mutating func failed(_ intent: IntentID, at now: Int64, chance: Double) {
        switch position {
        case .closed:
            failing.insert(intent)
            if failing.count >= Self.patience { open(at: now, chance) }
        case .trying(intent): open(at: now, chance)
        case .trying, .open: break
        }
    }

    /// A call was answered, whatever the answer was.
    mutating func answered() {
        position = .closed
        failing = []
        openings = 0
    }

    /// A call ended without an outcome of its own: the gateway goes down, or nothing had to be sent.
    mutating func left(_ intent: IntentID, at now: Int64) {
        if case .trying(intent) = position { position = .open(until: now) }
    }

    private mutating func open(at now: Int64, _ chance: Double) {
        let length = min(Self.longest, Self.first << min(openings, 20))
        openings += 1
        failing = []
        position = .open(until: now + length - Int64(Double(length / 2) * min(max(chance, 0), 1)))
    }
}

/// The circuit to our acquirer, for many callers.
final class AcquirerGate: Sendable {
    private let circuit = Mutex(Circuit())
    private let start = ContinuousClock.now

    private var now: Int64 { Int64(start.duration(to: .now) / .milliseconds(1)) }

    var state: Circuit.State { circuit.withLock { $0.state } }

    func admits(_ intent: IntentID) -> Bool {
        let now = now
        return circuit.withLock { $0.admits(intent, at: now) }
    }

    /// Notes what became of a call. An answer to an inquiry shows no more than that the line is up.
    func note<Answer>(_ reply: AcquirerReply<Answer>, of intent: IntentID, isInquiry: Bool = false) {
        let (now, chance) = (now, Double.random(in: 0...1))
        circuit.withLock { circuit in
            switch reply {
            case .answered where isInquiry: break
            case .answered: circuit.answered()
            case .notSent, .sentUnknown: circuit.failed(intent, at: now, chance: chance)
            case .unwritable: circuit.left(intent, at: now)
            }
        }
    }

    func left(_ intent: IntentID) {
        let now = now
        circuit.withLock { $0.left(intent, at: now) }
    }
}
