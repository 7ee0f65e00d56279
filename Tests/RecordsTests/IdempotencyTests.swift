import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

/// Answers kept for their key, in the transaction of their effect.
@Suite struct IdempotencyTests {
    private func text(_ answer: WrittenAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    @Test func `PAY-IDEM: the same key and request get the first answer byte for byte, and one effect`()
        async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let token = try await bench.token(of: person)
        let asking = try bench.asking(token, key: bench.key("k1", ["amount": "100", "card": "x"]))
        let first = try await bench.ledger.submit(asking)
        #expect(!first.answer.isReplay && first.answer.status == 201 && first.created != nil)
        // What became of the payment meanwhile does not matter: it is the first answer again.
        let id = try #require(first.created?.id)
        _ = try await bench.cancel(id)
        for _ in 0..<3 {
            let again = try await bench.ledger.submit(asking)
            #expect(again.answer.isReplay && again.created == nil)
            #expect(again.answer.status == 201 && again.answer.body == first.answer.body)
        }
        #expect(try await bench.number("SELECT count(*) FROM authorizations") == 1)
    }

    @Test func `PAY-IDEM: a decline is replayed too`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asking = try bench.asking(
            try await bench.token(of: person), isSuspended: true, key: bench.key("k1", ["a": "1"]))
        let first = try await bench.ledger.submit(asking).answer
        let again = try await bench.ledger.submit(asking).answer
        #expect(text(first).contains("declined"))
        #expect(again.isReplay && again.body == first.body && again.status == first.status)
    }

    @Test func `PAY-IDEM: thirty at once on one key make one authorization and get one answer`() async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let asking = try bench.asking(
            try await bench.token(of: person), key: bench.key("k1", ["a": "1"]))
        let answers = try await withThrowingTaskGroup(of: WrittenAnswer.self) { group in
            for _ in 0..<30 { group.addTask { try await bench.ledger.submit(asking).answer } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 30)
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.filter { !$0.isReplay }.count == 1)
        #expect(try await bench.number("SELECT count(*) FROM authorizations") == 1)
    }

    typealias Difference = (sent: [String: String], names: [String])

    /// The first request is `amount: 100, card: x`.
    static let differences: [Difference] = [
        (["amount": "101", "card": "x"], ["amount"]), (["amount": "101", "card": "y"], ["amount", "card"]),
        (["amount": "100"], ["card"]), (["amount": "100", "card": "x", "capture": "manual"], ["capture"]),
        ([:], ["amount", "card"]), (["amount": "x", "card": "100"], ["amount", "card"]),
        (["amount": "100", "card": "x", "order name": "1"], ["order name"]),
    ]

    @Test(arguments: differences)
    func `PAY-IDEM: the same key for another request is refused by the names that differ`(
        sent: [String: String], names: [String]
    ) async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let token = try await bench.token(of: person)
        _ = try await bench.ledger.submit(
            try bench.asking(token, key: bench.key("k1", ["amount": "100", "card": "x"])))
        let other = try bench.asking(token, key: bench.key("k1", sent))
        await #expect(throws: Rejection.idempotencyKeyReused(differing: names)) {
            try await bench.ledger.submit(other)
        }
    }

    @Test func `PAY-IDEM: a key is one merchant's, in one mode, on one route`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let live = Owner(merchant: bench.shop.merchant, isLive: true)
        for owner in [bench.shop, bench.otherShop, live] {
            let person = try await bench.person()
            let token = try await bench.token(of: person, for: owner)
            let outcome = try await bench.ledger.submit(
                try bench.asking(
                    token, reference: "r-\(owner.hashValue)", of: owner,
                    key: bench.key("k1", of: owner, ["a": "1"])))
            #expect(!outcome.answer.isReplay)
        }
        let elsewhere = try await bench.cancel(id, key: bench.key("k1", route: "cancel", ["a": "1"]))
        #expect(!elsewhere.isReplay)
    }

    @Test func `PAY-IDEM: a key whose acquirer call is open is in flight, then its answer is there`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let key = bench.key("k1", route: "capture", ["amount": "60"])
        let start = try await bench.beginCapture(id, 60, isFinal: false, key: key)
        guard case .begun(let intent) = start else { throw BenchError.bad("\(start)") }
        #expect(try await bench.beginCapture(id, 60, isFinal: false, key: key) == .underWay(intent))
        #expect(try await bench.openIntents(of: id) == ["capture 60"])
        let early = try await bench.ledger.read { db in try KeyLookup.answer(key.stored, in: db)?.status }
        #expect(early == nil)
        try await bench.end(start)
        guard case .replay(let answer) = try await bench.beginCapture(id, 60, isFinal: false, key: key) else {
            throw BenchError.bad("no replay")
        }
        #expect(answer.isReplay && answer.status == 200)
        let version = try await bench.load(id).version
        #expect(text(answer) == "\(id) approved v\(version)")
        #expect(try await bench.load(id).lifecycle.sums.captured == 60)
        let kept = try await bench.ledger.read { db in try KeyLookup.answer(key.stored, in: db)?.sealed }
        #expect(kept == [0xA5] + answer.body)
    }

    @Test func `PAY-IDEM: another request under a key in flight is refused by name as well`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        _ = try await bench.beginCapture(id, 60, key: bench.key("k1", route: "capture", ["amount": "60"]))
        let other = bench.key("k1", route: "capture", ["amount": "61"])
        await #expect(throws: Rejection.idempotencyKeyReused(differing: ["amount"])) {
            try await bench.beginCapture(id, 61, key: other)
        }
    }

    @Test func `ACQ-ONCE: a refused capture frees its key; a refused refund keeps its answer`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let captureKey = bench.key("k1", route: "capture", ["amount": "60"])
        try await bench.end(
            try await bench.beginCapture(id, 60, isFinal: false, key: captureKey), isAccepted: false)
        let again = try await bench.beginCapture(id, 60, isFinal: false, key: captureKey)
        try await bench.end(again)
        let refundKey = bench.key("k2", route: "refunds", ["amount": "10"])
        try await bench.end(try await bench.beginRefund(id, 10, key: refundKey), isAccepted: false)
        guard case .replay(let answer) = try await bench.beginRefund(id, 10, key: refundKey) else {
            throw BenchError.bad("no replay")
        }
        #expect(text(answer).hasSuffix("failed"))
        #expect(try await bench.load(id).lifecycle.sums.refundable == 60)
    }

    @Test func `PAY-IDEM: a rejected request stores nothing, not even its key`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let key = bench.key("k1", route: "capture", ["amount": "101"])
        await #expect(throws: Rejection.authorization(.captureAboveAuthorized(capturable: 100))) {
            try await bench.beginCapture(id, 101, key: key)
        }
        #expect(try await bench.number("SELECT count(*) FROM stored_answers") == 0)
    }

    @Test(arguments: [(-1, true), (0, false), (1, false)] as [(Int64, Bool)])
    func `PAY-IDEM: an answer is kept 31 days, to the millisecond`(
        milliseconds: Int64, isKept: Bool
    ) async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asking = try bench.asking(
            try await bench.token(of: person, seconds: nil), isSuspended: true,
            key: bench.key("k1", ["a": "1"]))
        _ = try await bench.ledger.submit(asking)
        bench.clock.advance(seconds: 31 * 86_400)
        bench.clock.advance(milliseconds: milliseconds)
        _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31))
        #expect(try await bench.ledger.submit(asking).answer.isReplay == isKept)
    }
}
