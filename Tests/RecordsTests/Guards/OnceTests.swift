import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// What may happen once happens once: each conditional update with two callers in one batch, and what it must
/// leave alone.
@Suite struct OnceTests {
    private let bench: Bench
    private let person: Person

    init() async throws {
        bench = try Bench()
        person = try await bench.person()
    }

    /// Both commands wait until the writer takes them into one transaction.
    private func together<C: Command>(_ first: C, _ second: C) async throws -> [Result<C.Outcome, any Error>]
    {
        let gate = Gate()
        let ledger = bench.ledger
        async let held = ledger.submit(gate.command)
        await gate.waitUntilReached()
        let before = ledger.queueLength
        let one = Task { await Self.result { try await ledger.submit(first) } }
        await ledger.waitUntilQueued(before + 1)
        let other = Task { await Self.result { try await ledger.submit(second) } }
        await ledger.waitUntilQueued(before + 2)
        gate.open()
        _ = try await held
        return [await one.value, await other.value]
    }

    private static func result<Value>(_ body: () async throws -> Value) async -> Result<Value, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    private func leaves(_ subject: String? = nil) async throws -> Int64 {
        try await bench.number(
            "SELECT count(*) FROM leaves WHERE ?1 IS NULL OR subject = ?1", [subject])
    }

    private func alerts(_ kind: AlertKind) async throws -> Int64 {
        try await bench.number(
            "SELECT count(*) FROM alerts WHERE customer = ? AND kind = ?", [person.id, kind.rawValue])
    }

    // MARK: Blocks

    @Test func `SCA-08: a customer is blocked once and unblocked once, and the first moment stands`()
        async throws
    {
        _ = try await together(BlockCustomer(person.id), BlockCustomer(person.id))
        #expect(try await alerts(.customerBlocked) == 1)
        let moment = try await bench.number("SELECT blocked_at FROM customers WHERE id = ?", [person.id])
        bench.clock.advance(seconds: 60)
        _ = try await bench.ledger.submit(BlockCustomer(person.id))
        #expect(
            try await bench.number("SELECT blocked_at FROM customers WHERE id = ?", [person.id]) == moment)
        let before = try await leaves()
        _ = try await together(UnblockCustomer(person.id), UnblockCustomer(person.id))
        #expect(try await alerts(.customerUnblocked) == 1)
        #expect(try await leaves() == before + 1)
    }

    @Test func `SCA-08: unblocking ends a report that still stands, and not blocked is no news`() async throws
    {
        try await bench.ledger.submit(
            RunSQL("UPDATE customers SET reported_until = 9000000000000 WHERE id = '\(person.id)'"))
        _ = try await bench.ledger.submit(UnblockCustomer(person.id))
        let standing = try await bench.texts("SELECT ifnull(reported_until, '-') FROM customers")
        #expect(standing == ["-"])
        let before = try await leaves()
        _ = try await bench.ledger.submit(UnblockCustomer(person.id))
        #expect(try await leaves() == before)
    }

    @Test func `SCA-08: a certificate is blocked once`() async throws {
        _ = try await together(
            SetCertificate(of: person.id, isValid: false), SetCertificate(of: person.id, isValid: false))
        #expect(try await alerts(.certificateChanged) == 1)
    }

    @Test func `PAY-DECLINE: a card is blocked once, and the first moment stands`() async throws {
        let card = try #require(
            CardID(try await bench.texts("SELECT id FROM cards WHERE customer = ?", [person.id])[0]))
        _ = try await together(BlockCard(card), BlockCard(card))
        let moment = try await bench.number("SELECT blocked_at FROM cards")
        bench.clock.advance(seconds: 60)
        _ = try await bench.ledger.submit(BlockCard(card))
        #expect(try await bench.number("SELECT blocked_at FROM cards") == moment)
        #expect(try await leaves(card.text) == 2, "enrolled, and blocked once")
    }

    @Test func `SCA-32: a device is revoked once, and another's device not at all`() async throws {
        let stranger = try await bench.person()
        func block(_ customer: CustomerID) -> BlockFactor {
            BlockFactor(customer: customer, kind: .app, device: person.device, by: .customer)
        }
        #expect(try await bench.ledger.submit(block(stranger.id)) == false)
        #expect(try await bench.texts("SELECT DISTINCT status FROM devices") == ["active"])
        _ = try await together(block(person.id), block(person.id))
        #expect(try await alerts(.deviceRevoked) == 1)
        #expect(
            try await bench.texts("SELECT status FROM devices WHERE id = ?", [person.device]) == ["revoked"])
        #expect(
            try await bench.texts("SELECT status FROM devices WHERE id = ?", [stranger.device]) == ["active"])
    }

    /// Who blocked it first, who then, and whose word stands.
    @Test(arguments: [
        (AuthenticatorBlocker.customer, AuthenticatorBlocker.issuer, AuthenticatorBlocker.issuer),
        (.issuer, .customer, .issuer), (.failures, .customer, .customer), (.customer, .failures, .customer),
        (.issuer, .failures, .issuer), (.customer, .customer, .customer),
    ])
    func `SCA-08: the issuer's word stands, and after it the customer's`(
        first: AuthenticatorBlocker, second: AuthenticatorBlocker, standing: AuthenticatorBlocker
    ) async throws {
        for blocker in [first, second] {
            _ = try await bench.ledger.submit(
                BlockFactor(customer: person.id, kind: .password, by: blocker))
        }
        let found = try await bench.texts(
            "SELECT blocked_by FROM authenticators WHERE customer = ? AND kind = 'password'", [person.id])
        #expect(found == [standing.rawValue])
    }

    @Test(arguments: [(AuthenticatorBlocker.issuer, false), (.customer, true)])
    func `SCA-08: a new key card lifts a block, but not the issuer's`(
        blocker: AuthenticatorBlocker, isLifted: Bool
    ) async throws {
        _ = try await issueKeyCard()
        _ = try await bench.ledger.submit(BlockFactor(customer: person.id, kind: .keyCard, by: blocker))
        _ = try await issueKeyCard()
        let status = try await bench.texts(
            "SELECT status FROM authenticators WHERE customer = ? AND kind = 'key_card'", [person.id])
        #expect(status == [isLifted ? "active" : "blocked"])
    }

    @discardableResult
    private func issueKeyCard() async throws -> KeyCardID {
        let id: KeyCardID = bench.entropy.identifier(at: bench.clock.now())
        _ = try await bench.ledger.submit(
            IssueKeyCard(
                id: id, customer: person.id, entries: [KeyCardEntry(number: "0001", mac: [1, 2, 3])]))
        return id
    }

    @Test func `SCA-07: a card that was replaced stays so, whatever is blocked later`() async throws {
        let old = try await issueKeyCard()
        let new = try await issueKeyCard()
        _ = try await bench.ledger.submit(BlockFactor(customer: person.id, kind: .keyCard, by: .customer))
        func status(_ card: KeyCardID) async throws -> [String] {
            try await bench.texts("SELECT status FROM key_cards WHERE id = ?", [card])
        }
        #expect(try await status(old) == ["replaced"])
        #expect(try await status(new) == ["blocked"])
    }

    // MARK: Codes and tokens

    @Test func `SCA-32: one activation code makes one device, and a new one ends the one before`()
        async throws
    {
        func order(_ mac: [UInt8]) async throws {
            _ = try await bench.ledger.submit(
                OrderActivationCode(customer: person.id, codeMAC: mac, origin: .issuer))
        }
        func enrol(_ mac: [UInt8]) throws -> EnrolDevice {
            let key = try SigningKey()
            let hash = try bench.raw { db in
                try Data.fetchOne(
                    db, sql: "SELECT person_number_hash FROM customers WHERE id = ?", arguments: [person.id])
            }
            return EnrolDevice(
                login: .personNumber(hash: [UInt8](hash ?? Data())), codeMAC: mac,
                name: try PlainText("Telefon", maximum: 100), publicKey: key.publicKey.raw64,
                thumbprint: key.publicKey.thumbprint, holdSeconds: 0)
        }
        try await order([1])
        let first = try await bench.number("SELECT count(*) FROM activation_codes WHERE ended_at IS NULL")
        #expect(first == 1)
        bench.clock.advance(seconds: 1)
        try await order([2])
        #expect(try await bench.ledger.submit(enrol([1])) == .refused)
        let outcomes = try await together(enrol([2]), enrol([2])).map { try $0.get() }
        #expect(outcomes.filter { $0 == .refused }.count == 1)
        #expect(
            try await bench.number("SELECT count(*) FROM devices WHERE customer = ?", [person.id]) == 2)
    }

    @Test func `PAN-1: one token pays once, though two ask in one batch`() async throws {
        let token = try await bench.token(of: person)
        let outcomes = try await together(
            bench.asking(token, reference: "1"), bench.asking(token, reference: "2"))
        #expect(outcomes.filter { (try? $0.get()) != nil }.count == 1)
        let refused = outcomes.compactMap { result -> Rejection? in
            if case .failure(let error) = result { error as? Rejection } else { nil }
        }
        #expect(refused == [.cardTokenUsed])
        #expect(try await bench.number("SELECT count(*) FROM authorizations") == 1)
    }

    @Test
    func `PAN-1: the sweep takes the number of a token nobody used, not of one that is being paid with`()
        async throws
    {
        let used = try await bench.create(person)
        let unused = try await bench.token(of: person)
        let saved = try await bench.token(of: person, seconds: nil)
        try await bench.answer(used, by: person)
        bench.clock.advance(seconds: 901)
        _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31))
        func length(_ condition: String) async throws -> Int64 {
            try await bench.number("SELECT length(number_sealed) FROM card_tokens WHERE \(condition)")
        }
        #expect(try await length("used_at IS NOT NULL") == 3)
        #expect(try await length("id = '\(unused)'") == 0)
        #expect(try await length("id = '\(saved)'") == 3)
        // After the bank's answer nobody needs the number of a single use.
        try await bench.settle(used.id)
        #expect(try await length("used_at IS NOT NULL") == 0)
        #expect(try await length("id = '\(saved)'") == 3)
    }

    @Test func `PAY-IDEM: a key that waits for the bank is not forgotten, however old it is`() async throws {
        let id = try await bench.approved(person)
        let key = bench.key("k", route: "capture", ["amount": "60"])
        let start = try await bench.beginCapture(id, 60, key: key)
        bench.clock.advance(seconds: 32 * 86_400)
        _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31))
        #expect(try await bench.number("SELECT count(*) FROM stored_answers WHERE key = 'k'") == 1)
        try await bench.end(start)
        #expect(try await bench.number("SELECT captured FROM authorizations") == 60)
        _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31))
        #expect(try await bench.number("SELECT count(*) FROM stored_answers WHERE key = 'k'") == 0)
    }

    // MARK: Answers and results

    @Test func `SCA-18: of two answers in one batch the first decides`() async throws {
        let asked = try await bench.create(person)
        let outcomes = try await together(
            bench.answering(asked, by: person, .deny), bench.answering(asked, by: person))
        #expect((try? outcomes[0].get())?.status == .denied)
        #expect((try? outcomes[1].get())?.status != .approved)
        #expect(try await bench.number("SELECT count(*) FROM answers") == 1)
        #expect(try await bench.load(asked.id).status == .declined)
    }

    @Test func `ACQ-ONCE: the bank's word is booked once, though it comes twice in one batch`() async throws {
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        let original = try await bench.ledger.read { db in try IntentRecord.original(of: asked.id, in: db) }
        let intent = try #require(original)
        func settle(_ code: String) -> SettleAuthorize {
            SettleAuthorize(
                intent: intent.id, result: .approved(approvedMinor: intent.amountMinor, code: code),
                daysToCapture: [.visa: 7])
        }
        _ = try await together(settle("A1B2C3"), settle("ZZZZZZ"))
        #expect(try await bench.texts("SELECT approval_code FROM authorizations") == ["A1B2C3"])
        #expect(
            try await bench.number("SELECT count(*) FROM decisions WHERE stage = 'result'") == 1)
        #expect(try await bench.openIntents(of: asked.id) == [])
    }

    @Test(arguments: [true, false])
    func `ACQ-ONCE: a capture and a refund are booked once, and a no after a yes changes nothing`(
        isAccepted: Bool
    ) async throws {
        let id = try await bench.approved(person)
        guard case .begun(let capture) = try await bench.beginCapture(id, 60) else {
            throw BenchError.bad("not begun")
        }
        _ = try await together(
            SettleFollowUp(intent: capture, isAccepted: true),
            SettleFollowUp(intent: capture, isAccepted: isAccepted))
        #expect(try await bench.number("SELECT captured FROM authorizations") == 60)
        #expect(try await bench.number("SELECT capturing FROM authorizations") == 0)
        guard case .begun(let refund) = try await bench.beginRefund(id, 20) else {
            throw BenchError.bad("not begun")
        }
        _ = try await together(
            SettleFollowUp(intent: refund, isAccepted: true),
            SettleFollowUp(intent: refund, isAccepted: isAccepted))
        #expect(try await bench.number("SELECT refunded FROM authorizations") == 20)
        #expect(try await bench.texts("SELECT status FROM refunds") == ["succeeded"])
    }

    // MARK: Relations

    @Test func `RX-PROXY: a relation is approved once, ends once, and never comes back`() async throws {
        let id: RelationID = bench.entropy.identifier(at: bench.clock.now())
        let day = try #require(LocalDate("2030-01-01"))
        _ = try await bench.ledger.submit(
            AddRelation(
                id: id, kind: .powerOfAttorney, patientHash: [9], holder: person.id, days: day...day,
                isApproved: false))
        _ = try await together(ApproveRelation(id), ApproveRelation(id))
        #expect(try await leaves(id.text) == 2, "asked for, and approved once")
        _ = try await together(RevokeRelation(id), RevokeRelation(id))
        let moment = try await bench.number("SELECT ended_at FROM relations")
        #expect(try await leaves(id.text) == 3)
        bench.clock.advance(seconds: 60)
        #expect(try await bench.ledger.submit(ApproveRelation(id)) == .over)
        _ = try await bench.ledger.submit(RevokeRelation(id))
        #expect(try await bench.number("SELECT ended_at FROM relations") == moment)
        #expect(try await bench.texts("SELECT status FROM relations") == ["revoked"])
    }
}
