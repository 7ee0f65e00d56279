/// Why the configuration is refused. The server does not start with one.
package enum SettingError: Error, Sendable, Hashable {
    case unknownKey(String)
    case notANumber(SettingKey)
    case outOfBounds(SettingKey, given: Int, bounds: ClosedRange<Int>, isLive: Bool)
    case unknownWord(SettingKey, allowed: [String])
    /// Not `http://host[:port]` or `https://host[:port]`; live mode takes https only.
    case notAnAddress(SettingKey, isLive: Bool)
    /// Empty, or with white space or control characters.
    case notAText(SettingKey)
    /// Not as many characters, or not of the kind, that the key takes.
    case wrongForm(SettingKey, expected: String)
    /// A key that another one's value makes necessary.
    case missing(SettingKey, because: String)

    /// One sentence: what is wrong and what to do.
    package var explanation: String {
        switch self {
        case .unknownKey(let name):
            "There is no configuration key \"\(name)\"; `godkend doctor` lists all of them."
        case .notANumber(let key):
            "\(key.rawValue) takes a whole number, without unit or decimals."
        case .outOfBounds(let key, let given, let bounds, let isLive):
            """
            \(key.rawValue) is \(given), but \(isLive ? "live" : "test") mode takes \
            \(bounds.lowerBound) to \(bounds.upperBound).
            """
        case .unknownWord(let key, let allowed):
            "\(key.rawValue) takes one of: \(allowed.joined(separator: ", "))."
        case .notAnAddress(let key, let isLive):
            """
            \(key.rawValue) takes \(isLive ? "https" : "http or https")://host or …://host:port, \
            without path, query or user.
            """
        case .notAText(let key):
            "\(key.rawValue) is empty or has white space in it."
        case .wrongForm(let key, let expected):
            "\(key.rawValue) takes \(expected)."
        case .missing(let key, let because):
            "\(key.rawValue) is missing; it is needed because \(because)."
        }
    }
}
