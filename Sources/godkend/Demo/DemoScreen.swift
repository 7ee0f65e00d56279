import Notation

/// How the demo writes what happens.
enum DemoScreen {
    private static let column = 10
    private static let width = 96

    static func scene(_ number: Int, _ title: String) {
        Terminal.say("")
        Terminal.say(bold("\(number). \(title)"))
    }

    /// One line of one player; a long one goes on below, indented.
    static func line(_ who: String, _ text: String) {
        for (index, part) in wrapped(text).enumerated() {
            let name = index == 0 ? who : ""
            let space = String(repeating: " ", count: max(1, column - name.count))
            Terminal.say("   \(name)\(space)\(part)")
        }
    }

    /// Lines as they are, below what was said last.
    static func block(_ lines: [String]) {
        for line in lines { Terminal.say(String(repeating: " ", count: 3 + column) + line) }
    }

    /// How a payment ended, and for a decline what its merchant is told of it.
    static func outcome(_ payment: DemoPayment, seenBy merchant: String) {
        line("result", bold(payment.status))
        guard let decline = payment.decline else { return }
        let shown: [(String, String)] = [
            ("reason", "reason"), ("class", "class"), ("by", "by"), ("network code", "network_code"),
            ("advice", "advice"),
        ]
        let told = shown.compactMap { title, name in decline[name]?.text.map { "\(title) \($0)" } }
        line(merchant, "is told: " + told.joined(separator: ", "))
        line("", "  " + (decline["message"]?.text ?? ""))
    }

    /// A long text breaks at spaces; what follows the first line is two columns further in.
    private static func wrapped(_ text: String) -> [String] {
        guard text.count > width else { return [text] }
        let indent = String(text.prefix { $0 == " " })
        var lines: [String] = []
        var current = indent
        for word in text.split(separator: " ") {
            let isFirst = current.allSatisfy { $0 == " " }
            if !isFirst, current.count + 1 + word.count > width {
                lines.append(current)
                current = indent + "  " + word
            } else {
                current += (isFirst ? "" : " ") + word
            }
        }
        return lines + [current]
    }

    private static func bold(_ text: String) -> String {
        Terminal.outputIsTerminal ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
