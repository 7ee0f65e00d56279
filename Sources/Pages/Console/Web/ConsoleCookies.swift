import HTTPTypes

/// The console's cookies (RFC 6265). None is readable by a script, sent from another site, or sent to
/// another part of this one.
struct ConsoleCookies: Sendable {
    enum Name: String, CaseIterable, Sendable {
        /// The session's token.
        case session = "godkend-console"
        /// The sign-in that waits for the app.
        case signIn = "godkend-sign-in"
        case language = "godkend-language"
    }

    private let values: [String: String]
    private let isSecure: Bool

    /// Behind https the names begin with `__Secure-`, which browsers accept from https only.
    init(_ headers: HTTPFields, isSecure: Bool) {
        var values: [String: String] = [:]
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let name = parts[0].drop { $0 == " " }
                // The first is the one with the longest path.
                if values[String(name)] == nil { values[String(name)] = String(parts[1]) }
            }
        }
        self.values = values
        self.isSecure = isSecure
    }

    subscript(name: Name) -> String? { values[full(name)] }

    /// The value of `Set-Cookie`; with 0 seconds the cookie goes.
    func setting(_ name: Name, to value: String, seconds: Int) -> String {
        "\(full(name))=\(value); Path=/console; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    func clearing(_ name: Name) -> String { setting(name, to: "", seconds: 0) }

    private func full(_ name: Name) -> String { (isSecure ? "__Secure-" : "") + name.rawValue }
}
