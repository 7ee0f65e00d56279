import Foundation
import GRDB
import Lifecycles
import Notation
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Appends a leaf as it is.
struct Append: Command {
    let draft: LeafDraft

    func run(in transaction: Transaction) throws -> Int64 { try transaction.appendLeaf(draft) }
}

/// The decision log: one leaf a change, in the transaction of the change.
@Suite struct LogTests {
    // MARK: LOG-LEAF

    /// The two parts of a leaf with the salt 00 01 02 … 1F, written at noon, in hexadecimal.
    private func bytes(of draft: LeafDraft) async throws -> (leaf: String, body: String) {
        let (folder, clock) = (try TemporaryFolder(), ManualClock())
        let ledger = try Ledger(
            path: folder.file("godkend.sqlite"),
            context: LedgerContext(
                time: { ServerTime(clock.now()) }, randomBytes: { Array(0..<UInt8($0)) },
                answers: PlainAnswers(),
                vault: OpenVault()))
        _ = try await ledger.submit(Append(draft: draft))
        let stored = try await ledger.read { db in try LogReading.leaf(at: 0, in: db) }
        await ledger.close()
        return (Hex.encode(stored?.bytes ?? []), Hex.encode(stored?.body ?? []))
    }

    @Test func `LOG-LEAF: the encoding of a decision is these bytes`() async throws {
        var draft = LeafDraft(kind: .decision, subject: "auth_1", outcome: "declined")
        draft.merchant = MerchantID("bogbixen")
        draft.reason = .codeAppRequired
        draft.ruleSet = Array(repeating: 0xAB, count: 32)
        draft.money = try Money(amountMinor: 24_900, currency: .dkk)
        draft.stateBefore = "requires_confirmation"
        draft.stateAfter = "declined:0:0:0:0"
        draft.confirmation = "denied"
        draft.previous = 16
        draft.actor = "opr_1"
        draft.secrets = [LeafSecret("request", Array("digest".utf8))]
        let leaf = """
            0200086465636973696f6e00086465636c696e65640008000001a20320a2000020c97221b60b65805a\
            789194740c6598196d70b36339704c150ad46ab6844b9962
            """
        let body = """
            020006617574685f310008626f67626978656e0011636f64655f6170705f72657175697265640020ab\
            ababababababababababababababababababababababababababababababab00080000000000006144\
            0003444b4b001572657175697265735f636f6e6669726d6174696f6e00106465636c696e65643a303a\
            303a303a30000664656e6965640008000000000000001000056f70725f310007726571756573740020\
            e9329cd7406990540e0e4ec4e2b7a19103fa400a94b12981ffc41cce5a51efeb
            """
        let written = try await bytes(of: draft)
        #expect(written.leaf == leaf)
        #expect(written.body == body)
    }

    @Test func `LOG-LEAF: a reason about a prescription is a commitment, and what is missing has no length`()
        async throws
    {
        var draft = LeafDraft(kind: .decision, subject: "auth_1", outcome: "declined")
        draft.reason = .rxExpired
        let leaf = """
            0200086465636973696f6e00086465636c696e65640008000001a20320a200002019f616963af3b04d\
            e9500188ef0fa3c2cec9fcb9a25a45c81a2f63110f1c16cc
            """
        let body = """
            020006617574685f3100000000000000000000000000000000000000000006726561736f6e00208716\
            40a113592283ec0707130ea8ede84df5d8792ed71cc8af9b64bca8f48217
            """
        let written = try await bytes(of: draft)
        #expect(written.leaf == leaf)
        #expect(written.body == body)
        #expect(!written.body.contains(Hex.encode(Array("rx_".utf8))))
    }

    @Test func `LOG-LEAF: what was written is read back field by field, and no changed byte is taken`()
        async throws
    {
        let bench = try Bench()
        _ = try await bench.wholeLife(try await bench.person())
        let stored = try await bench.ledger.read { db in try LogReading.leaves(0..<100, in: db) }
        #expect(stored.count > 10)
        for (one, other) in zip(stored, try await bench.leaves()) {
            let read = try #require(one.leaf)
            #expect(read.subject == other.subject && read.kind.rawValue == other.kind)
            #expect(read.outcome == other.outcome && read.time == other.time)
            #expect((read.stateAfter ?? "") == other.after && read.previous == other.previous)
            #expect(read.commitments.count == other.commitments.count)
            let body = try #require(one.body)
            for index in body.indices {
                var changed = body
                changed[index] ^= 1
                #expect(Records.Leaf(bytes: one.bytes, body: changed) == nil, "byte \(index) of a body")
            }
            #expect(Records.Leaf(bytes: one.bytes, body: nil) == nil)
            #expect(Records.Leaf(bytes: one.bytes.dropLast(), body: body) == nil)
            #expect(Records.Leaf(bytes: one.bytes + [0], body: body) == nil)
        }
    }

    @Test func `LOG-LEAF: a commitment opens with its salt and its value, and with no other`() async throws {
        let bench = try Bench()
        var draft = LeafDraft(kind: .decision, subject: "auth_1", outcome: "declined")
        draft.reason = .rxExhausted
        draft.secrets = [LeafSecret("answer", [1, 2, 3])]
        _ = try await bench.ledger.submit(Append(draft: draft))
        _ = try await bench.ledger.submit(Append(draft: draft))
        let leaves = try await bench.leaves()
        let salts = try await bench.ledger.read { db in
            try Data.fetchAll(db, sql: "SELECT salt FROM leaf_salts ORDER BY position").map { [UInt8]($0) }
        }
        #expect(salts.count == 2 && salts[0] != salts[1] && salts.allSatisfy { $0.count == 32 })
        for (leaf, salt) in zip(leaves, salts) {
            #expect(leaf.reason.isEmpty)
            let opened = hmac(Array("reason\u{0}rx_exhausted".utf8), key: salt)
            #expect(leaf.commitments["reason"] == opened)
            #expect(leaf.commitments["answer"] == hmac(Array("answer\u{0}".utf8) + [1, 2, 3], key: salt))
        }
        #expect(leaves[0].commitments != leaves[1].commitments)
    }

    @Test func `LOG-LEAF: every change of an authorization has exactly one leaf, chained to the one before`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.wholeLife(try await bench.person())
        let leaves = try await bench.leaves(about: id.text)
        #expect(
            leaves.map { "\($0.kind) \($0.outcome) \($0.before) \($0.after)" } == [
                "decision go_on  requires_confirmation:0:0:0:0",
                "decision go_on requires_confirmation processing:0:0:0:0",
                "decision approved processing approved:0:0:0:0",
                "change capture.started approved approved:0:60:0:0",
                "change authorization.part_captured approved approved:60:0:0:0",
                "change capture.started approved approved:60:10:0:0",
                "change capture.failed approved approved:60:0:0:0",
                "change refund.started approved approved:60:0:0:20",
                "change refund.succeeded approved approved:60:0:20:0",
                "change authorization.captured approved captured:60:0:20:0",
                "change reversed captured captured:60:0:20:0",
            ])
        // The last left the object as it was; each of the others is one version of it.
        let now = try await bench.load(id)
        #expect(now.version == leaves.count - 1)
        #expect(leaves.map(\.previous) == [nil] + leaves.dropLast().map(\.position))
        #expect(
            try await bench.number("SELECT last_leaf FROM authorizations WHERE id = ?", [id.text])
                == leaves.last?.position)
        #expect(leaves.allSatisfy { $0.merchant == "bogbixen" && $0.amount == 100 && $0.currency == "DKK" })
        #expect(leaves.map(\.confirmation).first == "pending" && leaves.last?.confirmation == "approved")
    }

    @Test func `LOG-LEAF: each decision points at its own leaf and names its rule set`() async throws {
        let bench = try Bench()
        let id = try await bench.wholeLife(try await bench.person())
        let leaves = try await bench.leaves(about: id.text).filter { $0.kind == "decision" }
        let authorization = try await bench.load(id)
        #expect(authorization.decisions.map(\.leaf) == leaves.map(\.position))
        let sets = try await bench.ledger.read { db in
            try Data.fetchAll(db, sql: "SELECT rule_set FROM decisions ORDER BY leaf").map { [UInt8]($0) }
        }
        #expect(leaves.map(\.ruleSet) == sets)
        #expect(Set(sets).count == 3 && sets.allSatisfy { $0.count == 32 })
    }

    @Test func `LOG-LEAF: nothing of a person stands in a leaf`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let id = try await bench.wholeLife(person, reference: "ordrenummer-kanarie")
        let digest = try await bench.ledger.read { db in
            try Data.fetchOne(db, sql: "SELECT digest FROM answers") ?? Data()
        }
        let userID = try await bench.texts("SELECT user_id FROM customers").first ?? ""
        let canaries: [[UInt8]] =
            [
                "4242424242424242", "424242", "Kanariefugl", "ordrenummer-kanarie", "Bogbixen ApS", userID,
                person.id.text, person.device.text, "digest-of-ordrenummer-kanarie",
            ].map { Array($0.utf8) } + [Array(digest), person.fingerprint]
        for leaf in try await bench.leaves(about: id.text) {
            for canary in canaries {
                #expect(!canary.isEmpty && leaf.all.firstRange(of: canary) == nil, "leaf \(leaf.position)")
            }
        }
        // The leaves are about something all the same: the answer is committed to.
        let answered = try await bench.leaves(about: id.text)[1]
        #expect(answered.commitments["answer"] != nil)
    }

    @Test func `ACQ-LATE: a late yes is reversed, with a leaf in the chain`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        #expect(try await bench.settle(asked.id, .silent) == .declined)
        #expect(try await bench.openIntents(of: asked.id) == ["reversal 100"])
        #expect(try await bench.settle(asked.id) == .late)
        #expect(try await bench.openIntents(of: asked.id) == ["reversal 100"])
        try await bench.endReversal(of: asked.id)
        let leaves = try await bench.leaves(about: asked.id.text)
        #expect(
            leaves.map(\.outcome) == ["go_on", "go_on", "declined", "late_approval_reversed", "reversed"])
        #expect(leaves.map(\.previous) == [nil] + leaves.dropLast().map(\.position))
        #expect(try await bench.load(asked.id).decline?.reason == .acquirerUnavailable)
    }

    // MARK: LOG-ATOMIC

    /// Known roots for 0 to 8 leaves, from the tests of Certificate Transparency
    /// (github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc, Apache 2.0).
    static let known: [(leaf: String, root: String)] = [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (
            "606162636465666768696a6b6c6d6e6f",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        ),
    ]

    /// The roots of the complete subtrees, largest first, by the code's own hashes.
    private func edge(_ leaves: [[UInt8]]) -> [[UInt8]] {
        var edge: [(size: Int, hash: [UInt8])] = []
        for leaf in leaves {
            var next = (size: 1, hash: MerkleHash.leaf(leaf))
            while let last = edge.last, last.size == next.size {
                next = (last.size * 2, MerkleHash.node(last.hash, next.hash))
                edge.removeLast()
            }
            edge.append(next)
        }
        return edge.map(\.hash)
    }

    @Test(arguments: 0...8)
    func `LOG-FORMAT: the known roots of RFC 6962 come out, by recursion and from the edge`(size: Int) throws
    {
        let leaves = try Self.known.prefix(size).map { try #require(Hex.decode($0.leaf)) }
        let root =
            size == 0
            ? "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" : Self.known[size - 1].root
        #expect(Hex.encode(treeHash(leaves[...])) == root)
        #expect(Hex.encode(MerkleHash.root(ofEdge: edge(leaves))) == root)
    }

    @Test func `LOG-ATOMIC: the edge of the tree is that of all leaves, for every size from 0 to 70`()
        async throws
    {
        let bench = try Bench()
        try await bench.checkEdge()
        for number in 0..<70 {
            let draft = LeafDraft(kind: .change, subject: "auth_\(number)", outcome: "tried")
            #expect(try await bench.ledger.submit(Append(draft: draft)) == Int64(number))
            try await bench.checkEdge()
        }
    }

    @Test func `LOG-ATOMIC: a refused command leaves no leaf, and the edge as it was`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let before = try await bench.leaves().count
        await #expect(throws: Rejection.authorization(.captureAboveAuthorized(capturable: 100))) {
            try await bench.beginCapture(id, 101)
        }
        await #expect(throws: BenchError.onPurpose) { try await bench.ledger.submit(AppendAndFail()) }
        #expect(try await bench.leaves().count == before)
        try await bench.checkEdge()
    }

    @Test func `LOG-ATOMIC: where no leaf can be written, nothing changes`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        try bench.raw { db in try db.execute(sql: "DELETE FROM log_edge") }
        let before = try await bench.load(id)
        // Two in a row: one of the two sizes needs a level of the edge that is gone.
        var (faults, changes) = (0, 0)
        for _ in 0..<2 {
            do {
                let start = try await bench.beginCapture(id, 10, isFinal: false)
                changes += 1
                try await bench.end(start)
                changes += 1
            } catch is LedgerFault {
                faults += 1
            }
        }
        #expect(faults > 0)
        let after = try await bench.load(id)
        #expect(after.version == before.version + changes)
        #expect(try await bench.leaves(about: id.text).count == after.version)
        if changes == 0 { #expect(after == before) }
    }

    @Test func `LOG-LEAF: the outbox has one row an event, numbered without a gap`() async throws {
        let bench = try Bench()
        let id = try await bench.wholeLife(try await bench.person())
        let events = try await bench.texts(
            "SELECT sequence || ' ' || type FROM outbox WHERE authorization = ? ORDER BY sequence", [id.text])
        #expect(
            events == [
                "1 authorization.created", "2 authorization.processing", "3 authorization.approved",
                "4 capture.started", "5 authorization.part_captured", "6 capture.started", "7 capture.failed",
                "8 refund.started", "9 refund.succeeded", "10 authorization.captured",
                "11 authorization.released",
            ])
    }
}

/// Appends a leaf and fails.
struct AppendAndFail: Command {
    func run(in transaction: Transaction) throws {
        try transaction.appendLeaf(LeafDraft(kind: .change, subject: "auth_x", outcome: "tried"))
        throw BenchError.onPurpose
    }
}
