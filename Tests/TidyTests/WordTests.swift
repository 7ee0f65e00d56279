import Testing

@Suite struct WordTests {
    @Test(
        arguments: [
            "try! f()", "a as! B", "fatalError()", "final class A: @unchecked Sendable {}",
            "nonisolated(unsafe) var a = 1", "preconditionFailure(\"no\")",
        ])
    func `Tidy: what ends the process or silences the compiler is found`(text: String) {
        #expect(WordRule.check(sample(text), for: WordRule.everywhere).count == 1)
    }

    @Test(arguments: [
        "try? f()", "try f()", "// try! f()", "a as? B", "let a = \"fatalError()\"", "try !f()",
    ])
    func `Tidy: what only looks like it is good`(text: String) {
        #expect(WordRule.check(sample(text), for: WordRule.everywhere).isEmpty)
    }

    @Test(arguments: ["public struct A {}", "open class A {}", "open func a() {}"])
    func `Tidy: access wider than package is found`(text: String) {
        #expect(WordRule.check(sample(text), for: WordRule.inSources).count == 1)
    }

    @Test(arguments: ["package struct A {}", "case open(Int)", "func open() {}"])
    func `Tidy: package access and the verb to open are good`(text: String) {
        #expect(WordRule.check(sample(text), for: WordRule.inSources).isEmpty)
    }

    @Test(
        arguments: [
            "func a() async {}", "await b()", "let now = Date()", "let a = Instant.now",
            "Int.random(in: 0..<9)",
            "print(a)", "let clock = ContinuousClock()", "static var cache = 1", "reasons.shuffled()",
        ])
    func `Tidy: a rule with a clock, a die, a wait or a door is found`(text: String) {
        #expect(WordRule.check(sample(text), for: WordRule.inPureModules).count == 1)
    }

    @Test func `Tidy: a rule that is given the time is good`() {
        let text = "func decide(at now: Instant) -> Decision { now < deadline ? .goOn : .decline }"
        #expect(WordRule.check(sample(text), for: WordRule.inPureModules).isEmpty)
    }

    @Test func `Tidy: marks of unfinished work are found in comments only`() {
        #expect(WordRule.checkUnfinished(sample("let a = 1 // TO" + "DO: the rest")).count == 1)
        #expect(WordRule.checkUnfinished(sample("let a = \"TO" + "DO\" // all done")).isEmpty)
    }

    @Test func `Tidy: the tree has none of these words`() {
        let all = Tree.sources + Tree.tests
        #expect(complaints(all.flatMap { WordRule.check($0, for: WordRule.everywhere) }) == "")
        #expect(complaints(Tree.sources.flatMap { WordRule.check($0, for: WordRule.inSources) }) == "")
        #expect(complaints(all.flatMap(WordRule.checkUnfinished)) == "")
    }

    @Test(arguments: ["Decisions", "Lifecycles"])
    func `Tidy: decisions and lifecycles are functions of their arguments`(module: String) {
        let files = Tree.sources.filter { $0.module == module }
        #expect(files.count > 10)
        #expect(complaints(files.flatMap { WordRule.check($0, for: WordRule.inPureModules) }) == "")
    }
}
