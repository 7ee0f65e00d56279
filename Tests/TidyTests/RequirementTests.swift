import Testing

@Suite struct RequirementTests {
    private static let swift = sample(
        """
        // PAN-3: in a comment
        @Test func `PAN-1: the number is sealed`() { check("PAN-2") }
        @Test func `SCA-011 and PAY-STATES are others`() {}
        """, at: "Tests/ATests/A.swift")

    private static let python = sample(
        """
        def test_REL_01_nothing_is_lost(shop):
            \"\"\"Also ACQ-INTENT: asked once.\"\"\"
            x = "ACQ-ONCE"

        def helper_PAY_LIST():
            pass
        """, at: "Tests/Acceptance/test_a.py")

    @Test(arguments: ["PAN-1", "REL-01", "ACQ-INTENT"])
    func `Tidy: an id in the name of a test is seen`(id: String) {
        #expect(RequirementRule.missing([id], in: [Self.swift, Self.python]) == [])
    }

    @Test(arguments: ["PAN-2", "PAN-3", "SCA-01", "PAY-STATE", "ACQ-ONCE", "PAY-LIST"])
    func `Tidy: an id anywhere else is not`(id: String) {
        #expect(RequirementRule.missing([id], in: [Self.swift, Self.python]) == [id])
    }

    @Test func `Tidy: the list of what is built is whole`() {
        #expect(RequirementRule.built.count == 4 + 26 + 3 + 3 + 12 + 5 + 5 + 8 + 35 + 5)
        #expect(
            Set(RequirementRule.built).isSuperset(of: ["PAN-4", "SCA-01", "SCA-30", "SCA-34", "PAY-TEST"]))
    }

    @Test func `Tidy: every requirement that is built has a test that carries its id`() {
        let files = Tree.texts.filter { $0.path.hasPrefix("Tests/") && !$0.path.hasPrefix("Tests/TidyTests") }
        #expect(RequirementRule.missing(RequirementRule.built, in: files) == [])
    }
}
