import GRDB
import Lifecycles
import TestKit
import Testing

/// The invariants of pharmacy orders hold in an honest database, and each is found broken in one that was
/// doctored for it.
@Suite struct InvariantTests {
    @Test func `REL-11: an honest database breaks no invariant`() async throws {
        let found = try await Self.complaints(after: "SELECT 1")
        #expect(found == [])
    }

    @Test(arguments: doctorings)
    func `REL-11: a doctored database is found`(name: String, sql: String) async throws {
        let found = try await Self.complaints(after: sql)
        #expect(found.contains { $0.hasPrefix(name + ": ") }, "\(found)")
    }

    @Test func `REL-11: every invariant has a database that breaks it`() {
        #expect(Self.doctorings.map(\.0) == PharmacyInvariants.questions.map(\.name))
    }

    /// What no trigger, index or CHECK would let anybody do.
    private static let doctorings = [
        ("a hold stands as its payment does", "UPDATE holds SET status = 'released' WHERE status = 'firm'"),
        ("a payment that goes on has all its holds", "UPDATE authorizations SET prescription_lines = 2"),
        ("a question belongs to its payment", "UPDATE confirmations SET status = 'denied'"),
        (
            "an approval has its question and its call to the bank",
            "DELETE FROM intents WHERE kind = 'authorize'"
        ),
        ("nothing is owed on money that was given back", "UPDATE authorizations SET refunded = captured"),
        (
            "every change of a payment is announced once",
            "UPDATE authorizations SET last_event = last_event + 1"
        ),
        ("one active hold a line", "UPDATE holds SET record_key = x'00', line = '1'"),
        ("no handover number twice", "UPDATE line_handovers SET record_key = x'00'"),
        ("what was given is what the handovers say", "UPDATE handover_parts SET units = units + 1"),
        (
            "a handover is used up exactly while something of it is given",
            "UPDATE line_handovers SET status = 'undone'"
        ),
        ("a handover has its parts, of its own order", "DELETE FROM handover_parts"),
        ("a hold's last leaf says how it stands", "UPDATE holds SET status = 'expired'"),
        (
            "one leaf a change of a hold",
            "DELETE FROM leaves WHERE position IN (SELECT min(position) FROM leaves GROUP BY subject)"
        ),
        (
            "a leaf of a hold, record or payment has its subject",
            "UPDATE leaves SET subject = 'hold_of_nobody' WHERE subject IN (SELECT id FROM holds)"
        ),
        ("a handover has its own leaf about its order", "UPDATE handovers SET leaf = 1"),
        ("a payment's last leaf says how it stands", "UPDATE authorizations SET captured = captured + 1"),
        ("a record has the filing that counts", "UPDATE prescriptions SET filing = filing + 1"),
        (
            "a filing has its leaf about its record",
            "UPDATE leaves SET subject = 'x' WHERE position IN (SELECT leaf FROM prescription_filings)"
        ),
        ("a record's last leaf is its newest", "UPDATE prescriptions SET last_leaf = 0"),
        ("a record waits for its holds and no longer", "UPDATE prescriptions SET status = 'cancel_pending'"),
    ]

    /// A file with an order at every place of its way: asked, approved, handed over in part, and whole.
    private static let honest = Task {
        let stage = try await PharmacyStage()
        let kaja = try await stage.patient()
        var draws: [Draw] = []
        for number in 1...4 {
            let line = try RecordDraft.line(packages: "2")
            let id = try await stage.file(try stage.content([line], record: "rx-\(number)"))
            draws.append(Draw(id, quantity: 2))
        }
        _ = try await stage.approvedOrder(kaja, [draws[0]])
        let begun = try await stage.paidOrder(kaja, [draws[1]])
        try await stage.handOver(begun.id)
        let done = try await stage.paidOrder(kaja, [draws[2]])
        try await stage.handOver(done.id, isFinal: true)
        _ = try await stage.order(kaja, [draws[3]])
        await stage.stage.stop()
        return try copy(of: DatabaseQueue(path: stage.stage.folder.file("godkend.sqlite")))
    }

    private static func copy(of file: DatabaseQueue) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let copy = try DatabaseQueue(configuration: configuration)
        try file.backup(to: copy)
        return copy
    }

    /// What breaks the invariants in a copy of that file after a change that nothing stood in the way of.
    private static func complaints(after sql: String) async throws -> [String] {
        let copy = try copy(of: try await honest.value)
        return try await copy.write { db in
            let guards = try Row.fetchAll(
                db,
                sql: """
                    SELECT type, name FROM sqlite_schema
                    WHERE type = 'trigger' OR (type = 'index' AND sql NOT NULL)
                    """)
            for row in guards {
                try db.execute(sql: "DROP \(row["type"] as String) \(row["name"] as String)")
            }
            try db.execute(sql: "PRAGMA ignore_check_constraints = 1")
            try db.execute(sql: sql)
            return try PharmacyInvariants.check { try String.fetchAll(db, sql: $0) }
        }
    }
}
