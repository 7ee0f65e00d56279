import Testing

@Suite struct TimeRuleTests {
    @Test(arguments: [
        #"let sql = "SELECT 1 FROM sessions WHERE expires_at > ?""#,
        #"try rows("SELECT id FROM a WHERE c.capture_before <= ? LIMIT 1")"#,
        "guard now < change.expiresAt else { return }", "if approval.captureBefore > now { return }",
        "if pending.lifecycle.isOverdue(at: now) { return }",
        "guard clock.now() >= device.mayConfirmFrom, isGood else { return }",
    ])
    func `Tidy: a lifetime compared with the calendar is found`(text: String) {
        #expect(TimeRule.check(sample(text, at: "Sources/Records/A.swift")).count == 1)
    }

    @Test(arguments: [
        #"let sql = "SELECT 1 FROM sessions WHERE NOT \(isOver.sql)""#,
        "guard time.now(for: change.requestedAt) < change.expiresAt else { return }",
        "// guard now < change.expiresAt", "let last = max(now, other)",
        "expiresAt: now.adding(seconds: 5)",
    ])
    func `Tidy: a lifetime asked of the server's time is good`(text: String) {
        #expect(TimeRule.check(sample(text, at: "Sources/Records/A.swift")).isEmpty)
    }

    @Test func `REL-15: no lifetime in the tree is compared by hand`() {
        #expect(complaints(Tree.sources.flatMap(TimeRule.check)) == "")
    }
}
