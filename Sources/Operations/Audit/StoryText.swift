/// Puts a text together from titled parts, for a terminal.
struct StoryText {
    private(set) var lines: [String] = []

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func add(_ line: String) { lines.append(line) }

    /// A part with its title; nothing when it has no lines.
    mutating func section(_ title: String, _ content: [String]) {
        guard !content.isEmpty else { return }
        lines.append("")
        lines.append(title)
        lines += content.map { "  " + $0 }
    }

    /// Names and values beneath each other, the values in one column; pairs without a value are left out.
    static func pairs(_ pairs: [(name: String, value: String?)]) -> [String] {
        let there = pairs.compactMap { pair in pair.value.map { (name: pair.name, value: $0) } }
        let width = there.map(\.name.count).max() ?? 0
        return there.map { pair in
            pair.name + String(repeating: " ", count: width - pair.name.count + 2) + pair.value
        }
    }
}
