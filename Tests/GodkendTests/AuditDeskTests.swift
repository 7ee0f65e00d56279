import Foundation
import Lifecycles
import Notation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

/// `godkend audit declined`, `explain` and `export`, on a state folder without a server and on a copy of it.
@Suite struct AuditDeskTests {
    private static let merchants =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Merchants"

    /// A folder with a short history, and one with copies of its database and its checkpoints.
    private func withHistory(_ body: (StateFolder, StateFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/audit-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (folder, copy) = (StateFolder(path + "/state"), StateFolder(path + "/copy"))
        try folder.make()
        try copy.make()
        try ServerKeys.make(folder: folder, environment: [:], random: SystemEntropy().bytes)
        let history = History(
            plan: HistoryRun.Plan(authorizations: 60, days: 3, customers: 30, approved: 40, seed: 5),
            folder: folder, merchants: try MerchantFolder(path: Self.merchants).load(),
            sources: try ConfigurationSources(flags: [], environment: [:], file: nil), environment: [:])
        _ = try await history.make(showing: ProgressLine("authorizations", total: 60))
        // One export, so that there is a checkpoint beside the copy.
        _ = try await export("", in: door(folder))
        for name in ["godkend.sqlite", "godkend.sqlite-wal", "checkpoints.log"] {
            try? FileManager.default.copyItem(
                atPath: folder.path + "/" + name, toPath: copy.path + "/" + name)
        }
        try await body(folder, copy)
    }

    private func door(_ folder: StateFolder, vkey: String? = nil) -> AuditDoor {
        AuditDoor(folder: folder, session: nil, isCopy: false, vkey: vkey)
    }

    private func list(_ filter: String, in door: AuditDoor, limit: Int64 = 1_000) async throws -> JSONObject {
        let call = IssuerCall(.listPayments, [("filter", .text(filter)), ("limit", .integer(limit))])
        return try #require(try await door.open { try await $0.perform(call) }.object)
    }

    private func explain(_ id: String, in door: AuditDoor) async throws -> String {
        let call = IssuerCall(.explainPayment, [("id", .text(id))])
        return try #require(try await door.open { try await $0.perform(call) }.object?["text"]?.text)
    }

    private func export(_ filter: String, in door: AuditDoor) async throws -> [String] {
        try await door.open { port in
            var text = ""
            _ = try await ExportCalls(filter: filter, earlier: nil).carryOut(by: port) { manifest, lines in
                text += ExportFormat.json.text(manifest, lines)
            }
            return text.split(separator: "\n").map(String.init)
        }
    }

    private func check(_ lines: [String]) throws -> (isGood: Bool, check: ExportCheck) {
        let manifest = try #require(try JSON.parse(lines[0].utf8).object)
        let key = try LogVerificationKey(parsing: try #require(manifest["verification_key"]?.text))
        var check = try #require(ExportCheck(manifestLine: lines[0], key: key))
        for line in lines.dropFirst() { check.take(line) }
        return (check.finish(), check)
    }

    @Test func `OPS-FIND, OPS-TRACE, OPS-EXPORT: without a server the command works, and leaves its leaf`()
        async throws
    {
        try await withHistory { folder, _ in
            let rows = try #require(try await list("", in: door(folder))["rows"]?.array)
            try #require(rows.count > 10)
            let first = try await list("", in: door(folder), limit: 3)
            #expect(first["rows"]?.array == Array(rows.prefix(3)))
            #expect(first["next"] == rows[2].object?["id"])
            let id = try #require(rows[0].object?["id"]?.text)
            let reason = try #require(rows[0].object?["reason"]?.text)
            #expect(try await explain(id, in: door(folder)).contains("Declined because of \(reason): "))
            #expect(try await explain(id, in: door(folder)).contains("by local"))
            let lines = try await export("", in: door(folder))
            let (isGood, check) = try check(lines)
            #expect(isGood && check.shown == rows.count && check.hiddenDeclines == 0)
            #expect(lines.contains { $0.contains("operator_read") && $0.contains("explained") })
        }
    }

    @Test func `OPS-TRACE, OPS-EXPORT: a copy tells the same, and nothing of it is recorded`() async throws {
        try await withHistory { folder, copy in
            let rows = try await list("", in: door(folder))["rows"]
            #expect(try await list("", in: door(copy))["rows"] == rows)
            let id = try #require(rows?.array?.first?.object?["id"]?.text)
            let story = try await explain(id, in: door(copy))
            #expect(story.contains("Declined because of ") && !story.contains("by local"))
            #expect(!(try await explain(id, in: door(copy)).contains("by local")))
            let keyless = await #expect(throws: CommandFailure.self) {
                try await export("", in: door(copy))
            }
            #expect(keyless?.message.contains("name the key with --vkey") == true)
            let environment = [String: String]()
            let source = VerificationSource(folder: folder, environment: environment, held: [])
            let key = try #require(try source.key(vkey: nil)).description
            let (isGood, check) = try check(try await export("", in: door(copy, vkey: key)))
            #expect(isGood && check.shown == rows?.array?.count)
        }
    }

    @Test func `OPS-FIND: what cannot be read is said with its place; an unknown id is named as such`()
        async throws
    {
        try await withHistory { folder, copy in
            for door in [door(folder), door(copy)] {
                let flaw = await #expect(throws: CommandFailure.self) {
                    try await list("a reson:x", in: door)
                }
                #expect(flaw?.message.contains("`reson:x` at character 3") == true)
                let id = AuthorizationID(at: Instant(milliseconds: 1), random: (1, 2)).text
                let unknown = await #expect(throws: CommandFailure.self) { try await explain(id, in: door) }
                #expect(unknown == AuditAnswers.noSuchID)
            }
            let lines = try await export("status:any", in: door(folder))
            for cut in [Array(lines.dropLast()), [lines[0]] + lines.dropFirst(2)] {
                #expect(try check(cut).isGood == false)
            }
        }
    }

    @Test(arguments: [
        ([], " status:declined"),
        (["merchant:nordlys", "since:7d"], "merchant:nordlys since:7d status:declined"),
        (["card:4242"], "card:4242 status:declined"), (["A-1001"], "A-1001 status:declined"),
        (["status:any"], "status:any"), (["x Status:captured"], "x Status:captured"),
    ])
    func `OPS-FIND: the command lists declines unless a status is named`(words: [String], text: String) {
        #expect(AuditScreen.declined(words) == text)
    }

    @Test func `OPS-FIND: an id is looked for whatever became of it`() {
        let id = AuthorizationID(at: Instant(milliseconds: 1), random: (1, 2)).text
        #expect(AuditScreen.declined([id]) == id)
    }

    @Test func `OPS-EXPORT: a file is read line by line, with and without its last break`() throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "x", count: 200_000)
        for (text, lines) in [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
            (long + "\n" + long, [long, long]),
        ] {
            let path = folder.path + "/lines"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let reader = try LineReader(path)
            var found: [String] = []
            while let line = try reader.next() { found.append(line) }
            #expect(found == lines)
        }
        #expect(throws: CommandFailure("There is no file \(folder.path)/none.")) {
            try LineReader(folder.path + "/none")
        }
    }
}
