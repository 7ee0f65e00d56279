import Foundation
import GRDB
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

extension AuditFinding {
    /// What `shorter_than_checkpoint` and its like are about.
    fileprivate var isAboutACheckpoint: Bool {
        switch self {
        case .checkpointRefused, .checkpointsFall, .checkpointsFork, .rootDiffers, .shorterThanCheckpoint:
            true
        default: false
        }
    }
}

/// Hands on the file, one kind of crime a test. What an old checkpoint covers is found however well the
/// rest was made to fit.
@Suite struct TamperTests {
    private func copy() async throws -> TamperCopy { try await TamperSpecimen.small.value.copy() }

    // MARK: Leaves taken away

    @Test func `LOG-TAMPER: the last leaf cut off with all that hangs on it is shorter than the checkpoint`()
        async throws
    {
        let copy = try await copy()
        let last = try copy.spoil { db in
            let last = try Int64.fetchOne(db, sql: "SELECT max(position) FROM leaves") ?? 0
            try Forger(copy.specimen).cutOff(from: last, in: db)
            return last
        }
        let findings = await copy.findings()
        let own = findings.filter { $0.kind == "shorter_than_checkpoint" }
        #expect(own.count == 1)
        #expect(own.first?.meaning.contains("\(last) leaves") ?? false)
        // The same is found with nothing but one old note in hand.
        try copy.write(notes: [])
        let note = try #require(copy.specimen.notes.last)
        #expect(await copy.findings(held: [note]).contains { $0.place == "checkpoint 1 of those given" })
    }

    @Test func `LOG-TAMPER: a last row deleted is found without any checkpoint`() async throws {
        let copy = try await copy()
        try copy.spoil { db in
            try db.execute(sql: "DELETE FROM leaves WHERE position = (SELECT max(position) FROM leaves)")
        }
        try FileManager.default.removeItem(atPath: copy.checkpoints)
        let kinds = Set(await copy.findings().map(\.kind))
        #expect(kinds.isSuperset(of: ["dangling_reference", "edge_differs"]))
    }

    @Test func `LOG-TAMPER: a leaf taken out of the middle is missing`() async throws {
        let copy = try await copy()
        try copy.spoil { db in try db.execute(sql: "DELETE FROM leaves WHERE position = 7") }
        #expect(await copy.findings().contains(.leafMissing(position: 7)))
    }

    @Test func `LOG-TAMPER: an older file put back is shorter than the checkpoints`() async throws {
        let bench = try Bench()
        let key = try LogKey(raw: Array(repeating: 4, count: 32), name: "log.example/bench")
        let person = try await bench.person()
        _ = try await bench.wholeLife(person, reference: "1")
        let older = try TamperSpecimen.checkpoint(of: bench.path, by: key)
        let folder = try TemporaryFolder()
        try bench.raw { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [folder.file("older.sqlite")])
        }
        _ = try await bench.wholeLife(person, reference: "2")
        let newer = try TamperSpecimen.checkpoint(of: bench.path, by: key)
        func verify(_ held: String) -> [String] {
            let trust = CheckpointTrust(key: key.verificationKey, file: nil, held: [held])
            return AuditVerifier(path: folder.file("older.sqlite"), checkpoints: trust).verify()
                .findings.map(\.kind)
        }
        #expect(verify(older).isEmpty)
        #expect(verify(newer) == ["shorter_than_checkpoint"])
    }

    @Test func `LOG-TAMPER: of two continuations of one log each is found out by the other's checkpoint`()
        async throws
    {
        let key = try LogKey(raw: Array(repeating: 4, count: 32), name: "log.example/bench")
        let bench = try Bench()
        let person = try await bench.person()
        _ = try await bench.wholeLife(person, reference: "1")
        let common = try TamperSpecimen.checkpoint(of: bench.path, by: key)
        let folder = try TemporaryFolder()
        let fork = folder.file("godkend.sqlite")
        try bench.raw { db in try db.execute(sql: "VACUUM INTO ?", arguments: [fork]) }
        let other = try Bench(seed: 77, at: folder)
        _ = try await bench.wholeLife(person, reference: "2")
        _ = try await other.wholeLife(person, reference: "3")
        let paths = [bench.path, fork]
        let notes = try paths.map { try TamperSpecimen.checkpoint(of: $0, by: key) }
        for (path, own, foreign) in [(paths[0], notes[0], notes[1]), (paths[1], notes[1], notes[0])] {
            func verify(_ held: [String]) -> [AuditFinding] {
                let trust = CheckpointTrust(key: key.verificationKey, file: nil, held: held)
                return AuditVerifier(path: path, checkpoints: trust).verify().findings
            }
            #expect(verify([common, own]).isEmpty)
            let size = try SignedCheckpoint(opening: foreign, with: key.verificationKey).size
            #expect(verify([foreign]) == [.rootDiffers(.held(1), size: size)])
        }
        // Both in one file of checkpoints: the log's own hand forked it.
        let file = folder.file("checkpoints.log")
        try Data((common + notes[0] + notes[1]).utf8).write(to: URL(fileURLWithPath: file))
        let trust = CheckpointTrust(key: key.verificationKey, file: file)
        let kinds = AuditVerifier(path: paths[0], checkpoints: trust).verify().findings.map(\.kind)
        #expect(kinds.contains("checkpoints_fork") && kinds.contains("root_differs"))
    }

    // MARK: Checkpoints

    @Test func `LOG-TAMPER: checkpoints of another key, another log, or in the wrong order are refused`()
        async throws
    {
        let copy = try await copy()
        let notes = copy.specimen.notes
        let other = try LogKey(raw: Array(repeating: 5, count: 32), name: copy.specimen.key.name)
        #expect(await copy.findings(by: other).allSatisfy { $0.kind == "checkpoint_refused" })
        #expect(await copy.findings(by: other).count == notes.count)
        // The log's own file may tell of a former name; a note in the verifier's hands is of this log or not.
        let elsewhere = try LogKey(raw: copy.specimen.key.raw, name: "log.example/other")
        let renamed = await copy.verify(held: [notes[0]], by: elsewhere)
        #expect(renamed.findings == [.checkpointRefused(.held(1), .notSigned)])
        #expect(renamed.notices == [.otherNames(notes: notes.count)])
        try copy.write(notes: notes.reversed())
        #expect(await copy.findings().map(\.kind).contains("checkpoints_fall"))
        try copy.write(notes: ["nonsense\n\n— x y\n"] + notes)
        #expect(await copy.findings().contains(.checkpointRefused(.own(note: 1), .malformedNote)))
    }

    @Test func `LOG-TAMPER: one changed character of a checkpoint is found`() throws {
        let bench = try Bench()
        let key = try LogKey(raw: Array(repeating: 4, count: 32), name: "log.example/bench")
        let file = bench.folder.file("checkpoints.log")
        let note = try TamperSpecimen.checkpoint(of: bench.path, by: key)
        var text = Array((note + note).utf8)
        func verify() throws -> AuditReport {
            try Data(text).write(to: URL(fileURLWithPath: file))
            let trust = CheckpointTrust(key: key.verificationKey, file: file)
            return AuditVerifier(path: bench.path, checkpoints: trust).verify()
        }
        #expect(try verify().findings.isEmpty)
        for index in stride(from: 0, to: text.count, by: 3) {
            text[index] ^= 1
            let report = try verify()
            // The last note may look as if it had been cut short while it was written.
            let isTold = index >= note.utf8.count && report.notices.contains(.tornCheckpoint)
            #expect(isTold || report.findings.contains { $0.isAboutACheckpoint }, "character \(index)")
            text[index] ^= 1
        }
    }

    // MARK: Forgeries that fit

    /// Amount, leaves, commitments, hashes and nodes all changed so that they agree.
    private func forged() async throws -> (copy: TamperCopy, notes: [String]) {
        let copy = try await copy()
        try copy.spoil { db in try Forger(copy.specimen).raiseAmount(in: db) }
        return (copy, try copy.resign(by: copy.specimen.key))
    }

    @Test func `LOG-TAMPER: a forgery that fits together is found by an old checkpoint alone`() async throws {
        let (copy, notes) = try await forged()
        // By itself the file is without contradiction: the forger has left out nothing.
        try FileManager.default.removeItem(atPath: copy.checkpoints)
        #expect(await copy.findings().isEmpty)
        // The log's own file of checkpoints finds it.
        try copy.write(notes: copy.specimen.notes)
        #expect(await copy.findings().map(\.kind).contains("root_differs"))
        // So it is signed again with the log's own key; whoever kept an older note still finds it.
        try copy.write(notes: notes)
        #expect(await copy.findings().isEmpty)
        let held = try #require(copy.specimen.notes.last)
        let size = try SignedCheckpoint(opening: held, with: copy.specimen.key.verificationKey).size
        #expect(await copy.findings(held: [held]) == [.rootDiffers(.held(1), size: size)])
    }

    @Test func `LOG-TAMPER: a forgery signed with another key is refused`() async throws {
        let (copy, _) = try await forged()
        let other = try LogKey(raw: Array(repeating: 5, count: 32), name: copy.specimen.key.name)
        try copy.write(notes: try copy.resign(by: other))
        let findings = await copy.findings()
        #expect(!findings.isEmpty && findings.allSatisfy { $0.isAboutACheckpoint })
    }

    // MARK: Rows added and taken away

    @Test(arguments: [
        "DELETE FROM factor_offers", "DELETE FROM answers", "DELETE FROM refunds",
        "DELETE FROM decisions WHERE stage = 'create'", "DELETE FROM handover_parts", "DELETE FROM handovers",
        "DELETE FROM holds", "DELETE FROM line_handovers", "DELETE FROM prescription_filings",
        "DELETE FROM prescriptions", "DELETE FROM relations", "DELETE FROM authorizations",
        "DELETE FROM intents", "DELETE FROM evidence", "DELETE FROM decision_inputs",
        "DELETE FROM leaf_salts WHERE position = 3", "DELETE FROM log_edge", "DELETE FROM price_lists",
        "DELETE FROM priced_products WHERE number = '900101'",
        "INSERT INTO factor_offers (confirmation, factor, offered_at) SELECT id, 'password', 1 FROM confirmations LIMIT 1",
        "INSERT INTO log_edge VALUES (50, zeroblob(32))",
        "INSERT INTO log_nodes VALUES (8, 99, zeroblob(32))",
        "INSERT INTO relations SELECT 'rel_' || substr(id, 5, 25) || 'Z', kind, patient_hash, holder, scope, valid_from, valid_to, status, created_at, ended_at FROM relations",
        "INSERT INTO refunds SELECT 'ref_' || substr(id, 5, 25) || 'Z', authorization, amount, reason, status, created_at FROM refunds LIMIT 1",
        "UPDATE leaf_salts SET salt = x'' WHERE position = 9",
        "UPDATE leaf_salts SET salt = zeroblob(32) WHERE position = (SELECT max(last_leaf) FROM authorizations)",
        "UPDATE decisions SET authorization = (SELECT max(authorization) FROM decisions) WHERE stage = 'create'",
    ])
    func `LOG-TAMPER: a row added, deleted or moved is found`(sql: String) async throws {
        let copy = try await copy()
        let changed = try copy.spoil { db in
            try db.execute(sql: sql)
            return db.changesCount
        }
        #expect(changed > 0)
        let findings = await copy.findings()
        #expect(!findings.isEmpty)
    }

    @Test func `LOG-TAMPER: a schema without its triggers is told`() async throws {
        let copy = try await copy()
        try copy.spoil { _ in }
        let findings = await copy.verify().findings
        #expect(findings.contains(.schemaDiffers(name: "trigger leaves_never_change")))
        #expect(findings.allSatisfy { $0.kind == "schema_differs" })
    }

    @Test func `LOG-TAMPER: a file of another version is told, in one finding`() async throws {
        let copy = try await copy()
        try copy.spoil { db in
            try db.execute(
                sql:
                    "DELETE FROM grdb_migrations WHERE identifier = (SELECT max(identifier) FROM grdb_migrations)"
            )
        }
        #expect(await copy.verify().findings == [.otherVersion])
    }

    @Test func `LOG-TAMPER: a damaged file has a list with an end`() async throws {
        let copy = try await copy()
        try copy.spoil { db in try db.execute(sql: "DELETE FROM leaf_salts") }
        let report = AuditVerifier(path: copy.path, limit: 10).verify()
        #expect(report.findings.count == 10)
        #expect(report.notices.contains { if case .moreFindings(let more) = $0 { more > 20 } else { false } })
    }
}

extension TamperCopy {
    /// The same sizes as the specimen's notes, with the roots that the leaves have now.
    fileprivate func resign(by key: LogKey) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        let hashes = try queue.read { db in
            try Data.fetchAll(db, sql: "SELECT bytes FROM leaves ORDER BY position").map { [UInt8]($0) }
        }
        return try specimen.notes.map { note in
            let size = try SignedCheckpoint(opening: note, with: specimen.key.verificationKey).size
            let root = treeHash(hashes.prefix(Int(size)))
            return try key.sign(Checkpoint(origin: key.name, size: size, root: root)).text
        }
    }
}
