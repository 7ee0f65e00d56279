import Foundation
import GRDB
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// `AuditVerifier` on what nobody touched: it finds nothing, and says what it looked at.
@Suite struct VerificationTests {
    @Test
    func `LOG-TAMPER: a log and a state that nobody touched agree, and the report says what was covered`()
        async throws
    {
        let copy = try await TamperSpecimen.small.value.copy()
        let report = await copy.verify(held: [copy.specimen.notes[0]])
        #expect(report.findings.isEmpty)
        #expect(report.notices.isEmpty)
        #expect(report.leaves > 40 && report.coveredSize == report.leaves)
        #expect(report.ownCheckpoints == copy.specimen.notes.count && report.heldCheckpoints == 1)
        #expect(report.subjects["auth_"] ?? 0 >= 7 && report.subjects["prx_"] == 1)
        #expect(report.subjects["rel_"] == 1 && report.subjects["price_list:"] == 1)
        #expect(report.openedStates == report.subjects.values.reduce(0, +))
        #expect(report.decisions > 10 && report.filings == 1 && report.evidence > 0)
        #expect(report.openedInputs ?? 0 > 0)
        #expect(report.ofFirstVersion == 0)
    }

    @Test func `LOG-TAMPER: an empty log verifies`() async throws {
        let bench = try Bench()
        let report = AuditVerifier(path: bench.path).verify()
        #expect(report.findings.isEmpty && report.notices.isEmpty && report.leaves == 0)
        #expect(report.root == MerkleHash.ofNothing)
    }

    @Test func `LOG-TAMPER: it verifies beside a server that writes, each time one whole state`() async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        async let work: Void = {
            for number in 0..<20 { _ = try await bench.wholeLife(person, reference: "\(number)") }
        }()
        var sizes: [Int64] = []
        repeat {
            let report = AuditVerifier(path: bench.path, vault: OpenVault()).verify()
            #expect(report.findings.isEmpty)
            sizes.append(report.leaves)
        } while sizes.last ?? 0 < 200
        try await work
        #expect(sizes == sizes.sorted())
        #expect(LogCheck.findings(bench.path, vault: OpenVault()).isEmpty)
    }

    @Test func `LOG-TAMPER: a file that is no database is a finding, and so is one that is not there`() throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("godkend.sqlite")
        func kinds() -> [String] { AuditVerifier(path: path).verify().findings.map(\.kind) }
        #expect(kinds() == ["unreadable"])
        try Data("no database at all".utf8).write(to: URL(fileURLWithPath: path))
        #expect(kinds().contains("unreadable"))
    }

    @Test func `LOG-TAMPER: a copy that may only be read is verified all the same`() async throws {
        let copy = try await TamperSpecimen.small.value.copy()
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: copy.path)
        #expect(await copy.verify().findings.isEmpty)
    }

    @Test func `LOG-TAMPER: a torn last note is told and is no failure`() async throws {
        let copy = try await TamperSpecimen.small.value.copy()
        let notes = copy.specimen.notes
        try copy.write(notes: notes.dropLast() + [String((notes.last ?? "").dropLast(9))])
        let report = await copy.verify()
        #expect(report.findings.isEmpty)
        #expect(report.notices.contains(.tornCheckpoint))
        #expect(report.notices.contains(.uncovered(leaves: report.leaves - (report.coveredSize ?? 0))))
        #expect(report.coveredSize ?? 0 < report.leaves)
    }

    @Test func `LOG-TAMPER: a file of checkpoints far longer than what is read at once is read to its end`()
        async throws
    {
        let copy = try await TamperSpecimen.small.value.copy()
        let last = try #require(copy.specimen.notes.last)
        try copy.write(notes: copy.specimen.notes + Array(repeating: last, count: 800))
        let report = await copy.verify()
        #expect(report.findings.isEmpty)
        #expect(report.ownCheckpoints == copy.specimen.notes.count + 800)
    }

    @Test func `LOG-TAMPER: without a checkpoint the report says that only the file vouches`() async throws {
        let copy = try await TamperSpecimen.small.value.copy()
        let report = AuditVerifier(path: copy.path).verify()
        #expect(report.findings.isEmpty && report.coveredSize == nil)
        #expect(report.notices == [.uncovered(leaves: report.leaves)])
        #expect(report.openedInputs == nil)
    }

    @Test func `LOG-TAMPER: leaves of version 1 vouch for the public fields, and the report says so`()
        async throws
    {
        let copy = try await TamperSpecimen.small.value.copy()
        try copy.spoil { db in try Forger(copy.specimen).makeFirstVersion(in: db) }
        try FileManager.default.removeItem(atPath: copy.checkpoints)
        #expect(await copy.findings().isEmpty)
        let report = await copy.verify()
        #expect(report.openedStates == 0)
        #expect(report.ofFirstVersion == report.subjects.values.reduce(0, +))
        try copy.spoil { db in
            try db.execute(
                sql: """
                    UPDATE authorizations SET captured = captured + 1 WHERE status = 'captured';
                    UPDATE decisions SET reason = 'card_blocked' WHERE reason = 'confirmation_denied';
                    UPDATE holds SET status = 'expired' WHERE status = 'released';
                    UPDATE prescriptions SET status = 'canceled'; UPDATE relations SET status = 'revoked';
                    """)
        }
        let findings = await copy.findings()
        for field in ["state", "status"] {
            #expect(
                findings.contains { if case .fieldDiffers(_, field, _) = $0 { true } else { false } })
        }
        for field in ["reason", "trace"] {
            #expect(
                findings.contains { if case .recordDiffers(_, _, field, _) = $0 { true } else { false } })
        }
        for prefix in ["auth_", "hold_", "prx_", "rel_"] {
            #expect(findings.contains { $0.place.hasPrefix(prefix) }, "\(prefix)")
        }
    }

    @Test func `LOG-ERASE: after an erasure the log verifies with every state vouched for anew`() async throws
    {
        let shops = try await StillShops()
        let rx = shops.rx
        let kaja = try await rx.patient()
        let key = try LogKey(raw: Array(repeating: 6, count: 32), name: "log.example/erased")
        let record = try await rx.file(try rx.content())
        let order = try await shops.paidOrder(kaja, [Draw(record)])
        try await rx.handOver(order.id, isFinal: true)
        let denied = try await rx.stage.authorize(kaja)
        try await rx.stage.answer(denied, by: kaja.app, .deny)
        let pair = try await OperatorPair(rx.gateway.ledger)
        let path = rx.stage.folder.file("godkend.sqlite")
        let before = try TamperSpecimen.checkpoint(of: path, by: key)
        let ledger = rx.gateway.ledger
        let asked = try await ledger.submit(RequestChange(.eraseCustomer(kaja.id), by: pair.first))
        guard case .done(let change) = asked else {
            Issue.record("\(asked)")
            return
        }
        let made = try await ledger.submit(
            ApproveChange(
                change.id, digest: Hex.encode(change.digest), by: pair.second,
                activation: NewActivation(codeMAC: [1])))
        guard case .made = made else {
            Issue.record("\(made)")
            return
        }
        let trust = CheckpointTrust(key: key.verificationKey, file: nil, held: [before])
        let report = AuditVerifier(path: path, checkpoints: trust, vault: rx.gateway.vault).verify()
        #expect(report.findings == [])
        #expect(report.openedStates == report.subjects.values.reduce(0, +))
        let gone = try await ledger.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM leaf_salts WHERE salt = x''") ?? 0
        }
        #expect(gone > 5)
        await rx.stage.stop()
    }
}
