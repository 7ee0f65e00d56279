import Testing

@Suite struct PlaceTests {
    @Test(
        arguments: [
            #"db.run("SELECT 1")"#, #"let a = "PRAGMA mmap_size""#,
            "let a = \"\"\"\n    UPDATE t SET a = 1\n    \"\"\"",
            #"let a = "INSERT INTO t""#,
        ])
    func `Tidy: SQL outside Records is found`(text: String) {
        #expect(SQLRule.check(sample(text)).count == 1)
        #expect(SQLRule.check(sample(text, at: "Sources/Records/A.swift")).isEmpty)
    }

    @Test(arguments: [#"let a = "Select a card, update the app""#, "// SELECT 1", #"let a = "SELECTED""#])
    func `Tidy: sentences are no SQL`(text: String) {
        #expect(SQLRule.check(sample(text)).isEmpty)
    }

    @Test func `Tidy: only Records knows SQL`() {
        #expect(complaints(Tree.sources.flatMap(SQLRule.check)) == "")
    }

    @Test func `Tidy: a name that does not belong at the top is found`() {
        let found = TopLevelRule.check(
            ["Sources", "docs", ".build", ".build-tsan", "a.pyc", "state", "Makefile", ".env"],
            ignored: [".build", ".build-*", "*.pyc", "/state"])
        #expect(found.map(\.path) == ["docs", "Makefile", ".env"])
    }

    @Test func `Tidy: the top of the package holds what it should and nothing else`() {
        #expect(Tree.topLevel.contains("Package.swift"))
        #expect(complaints(TopLevelRule.check(Tree.topLevel, ignored: Tree.ignored)) == "")
    }

    @Test(arguments: ["let a = \"/ho" + "me/anna/state\"", "# cd /wo" + "rk/main", "see /Us" + "ers/per/x"])
    func `Tidy: the path of somebody's machine is found`(text: String) {
        #expect(TopLevelRule.checkPlaces(sample(text)).count == 1)
    }

    @Test func `Tidy: paths that everybody has are good`() {
        #expect(TopLevelRule.checkPlaces(sample("/usr/include/sqlite3.h ./state /tmp /work" + "s")).isEmpty)
    }

    @Test func `Tidy: the tree names no place of somebody's machine`() {
        #expect(Tree.texts.count > 400)
        #expect(complaints(Tree.texts.flatMap(TopLevelRule.checkPlaces)) == "")
    }
}
