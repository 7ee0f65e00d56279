import Testing

@Suite struct ShapeTests {
    @Test(arguments: [(400, true), (401, false)])
    func `Tidy: a file has 400 lines at most`(count: Int, isGood: Bool) {
        let text = String(repeating: "let a = 1\n", count: count)
        #expect(ShapeRule.checkFile(sample(text)).isEmpty == isGood)
    }

    @Test(arguments: [(110, true), (111, false)])
    func `Tidy: a line has 110 columns at most`(count: Int, isGood: Bool) {
        let text = "a\n" + String(repeating: "å", count: count)
        #expect(ShapeRule.checkLines(sample(text)).isEmpty == isGood)
    }

    @Test func `Tidy: a long literal stays whole`() {
        let words = String(repeating: "a", count: 120)
        #expect(ShapeRule.checkLines(sample("let a = \"\(words)\"")).isEmpty)
        #expect(ShapeRule.checkLines(sample("    /// | \(words) |")).isEmpty)
        #expect(ShapeRule.checkLines(sample("// \(words)")).count == 1)
    }

    @Test(arguments: [(60, true), (61, false)])
    func `Tidy: a function has 60 lines at most`(count: Int, isGood: Bool) {
        let inner = String(repeating: "    if a { b() }\n", count: count - 2)
        #expect(
            ShapeRule.checkFunctions(sample("func f(_ a: Bool = g { $0 }) {\n\(inner)}")).isEmpty == isGood)
        #expect(ShapeRule.checkFunctions(sample("init(a: Bool) {\n\(inner)}")).isEmpty == isGood)
    }

    @Test func `Tidy: a requirement of a protocol has no body of its own`() {
        let long = String(repeating: "let a = 1\n", count: 80)
        #expect(ShapeRule.checkFunctions(sample("protocol P {\nfunc f()\n}\nstruct S {\n\(long)}")).isEmpty)
    }

    @Test func `Tidy: the median is the one in the middle`() {
        let files = [5, 1, 9].map { sample(String(repeating: "\n", count: $0 - 1)) }
        #expect(ShapeRule.median(files) == 5)
    }

    @Test func `Tidy: files, lines and functions of the tree are short`() {
        let all = Tree.sources + Tree.tests
        #expect(complaints(all.flatMap(ShapeRule.checkFile)) == "")
        #expect(
            complaints((all + [Tree.file("Package.swift")].compactMap(\.self)).flatMap(ShapeRule.checkLines))
                == "")
        #expect(complaints(Tree.sources.flatMap(ShapeRule.checkFunctions)) == "")
        #expect(ShapeRule.median(Tree.sources) <= ShapeRule.medianFile)
    }
}
