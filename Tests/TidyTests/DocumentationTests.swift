import Testing

@Suite struct DocumentationTests {
    @Test(
        arguments: [
            "package struct A {\n}", "// Not a docstring.\npackage enum A {\n}",
            "/// Above.\n\npackage protocol A {\n}",
            "package final class A {\n}", "public actor A {\n}",
        ])
    func `Tidy: a type without a docstring is found`(text: String) {
        #expect(DocumentationRule.check(sample(text)).map(\.complaint) == ["A does not say what it is (///)"])
    }

    @Test(
        arguments: [
            "/// Says it.\npackage struct A {}", "/// Says it.\n@frozen\npackage final class A {}",
            "struct A {\n}", "package enum A: Kind { case b }", "package static func a() {}",
            "package class func a() {}", "package import A",
            "/// Holds one.\npackage struct A {\n    /// Inside.\n    package enum B {}\n}",
        ])
    func `Tidy: a type with a docstring, and what is no type of other modules, is good`(text: String) {
        #expect(DocumentationRule.check(sample(text)).isEmpty)
    }

    @Test func `Tidy: every type that other modules see says what it is`() {
        #expect(complaints(Tree.sources.flatMap(DocumentationRule.check)) == "")
    }
}
