import Foundation
import Logging
import Notation
import Vocabulary

/// Writes each log entry as one JSON line on standard error.
///
/// Metadata goes out only under a name of the closed list below: what may be logged is decided here, not by
/// the luck of a mask. Everything else of an entry is left out and counted in `left_out`.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    /// Names under which something may be logged: ids of ours, words of closed lists, numbers.
    static let safeNames: Set<String> = [
        "request", "hb.request.id", "fault", "outcome", "ms", "method", "hb.request.method", "route",
        "status", "milliseconds",
        "authorization", "confirmation", "merchant", "intent", "kind", "call", "code", "reason", "attempt",
        "count", "address", "signal", "service", "files", "batch", "mode", "failure", "key", "origin",
        "state", "version", "problems",
    ]

    init(
        label: String, level: Logger.Level, write: @escaping @Sendable ([UInt8]) -> Void = Self.standardError
    ) {
        self.label = label
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        var line = JSONObject()
        line.set("time", .text(SystemClock().now().rfc3339))
        line.set("level", .text(event.level.rawValue))
        line.set("logger", .text(label))
        line.set("message", .text(Self.cleaned(event.message.description)))
        for (name, value) in all.sorted(by: { $0.key < $1.key }) where Self.safeNames.contains(name) {
            line.set(name, .text(Self.cleaned(value.description)))
        }
        if let error = event.error { line.set("error_type", .text(String(describing: type(of: error)))) }
        let leftOut = all.keys.count { !Self.safeNames.contains($0) }
        if leftOut > 0 { line.set("left_out", .integer(Int64(leftOut))) }
        write(JSON.object(line).written() + [UInt8(ascii: "\n")])
    }

    static let standardError: @Sendable ([UInt8]) -> Void = { bytes in
        FileHandle.standardError.write(Data(bytes))
    }

    /// At most 300 characters. A net under the closed list: a number of 6 or more digits, which no message
    /// of ours has, goes out as `#`, wherever a foreign library got it from. Digits inside an id are part of
    /// its word.
    static func cleaned(_ text: String) -> String {
        var cleaned = ""
        var word = ""
        func taken(_ word: String) -> String {
            word.utf8.count >= 6 && word.utf8.allSatisfy { (48...57).contains($0) } ? "#" : word
        }
        for character in text.prefix(300) {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            cleaned += taken(word)
            word = ""
            cleaned.append(character)
        }
        return cleaned + taken(word)
    }
}

/// The server's loggers.
enum ServerLog {
    /// Makes every logger of the process write JSON lines. Once a process.
    static func bootstrap(level: Logger.Level) {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level) }
    }
}
