import Foundation

/// What the terminal gets and asks. Colours and progress only where a person looks.
enum Terminal {
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// One line on standard output, at once: a pipe's reader waits for it.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// One line on standard error.
    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// A value that is given as `-` is the next line of standard input, so that it stands in no process list.
    static func value(_ given: String, named name: String) throws -> String {
        guard given == "-" else { return given }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw CommandFailure("\(name) is \"-\", but standard input has no line for it.")
        }
        return line
    }

    /// Asks a person for a secret without showing it; without a terminal the next line of standard input.
    static func secret(_ prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try value("-", named: prompt) }
        FileHandle.standardError.write(Data("\(prompt): ".utf8))
        var before = termios()
        unsafe tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSANOW, &before)
            complain("")
        }
        return try value("-", named: prompt)
    }

    /// Yes or no from a person.
    static func question(_ prompt: String) throws -> String {
        FileHandle.standardError.write(Data("\(prompt) ".utf8))
        return try value("-", named: prompt)
    }
}

/// A line of progress that rewrites itself; silent where nobody looks.
struct ProgressLine {
    let what: String
    let total: Int
    private let isShown = Terminal.errorIsTerminal

    init(_ what: String, total: Int) {
        self.what = what
        self.total = total
    }

    func show(_ done: Int) {
        guard isShown else { return }
        let end = done == total ? "\n" : ""
        FileHandle.standardError.write(Data("\r\(what): \(done) of \(total)\(end)".utf8))
    }
}
