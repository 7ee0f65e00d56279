import Testing

/// The rules stand on this taking apart, so it is tested first.
@Suite struct SwiftTextTests {
    @Test(
        arguments: [
            ("let a = 1 // try!", "let a = 1"),
            ("let a = /* x /* y */ z */ 1", "let a =                   1"),
            (#"let a = "try!""#, "let a ="),
            (##"let a = #"a"b\(c)"# + d"##, "let a =             + d"),
            (#"let a = "x\(f("y"))z" + b"#, "let a =     f(   ))   + b"),
            ("func `a // b`() {}", "func `a // b`() {}"),
            (#"let a = "\"" + b"#, "let a =      + b"),
        ])
    func `Tidy: words in comments and literals are no code`(text: String, code: String) {
        let line = SwiftText(text).lines(.code).first ?? ""
        #expect(line.trimmedAtEnd == code)
    }

    @Test func `Tidy: a long literal ends at its three quotes`() {
        let text = SwiftText("let a = \"\"\"\n  SELECT \"x\"\n  \"\"\"\nlet b = 1")
        #expect(text.lines(.literal)[1].trimmedAtEnd == "  SELECT \"x\"")
        #expect(text.lines(.code).map(\.trimmedAtEnd) == ["let a =", "", "", "let b = 1"])
    }

    @Test func `Tidy: tokens are words, signs and whole names in backticks`() {
        let tokens = SwiftText("try! a.b\nfunc `c d`()").tokens
        #expect(tokens.map(\.text) == ["try", "!", "a", ".", "b", "func", "`c d`", "(", ")"])
        #expect(tokens.map(\.line) == [1, 1, 1, 1, 1, 2, 2, 2, 2])
        #expect(tokens[6].rawName == "c d")
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }
}
