/// Every type that other modules see says what it is. One that is whole on its line says so by itself.
enum DocumentationRule {
    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "actor"]
    private static let modifiers: Set<String> = ["final", "indirect", "nonisolated"]

    static func check(_ file: SourceFile) -> [Finding] {
        guard let swift = file.swift else { return [] }
        let tokens = swift.tokens
        let lines = file.lines.map { $0.drop { $0 == " " } }
        return tokens.indices.compactMap { index in
            guard tokens[index].text == "package" || tokens[index].text == "public",
                let name = typeName(tokens, after: index),
                !lines[tokens[index].line - 1].hasSuffix("}"),
                !isDocumented(lines, above: tokens[index].line - 1)
            else { return nil }
            return Finding(
                path: file.path, line: tokens[index].line, complaint: "\(name) does not say what it is (///)")
        }
    }

    private static func typeName(_ tokens: [Token], after index: Int) -> String? {
        let rest = tokens[(index + 1)...].drop { modifiers.contains($0.text) }
        guard let kind = rest.first, kinds.contains(kind.text), let name = rest.dropFirst().first,
            name.text != "func", name.text != "var"
        else { return nil }
        return name.text
    }

    /// Looks upwards past attributes.
    private static func isDocumented(_ lines: [Substring], above line: Int) -> Bool {
        lines[..<line].reversed().first { !$0.hasPrefix("@") }?.hasPrefix("///") ?? false
    }
}
