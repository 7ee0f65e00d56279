/// What lies in the package's folder, and that the tree names no place of somebody's machine.
enum TopLevelRule {
    static let allowed: Set<String> = [
        "Package.swift", "Sources", "Tests", "Merchants", "Fixtures", "findings", "README.md", ".ci",
        ".swift-format", ".gitignore", ".git",
    ]

    static func check(_ names: [String], ignored patterns: [String]) -> [Finding] {
        names.filter { !allowed.contains($0) && !isIgnored($0, by: patterns) }.map {
            Finding(path: $0, line: 1, complaint: "not one of the names at the top")
        }
    }

    /// As git does for names, as far as our own list goes: a name anywhere, `/name` at the top, `*` at
    /// either end.
    static func isIgnored(_ path: String, by patterns: [String]) -> Bool {
        let parts = path.split(separator: "/").map(String.init)
        return patterns.contains { pattern in
            if pattern.hasPrefix("/") { return parts.first == String(pattern.dropFirst()) }
            return parts.contains { matches($0, pattern) }
        }
    }

    private static func matches(_ name: String, _ pattern: String) -> Bool {
        if pattern.hasPrefix("*") { return name.hasSuffix(pattern.dropFirst()) }
        if pattern.hasSuffix("*") { return name.hasPrefix(pattern.dropLast()) }
        return name == pattern
    }

    /// Folders of one person or one machine. Written in two pieces, so that this file does not find itself.
    private static let places = [
        "/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", "/wo" + "rk/", "/wor" + "kspace",
    ]

    static func checkPlaces(_ file: SourceFile) -> [Finding] {
        file.lines.enumerated().flatMap { index, line in
            places.filter { line.contains($0) }.map {
                Finding(path: file.path, line: index + 1, complaint: "names a private place: \($0)")
            }
        }
    }
}
