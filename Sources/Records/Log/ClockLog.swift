import GRDB
package import Vocabulary

/// The last thing that the log says about the machine's clock.
package struct ClockNote: Sendable, Hashable {
    /// The word of the leaf, `clock_jumped`.
    package let outcome: String
    package let writtenAt: Instant
    /// What the clock should have shown, and what it showed; as in RFC 3339.
    package let expected: String
    package let wall: String

    /// Reads it from a database, also beside a running server; nil when the clock never jumped.
    package static func last(inDatabase path: String) throws -> ClockNote? {
        let file = try CopiedFile(path: path)
        defer { file.close() }
        return try file.read { db in
            let position = try Int64.fetchOne(
                db, sql: "SELECT max(position) FROM leaves WHERE subject = ?",
                arguments: [RecordClockEvent.subject])
            guard let leaf = try position.flatMap({ try LogReading.leaf(at: $0, in: db)?.leaf }) else {
                return nil
            }
            return ClockNote(
                outcome: leaf.outcome, writtenAt: leaf.time, expected: leaf.stateBefore ?? "",
                wall: leaf.stateAfter ?? "")
        }
    }
}
