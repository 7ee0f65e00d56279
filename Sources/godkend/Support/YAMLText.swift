import Yams

/// What is wrong with a YAML file, where, and what to do.
struct YAMLProblem: Error, Hashable, CustomStringConvertible {
    let file: String
    /// From 1; nil when the whole file is meant.
    let line: Int?
    let message: String

    var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}

/// Reads YAML text into nodes that know their lines.
enum YAMLText {
    /// The only document of a text, or nil when there is none. Repeated keys and aliases are refused.
    static func compose(_ text: String, file: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw problem(error, file: file)
        }
    }

    private static func problem(_ error: YamlError, file: String) -> YAMLProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLProblem(file: file, line: mark.line, message: "This is no YAML: \(problem). Mend the line.")
        case .duplicatedKeysInMapping(let duplicates, let context):
            YAMLProblem(
                file: file, line: context.mark.line,
                message: "Given twice: \(duplicates.sorted().joined(separator: ", ")). Keep one of each.")
        default:
            YAMLProblem(file: file, line: nil, message: "This is no YAML text in UTF-8: write the file anew.")
        }
    }
}
