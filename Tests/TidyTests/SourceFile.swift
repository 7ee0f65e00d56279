/// A file of the tree: its path from the package root, and its text.
struct SourceFile: Sendable {
    let path: String
    let text: String
    /// The text taken apart; of a Swift file only.
    let swift: SwiftText?

    init(path: String, text: String) {
        self.path = path
        self.text = text
        swift = path.hasSuffix(".swift") ? SwiftText(text) : nil
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The lines as they stand.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// `Records` of `Sources/Records/Writer/Ledger.swift`; nil outside the module folders.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
}

/// What a rule has against a place.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let complaint: String

    var description: String { "\(path):\(line): \(complaint)" }
}
