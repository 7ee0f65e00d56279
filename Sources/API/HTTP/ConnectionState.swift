/// Where a connection is in reading one request: how long it may take, and how much it may send.
///
/// A value without clock and channel; `ConnectionGuard` carries out what it says (reliability rule 9).
struct ConnectionState {
    struct Limits: Sendable {
        /// From the opening of the connection, or the end of the answer before, to the end of the headers.
        var headSeconds = 10
        /// The same on a connection that has been answered once: keep-alive.
        var idleSeconds = 15
        /// From the end of the headers to the end of the body.
        var bodySeconds = 15
        /// After a refusal, so that the other side can read it before the connection goes.
        var lingerSeconds = 2
        var bodyBytes = BodyReader.maximumBytes
        /// Path and query.
        var addressBytes = 8 * 1024
    }

    enum Phase: Equatable {
        /// Waiting for the headers of a request.
        case head
        /// Reading the body of this many bytes so far.
        case body(Int)
        /// The request is read, its answer is being made.
        case answering
        /// We refused and only wait for the other side to close.
        case refused
    }

    enum Step: Equatable {
        case forward
        case refuse(Code)
        /// What comes after a refusal is thrown away.
        case drop
    }

    enum Code: Equatable {
        case bodyTooLarge
        case addressTooLong
        case timeout
    }

    enum Expiry: Equatable {
        case ignore
        /// Nobody waits for an answer: nothing of a request has come.
        case close
        case refuse(Code)
    }

    private(set) var phase = Phase.head
    private var isFirst = true
    /// Whether the answer's head has gone out; after that nothing can be refused any more.
    private var hasAnswered = false
    let limits: Limits

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// How long the present phase may last, in seconds; nil when it has no limit.
    var secondsAllowed: Int? {
        switch phase {
        case .head: isFirst ? limits.headSeconds : limits.idleSeconds
        case .body: limits.bodySeconds
        case .answering: nil
        case .refused: limits.lingerSeconds
        }
    }

    mutating func receivedHead(contentLength: Int?, addressBytes: Int) -> Step {
        guard phase != .refused else { return .drop }
        hasAnswered = false
        guard addressBytes <= limits.addressBytes else { return refuse(.addressTooLong) }
        guard contentLength ?? 0 <= limits.bodyBytes else { return refuse(.bodyTooLarge) }
        phase = .body(0)
        return .forward
    }

    mutating func receivedBody(bytes: Int) -> Step {
        guard case .body(let before) = phase else { return phase == .refused ? .drop : .forward }
        guard before + bytes <= limits.bodyBytes else { return refuse(.bodyTooLarge) }
        phase = .body(before + bytes)
        return .forward
    }

    mutating func receivedEnd() -> Step {
        guard phase != .refused else { return .drop }
        // A route that needs no body may have answered before its end came.
        phase = hasAnswered ? .head : .answering
        return .forward
    }

    mutating func wroteHead() { hasAnswered = true }

    mutating func wroteEnd() {
        isFirst = false
        if phase == .answering { phase = .head }
    }

    /// The time of the present phase is over.
    mutating func expired() -> Expiry {
        switch phase {
        case .head, .refused: return .close
        case .answering: return .ignore
        case .body: return hasAnswered ? .close : .refuse(begin(.timeout))
        }
    }

    /// The bytes cannot be read as HTTP; whether an answer can still be written.
    mutating func failed() -> Bool {
        defer { phase = .refused }
        return phase != .refused && !(hasAnswered && phase != .head)
    }

    private mutating func refuse(_ code: Code) -> Step { .refuse(begin(code)) }

    private mutating func begin(_ code: Code) -> Code {
        phase = .refused
        return code
    }
}
