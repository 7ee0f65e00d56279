import Testing

@Suite struct ImportTests {
    @Test(
        arguments: [
            ("import Foundation", "Foundation"), ("package import Records", "Records"),
            ("@testable import Operations", "Operations"), ("import struct Crypto.SHA256", "Crypto"),
        ])
    func `Tidy: an import outside the table is found`(text: String, module: String) {
        let found = ImportRule.check(sample("// words\n" + text))
        #expect(complaints(found) == "Sources/Decisions/Sample.swift:2: Decisions must not import \(module)")
    }

    @Test func `Tidy: an import of the table is good`() {
        #expect(ImportRule.check(sample("package import Vocabulary\n// import Foundation")).isEmpty)
    }

    @Test func `Tidy: an import that one file has alone is refused in another`() {
        let text = "import Foundation"
        #expect(ImportRule.check(sample(text, at: "Sources/Proofs/PasswordHash.swift")).isEmpty)
        #expect(ImportRule.check(sample(text, at: "Sources/Proofs/Answer.swift")).count == 1)
    }

    @Test func `Tidy: a module that is not in the table is found`() {
        #expect(ImportRule.check(sample("", at: "Sources/Helpers/A.swift")).count == 1)
    }

    @Test func `Tidy: a circle of imports is found`() {
        let circle = [
            ImportRule.Row(module: "A", ours: ["B"], others: []),
            ImportRule.Row(module: "B", ours: ["A"], others: []),
        ]
        #expect(ImportRule.againstTheFlow(circle) == ["A → B"])
    }

    @Test func `Tidy: work flows one way`() {
        #expect(ImportRule.againstTheFlow(ImportRule.table) == [])
    }

    @Test func `Tidy: only Records knows the database, only the edge knows HTTP`() {
        func modules(importing prefix: String) -> [String] {
            ImportRule.table.filter { row in row.others.contains { $0.hasPrefix(prefix) } }.map(\.module)
        }
        #expect(modules(importing: "GRDB") == ["Records"])
        #expect(modules(importing: "Hummingbird") == ["API", "Pages", "godkend"])
    }

    @Test func `Tidy: every import of the tree stands in the table`() {
        #expect(Tree.sources.count > 300)
        #expect(complaints(Tree.sources.flatMap { ImportRule.check($0) }) == "")
    }
}
