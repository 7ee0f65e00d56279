/// Words that do not stand in our code. Each is a row of tokens that follow one another; an exclamation mark
/// counts only right behind its word.
enum WordRule {
    struct Ban: Sendable {
        let tokens: [String]
        let complaint: String

        init(_ tokens: String..., because complaint: String) {
            self.tokens = tokens
            self.complaint = complaint
        }
    }

    static let everywhere = [
        Ban("try", "!", because: "try! ends the process"),
        Ban("as", "!", because: "as! ends the process"),
        Ban("fatalError", "(", because: "fatalError ends the process"),
        Ban("preconditionFailure", "(", because: "preconditionFailure ends the process"),
        Ban("@", "unchecked", because: "@unchecked takes the compiler's proof away"),
        Ban("nonisolated", "(", "unsafe", because: "nonisolated(unsafe) takes the compiler's proof away"),
    ]

    /// `open` is a good word for a door, so it counts only where it is a modifier.
    static let inSources =
        [Ban("public", because: "package is the widest access")]
        + ["class", "func", "var", "subscript"].map {
            Ban("open", $0, because: "package is the widest access")
        }

    /// The heart of the gateway is a function of its arguments: the time is handed in, nothing waits,
    /// nothing is drawn, nothing is read or written (invariant 1).
    static let inPureModules =
        ["async", "await", "Task", "AsyncSequence", "AsyncStream"].map {
            Ban($0, because: "a rule never suspends")
        }
        + ["Clock", "ContinuousClock", "SuspendingClock", "Date", "gettimeofday", "clock_gettime", "time_t"]
        .map { Ban($0, because: "a rule never reads a clock") }
        + [Ban("Instant", ".", "now", because: "a rule never reads a clock")]
        + ["random", "randomElement", "shuffle", "shuffled", "SystemRandomNumberGenerator", "UUID"]
        .map { Ban($0, because: "a rule never draws a number") }
        + [
            "print", "debugPrint", "readLine", "FileManager", "FileHandle", "Process", "getenv", "Mutex",
            "Atomic",
        ]
        .map { Ban($0, because: "a rule has no outside") }
        + [Ban("static", "var", because: "a rule has no state")]

    /// Marks that stand for work not done.
    static let unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"]

    static func check(_ file: SourceFile, for bans: [Ban]) -> [Finding] {
        let tokens = file.swift?.tokens ?? []
        return tokens.indices.flatMap { index in
            bans.filter { $0.tokens.first == tokens[index].text && stands($0, at: tokens[index...]) }.map {
                Finding(path: file.path, line: tokens[index].line, complaint: $0.complaint)
            }
        }
    }

    private static func stands(_ ban: Ban, at tokens: ArraySlice<Token>) -> Bool {
        let row = tokens.prefix(ban.tokens.count)
        return row.map(\.text) == ban.tokens && row.allSatisfy { $0.text != "!" || $0.isGlued }
    }

    static func checkUnfinished(_ file: SourceFile) -> [Finding] {
        let lines = file.swift?.lines(.comment) ?? []
        return lines.enumerated().flatMap { index, line in
            unfinished.filter(line.contains).map {
                Finding(path: file.path, line: index + 1, complaint: "\($0): do it, or write an issue")
            }
        }
    }
}
