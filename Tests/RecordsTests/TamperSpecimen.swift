import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Vocabulary

/// A finished database of real payments and pharmacy orders, with the checkpoints that were signed on the
/// way: what every tampering test works on copies of.
struct TamperSpecimen: Sendable {
    /// The database file, with nothing left in its log.
    let bytes: Data
    let key: LogKey
    /// The notes of `checkpoints.log`; the last covers every leaf.
    let notes: [String]
    let vault: any RecordVault

    /// About a megabyte; made once.
    static let large = Task { try await make(rounds: 5) }
    /// One of everything.
    static let small = Task { try await make(rounds: 1) }

    private static func make(rounds: Int) async throws -> TamperSpecimen {
        let rx = try await PharmacyStage()
        let path = rx.stage.folder.file("godkend.sqlite")
        let key = try LogKey(raw: Array(repeating: 3, count: 32), name: "log.example/godkend")
        var story = try await TamperStory(rx)
        var notes = [try checkpoint(of: path, by: key)]
        for round in 0..<rounds {
            try await story.tell(round)
            notes.append(try checkpoint(of: path, by: key))
        }
        let vault = rx.gateway.vault
        await rx.stage.stop()
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        return TamperSpecimen(bytes: bytes, key: key, notes: notes, vault: vault)
    }

    /// A checkpoint of a file as it is now.
    static func checkpoint(of path: String, by key: LogKey) throws -> String {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try key.sign(
                Checkpoint(
                    origin: key.name, size: LogReading.size(in: db), root: LogReading.root(in: db))
            ).text
        }
    }

    /// A copy of its own, to be spoiled.
    func copy() throws -> TamperCopy { try TamperCopy(self) }
}

/// What happens in a specimen: every kind of row that is audited gets written.
private struct TamperStory {
    let rx: PharmacyStage
    let kaja: TestKit.Actor
    let niels: TestKit.Actor

    init(_ rx: PharmacyStage) async throws {
        self.rx = rx
        kaja = try await rx.patient(.kaja, card: "4242424242424242")
        niels = try await rx.patient(.niels, card: "5555555555554444")
        _ = try await rx.gateway.issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: try PersonNumber(SpecimenPatient.kaja.number),
                holder: niels.id, from: nil, to: nil, isApproved: true))
        _ = try await OperatorPair(rx.gateway.ledger)
    }

    mutating func tell(_ round: Int) async throws {
        try await pay()
        try await decline()
        try await handOver(round)
    }

    private var stage: Stage { rx.stage }

    private func pay() async throws {
        let paid = try await stage.approved(kaja)
        guard paid.status == .approved else { throw BenchError.bad("\(paid.lifecycle)") }
        for (amount, isFinal) in [(Int64(10_000), false), (5_000, true)] {
            _ = try await stage.gateway.capture(
                paid.id, CaptureRequest(amountMinor: amount, isFinal: isFinal), caller: stage.shop,
                identity: stage.identity("capture \(paid.id.text)"))
            _ = try await stage.settled(paid.id)
        }
        _ = try await stage.gateway.refund(
            paid.id, RefundRequest(amountMinor: 1_000, reason: try PlainText("fortrudt", maximum: 200)),
            caller: stage.shop, identity: stage.identity("refund \(paid.id.text)"))
    }

    private func decline() async throws {
        let denied = try await stage.authorize(kaja, metadata: [])
        try await stage.answer(denied, by: kaja.app, .deny)
        let carded = try await stage.authorize(kaja)
        if let id = carded.confirmation?.id {
            _ = try await stage.gateway.ledger.submit(
                OfferFactor(confirmation: id, owner: nil, factor: .keyCard, key: nil))
        }
        _ = try await stage.authorize(kaja, amount: 90_000_000)
    }

    private func handOver(_ round: Int) async throws {
        let lines = [
            try RecordDraft.line("1", packages: "2", handovers: 3), try RecordDraft.line("2", packages: "1"),
        ]
        let record = try await rx.file(try rx.content(lines, record: "rx-\(round)"))
        let paid = try await rx.paidOrder(niels, [Draw(record, line: "1", quantity: 2)])
        let first = try await rx.handOver(paid.id)
        try await rx.undo(first, of: paid.id)
        try await rx.handOver(paid.id)
        // The line is held: this one is declined for it.
        _ = try await rx.order(kaja, [Draw(record, line: "1")])
        let waiting = try await rx.order(kaja, [Draw(record, line: "2")])
        _ = try await stage.gateway.ledger.submit(
            CancelAuthorization(
                id: waiting.id, owner: Owner(merchant: rx.pharmacy.merchant.id, isLive: false),
                reason: try PlainText("udsolgt", maximum: 200), key: nil))
    }
}

/// Two administrators, and a third operator whom the first has asked for.
struct OperatorPair {
    let first: OperatorID
    let second: OperatorID

    init(_ ledger: Ledger) async throws {
        first = try await Self.add("karen", by: nil, to: ledger)
        second = try await Self.add("kim", by: first, to: ledger)
        _ = try await ledger.submit(try Self.adding("sam", .viewer, by: first, to: ledger))
    }

    private static func add(_ name: String, by adder: OperatorID?, to ledger: Ledger) async throws
        -> OperatorID
    {
        let outcome = try await ledger.submit(try adding(name, .administrator, by: adder, to: ledger))
        guard case .added(let id, _) = outcome else { throw BenchError.bad("operator") }
        return id
    }

    private static func adding(
        _ name: String, _ role: OperatorRole, by adder: OperatorID?, to ledger: Ledger
    ) throws -> AddOperator {
        AddOperator(
            NewOperator(
                identity: ledger.context.makeID(at: ledger.context.now()),
                userID: try UserID("operator-" + name),
                nameSealed: [1], name: try DisplayName(name), role: role, password: "scrypt"),
            by: adder, activation: NewActivation(codeMAC: ledger.context.randomBytes(32)))
    }
}

/// One copy of a specimen in a folder of its own.
struct TamperCopy {
    let specimen: TamperSpecimen
    let folder: TemporaryFolder

    var path: String { folder.file("godkend.sqlite") }
    var checkpoints: String { folder.file("checkpoints.log") }

    init(_ specimen: TamperSpecimen) throws {
        self.specimen = specimen
        folder = try TemporaryFolder()
        try write(specimen.bytes)
        try write(notes: specimen.notes)
    }

    func write(_ bytes: Data) throws {
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func write(notes: [String]) throws {
        try Data(notes.joined().utf8).write(to: URL(fileURLWithPath: checkpoints))
    }

    /// What `audit verify` finds with the log's key and, if told so, with checkpoints kept elsewhere.
    func verify(held: [String] = [], by key: LogKey? = nil) -> AuditReport {
        AuditVerifier(
            path: path,
            checkpoints: CheckpointTrust(
                key: (key ?? specimen.key).verificationKey, file: checkpoints, held: held),
            vault: specimen.vault
        ).verify()
    }

    /// Works on the file past the program: no trigger, no check and no reference stands in the way.
    @discardableResult
    func spoil<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            return try body(db)
        }
    }

    /// Findings but for the triggers that `spoil` took away: they are never what proves a change.
    func findings(held: [String] = [], by key: LogKey? = nil) -> [AuditFinding] {
        verify(held: held, by: key).findings.filter {
            if case .schemaDiffers(let name) = $0 { !name.hasPrefix("trigger ") } else { true }
        }
    }
}
