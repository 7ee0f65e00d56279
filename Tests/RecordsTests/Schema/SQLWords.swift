/// The words of a statement without its comments; what stands in brackets is one word.
struct SQLWords: Sendable {
    let list: [String]

    init(_ sql: String) {
        let lines = sql.split(separator: "\n").map { (line: Substring) -> Substring in
            guard let comment = line.firstRange(of: "--") else { return line }
            return line[..<comment.lowerBound]
        }
        list = Self.split(lines.joined(separator: " "), at: " ")
    }

    var text: String { list.joined(separator: " ") }

    /// Splits outside of brackets and quotes; spaces that follow each other count once.
    static func split(_ text: String, at separator: Character) -> [String] {
        var (parts, part, depth, isQuoted) = ([String](), "", 0, false)
        for character in text {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                if character == separator && depth == 0 {
                    parts.append(part)
                    part = ""
                    continue
                }
                if character == " " && part.last == " " { continue }
            }
            part.append(character)
        }
        return (parts + [part]).map(\.trimmingSpaces).filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// The same without the brackets around it.
    var unbracketed: String {
        first == "(" && last == ")" ? String(dropFirst().dropLast()).trimmingSpaces : String(self)
    }
}
