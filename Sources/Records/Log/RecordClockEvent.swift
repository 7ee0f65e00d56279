package import Vocabulary

/// Writes down what happened to the machine's clock: one leaf an event (REL-15).
///
/// The state before is what the clock should have shown, or the server's calendar; the state after is what
/// the clock on the wall shows. Their difference is the size of the jump.
package struct RecordClockEvent: Command {
    package static let subject = "clock"

    let outcome: String
    let expected: Instant
    let wall: Instant

    package init(outcome: String, expected: Instant, wall: Instant) {
        self.outcome = outcome
        self.expected = expected
        self.wall = wall
    }

    package func run(in transaction: Transaction) throws {
        var leaf = LeafDraft(kind: .clock, subject: Self.subject, outcome: outcome)
        leaf.stateBefore = expected.rfc3339
        leaf.stateAfter = wall.rfc3339
        try transaction.appendLeaf(leaf)
    }
}
