/// Something of the line to the bank that an operator should know. Holds no card number and no element 48.
package enum ISO8583Incident: Sendable, Hashable {
    /// Bytes that are no message, and why; with the message type where that could be read.
    case unreadable(type: String?, ISO8583Error)
    /// An answer that no call waits for: it came late, twice, or for somebody else.
    case unmatched(ISO8583Message)
    /// An answer that leaves its call's outcome unknown: a yes without an amount, an inquiry that says
    /// nothing.
    case undecided(ISO8583Message)
    /// A call that does not fit into a message: nothing was sent.
    case unwritable(type: String, ISO8583Error)
    /// A request of the bank's that we have no answer for.
    case unexpectedRequest(type: String)
    /// No connection, or it ended by itself.
    case disconnected(failures: Int)
    /// The bank did not take our sign-on, or did not answer an echo.
    case refusedSignal(code: String?)
    /// Calls go unanswered and nothing at all is heard: the connection is given up.
    case silentLine

    /// The word for a meter.
    package var word: String {
        switch self {
        case .unreadable: "unreadable"
        case .unmatched: "unmatched"
        case .undecided: "undecided"
        case .unwritable: "unwritable"
        case .unexpectedRequest: "unexpected_request"
        case .disconnected: "disconnected"
        case .refusedSignal: "refused_signal"
        case .silentLine: "silent_line"
        }
    }

    /// What the log says of it; card numbers and element 48 are masked.
    package var detail: String {
        switch self {
        case .unreadable(let type, let error): "\(type ?? "no type"): \(error)"
        case .unmatched(let message), .undecided(let message): "\(message)"
        case .unwritable(let type, let error): "\(type): \(error)"
        case .unexpectedRequest(let type): type
        case .disconnected(let failures): "\(failures) in a row"
        case .refusedSignal(let code): code.map { "code \($0)" } ?? "no answer"
        case .silentLine: "nothing is heard"
        }
    }
}
