import Notation

/// How the demo writes what happens.
enum DemoScreen {
    static func scene(_ number: Int, _ title: String) {
        Terminal.say("")
        Terminal.say(bold("\(number). \(title)"))
    }

    /// One line of one player.
    static func line(_ who: String, _ text: String) {
        let space = String(repeating: " ", count: max(1, 7 - who.count))
        Terminal.say("   \(who)\(space)\(text)")
    }

    /// How a payment ended, and for a decline why, who refused, and what to do.
    static func outcome(_ payment: DemoPayment) {
        line("result", bold(payment.status))
        guard let decline = payment.decline else { return }
        let shown: [(String, String)] = [
            ("reason", "reason"), ("refused by", "by"), ("network code", "network_code"),
            ("advice", "advice"),
            ("message", "message"),
        ]
        for (title, name) in shown {
            if let value = decline[name]?.text { line("", "\(title): \(value)") }
        }
    }

    private static func bold(_ text: String) -> String {
        Terminal.outputIsTerminal ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
