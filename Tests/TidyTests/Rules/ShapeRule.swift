/// How long things are.
enum ShapeRule {
    static let longestFile = 400
    static let medianFile = 100
    static let longestLine = 110
    static let longestFunction = 60

    static func checkFile(_ file: SourceFile) -> [Finding] {
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        return count > longestFile
            ? [Finding(path: file.path, line: count, complaint: "\(count) lines; \(longestFile) is the most")]
            : []
    }

    /// A literal that reaches over the edge stays whole, and so does a row of a table in a comment: neither
    /// can be broken.
    static func checkLines(_ file: SourceFile) -> [Finding] {
        let literals = file.swift?.lines(.literal) ?? []
        return file.lines.enumerated().compactMap { index, line in
            guard line.utf8.count > longestLine, line.count > longestLine,
                !line.drop(while: { $0 == " " || $0 == "/" }).hasPrefix("|"),
                !literals[index].utf8.dropFirst(longestLine).contains(where: { $0 != UInt8(ascii: " ") })
            else { return nil }
            return Finding(
                path: file.path, line: index + 1,
                complaint: "\(line.count) columns; \(longestLine) is the most")
        }
    }

    /// Functions and initialisers with a body of more lines than allowed, counted from the first to the last.
    static func checkFunctions(_ file: SourceFile) -> [Finding] {
        let tokens = file.swift?.tokens ?? []
        return tokens.indices.compactMap { index in
            guard tokens[index].text == "func" || isInitialiser(tokens, at: index),
                let end = endOfBody(tokens, from: index)
            else { return nil }
            let count = tokens[end].line - tokens[index].line + 1
            return count > longestFunction
                ? Finding(
                    path: file.path, line: tokens[index].line,
                    complaint: "a function of \(count) lines; \(longestFunction) is the most")
                : nil
        }
    }

    /// The middle of the files' lengths, in lines.
    static func median(_ files: [SourceFile]) -> Int {
        let counts = files.map(\.lines.count).sorted()
        return counts.isEmpty ? 0 : counts[counts.count / 2]
    }

    /// A declaration, not a call of `self.init` or `.init`.
    private static func isInitialiser(_ tokens: [Token], at index: Int) -> Bool {
        tokens[index].text == "init" && (index == 0 || tokens[index - 1].text != ".")
    }

    /// The brace that ends the body; nil for a requirement of a protocol, which has none.
    private static func endOfBody(_ tokens: [Token], from start: Int) -> Int? {
        let declarations: Set<String> = ["func", "init", "var", "let", "case", "associatedtype"]
        var depth = 0
        var body: Int?
        for index in tokens.indices[(start + 1)...] {
            switch tokens[index].text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{":
                if depth == 0, body == nil { body = index }
                depth += 1
            case "}":
                depth -= 1
                if depth < 0 { return nil }
                if depth == 0, body != nil { return index }
            case let word where depth == 0 && declarations.contains(word): return nil
            default: break
            }
        }
        return nil
    }
}
