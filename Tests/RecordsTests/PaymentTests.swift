import GRDB
import Lifecycles
import Notation
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// A payment's three transactions and what follows them, at the records' level.
@Suite struct PaymentTests {
    // MARK: The question

    @Test(arguments: [(-1, true), (0, false), (1, false)] as [(Int64, Bool)], [false, true])
    func `SCA-16: an answer counts a millisecond before the end, not at it nor after, swept or not`(
        moment: (milliseconds: Int64, counts: Bool), isSwept: Bool
    ) async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let answer = try await bench.answering(asked, by: person)
        bench.clock.advance(seconds: 300)
        bench.clock.advance(milliseconds: moment.milliseconds)
        if isSwept { _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31)) }
        if moment.counts {
            #expect(try await bench.ledger.submit(answer).status == .approved)
        } else {
            await #expect(throws: Rejection.confirmationOver(.expired)) {
                try await bench.ledger.submit(answer)
            }
            try await bench.ledger.submit(ExpireIfDue(id: asked.id))
            #expect(try await bench.load(asked.id).decline?.reason == .confirmationExpired)
            #expect(try await bench.openIntents(of: asked.id).isEmpty)
        }
    }

    @Test func `SCA-13: one wrong number ends it; the right one afterwards is refused`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let right = try await bench.answering(asked, by: person)
        let first = try await bench.answer(asked, by: person, code: "48")
        #expect(first.status == .denied && first.reason == .matchCodeWrong)
        await #expect(throws: Rejection.confirmationOver(.denied)) { try await bench.ledger.submit(right) }
        #expect(try await bench.load(asked.id).decline?.reason == .matchCodeWrong)
    }

    @Test func `SCA-18: approve and deny race a hundred times, and one wins each time`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        var approvals = 0
        for number in 0..<100 {
            let asked = try await bench.create(person, reference: "race \(number)")
            let yes = try await bench.answering(asked, by: person, .approve)
            let no = try await bench.answering(asked, by: person, .deny)
            let won = try await withThrowingTaskGroup(of: ConfirmationStatus?.self) { group in
                for answer in number.isMultiple(of: 2) ? [yes, no] : [no, yes] {
                    group.addTask {
                        do {
                            return try await bench.ledger.submit(answer).status
                        } catch Rejection.confirmationOver {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [ConfirmationStatus]()) {
                    if let status = $1 { $0.append(status) }
                }
            }
            #expect(won.count == 1)
            let status = try await bench.load(asked.id).status
            #expect(status == (won == [.approved] ? .processing : .declined))
            if status == .processing { approvals += 1 }
            try await endProcessing(asked.id, on: bench)
        }
        #expect(try await bench.number("SELECT count(*) FROM answers") == 100)
        #expect(
            try await bench.number("SELECT count(*) FROM intents WHERE kind = 'authorize'")
                == Int64(approvals))
    }

    private func endAll(_ starts: [FollowUpStart], on bench: Bench) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for start in starts { group.addTask { try await bench.end(start) } }
            try await group.waitForAll()
        }
    }

    private func endProcessing(_ id: AuthorizationID, on bench: Bench) async throws {
        if try await bench.load(id).status == .processing {
            try await bench.settle(id, .declined(.insufficientFunds))
        }
    }

    @Test func `SCA-17: the same answer again gets the first result and has no second effect`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let answer = try await bench.answering(asked, by: person)
        let first = try await bench.ledger.submit(answer)
        let version = try await bench.load(asked.id).version
        #expect(try await bench.ledger.submit(answer) == first)
        #expect(try await bench.load(asked.id).version == version)
    }

    @Test func `SCA-12: fifty at once for one customer leave one question`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { _ = try await bench.create(person, reference: "order \(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.number("SELECT count(*) FROM confirmations WHERE status = 'pending'") == 1)
        #expect(
            try await bench.number(
                "SELECT count(*) FROM authorizations WHERE decline_reason = 'confirmation_pending_elsewhere'")
                == 49)
    }

    @Test func `SCA-12: the same order again supersedes; the old answer is refused`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let old = try await bench.create(person, reference: "1001")
        let answer = try await bench.answering(old, by: person)
        let new = try await bench.create(person, amount: 200, reference: "1001")
        #expect(new.status == .requiresConfirmation)
        #expect(try await bench.load(old.id).status == .canceled)
        #expect(try await bench.load(old.id).confirmation?.status == .superseded)
        await #expect(throws: Rejection.confirmationOver(.superseded)) {
            try await bench.ledger.submit(answer)
        }
    }

    // MARK: The bank

    @Test func `ACQ-INTENT: silence declines and reverses in one transaction`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        #expect(try await bench.openIntents(of: asked.id) == ["authorize 100"])
        #expect(try await bench.settle(asked.id, .silent) == .declined)
        #expect(try await bench.openIntents(of: asked.id) == ["reversal 100"])
    }

    /// What the bank says, the reason that follows, and whether something must be taken back.
    static let answers: [(AuthorizeResult, DeclineReason, Bool)] = [
        (.approved(approvedMinor: 50, code: "A1B2C3"), .partialApproval, true),
        (.declined(.insufficientFunds), .insufficientFunds, false),
        (.declined(.partial), .partialApproval, true),
        (.declined(.approved), .doNotHonor, true), (.silent, .acquirerUnavailable, true),
    ]

    @Test(arguments: answers)
    func `ACQ-LATE: what the bank may still hold is taken back, and nothing else`(
        result: AuthorizeResult, reason: DeclineReason, isReversed: Bool
    ) async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        #expect(try await bench.settle(asked.id, result) == .declined)
        #expect(try await bench.load(asked.id).decline?.reason == reason)
        #expect(try await bench.openIntents(of: asked.id) == (isReversed ? ["reversal 100"] : []))
    }

    @Test func `ACQ-LATE: an answer that comes twice changes nothing the second time`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let version = try await bench.load(id).version
        #expect(try await bench.settle(id) == .duplicate)
        #expect(try await bench.settle(id, .declined(.lostCard)) == .duplicate)
        #expect(try await bench.settle(id, .silent) == .duplicate)
        #expect(try await bench.load(id).version == version)
        #expect(try await bench.openIntents(of: id).isEmpty)
    }

    @Test(arguments: [(Int64(19_999), SettleAuthorize.Outcome.approved), (20_000, .declined)])
    func `ACQ-LATE: a yes at the deadline is a no and is reversed, a moment before it counts`(
        milliseconds: Int64, expected: SettleAuthorize.Outcome
    ) async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        bench.clock.advance(milliseconds: milliseconds)
        #expect(try await bench.settle(asked.id, secondsToAnswer: 20) == expected)
        let isApproved = expected == .approved
        #expect(try await bench.load(asked.id).decline?.reason == (isApproved ? nil : .acquirerUnavailable))
        #expect(try await bench.openIntents(of: asked.id) == (isApproved ? [] : ["reversal 100"]))
    }

    @Test func `ACQ-ONCE: the result of a capture is no result of an authorization`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        guard case .begun(let intent) = try await bench.beginCapture(id, 100) else {
            throw BenchError.bad("not begun")
        }
        await #expect(throws: Rejection.notFound) {
            try await bench.ledger.submit(
                SettleAuthorize(intent: intent, result: .silent, daysToCapture: [:]))
        }
        #expect(try await bench.openIntents(of: id) == ["capture 100"])
    }

    @Test func `ACQ-ONCE: a capture's result counts once, however often it comes`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let start = try await bench.beginCapture(id, 60, isFinal: false)
        try await bench.end(start)
        try await bench.end(start)
        try await bench.end(start, isAccepted: false)
        #expect(try await bench.load(id).lifecycle.sums.captured == 60)
    }

    @Test func `PAY-CAPTURE: a hundred at once never take more than was authorized`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person(), amount: 1_000)
        let begun = try await withThrowingTaskGroup(of: FollowUpStart?.self) { group in
            for _ in 0..<100 {
                group.addTask { try? await bench.beginCapture(id, 30, isFinal: false) }
            }
            return try await group.reduce(into: [FollowUpStart]()) { if let start = $1 { $0.append(start) } }
        }
        #expect(begun.count == 33)
        try await endAll(begun, on: bench)
        #expect(try await bench.load(id).lifecycle.sums.captured == 990)
    }

    @Test func `PAY-REFUND: a thousand at once are exact`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person(), amount: 1_000)
        try await bench.capture(id, 700)
        let begun = try await withThrowingTaskGroup(of: FollowUpStart?.self) { group in
            for _ in 0..<1_000 { group.addTask { try? await bench.beginRefund(id, 1) } }
            return try await group.reduce(into: [FollowUpStart]()) { if let start = $1 { $0.append(start) } }
        }
        #expect(begun.count == 700)
        try await endAll(begun, on: bench)
        let sums = try await bench.load(id).lifecycle.sums
        #expect(sums.refunded == 700 && sums.refunding == 0 && sums.refundable == 0)
        #expect(
            try await bench.number("SELECT sum(amount) FROM refunds WHERE status = 'succeeded'") == 700)
        await #expect(throws: Rejection.authorization(.refundAboveCaptured(refundable: 0))) {
            try await bench.beginRefund(id, nil)
        }
    }

    @Test func `PAY-CAPTURE: a final capture closes when a part beside it ends later, and the rest is freed`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        let part = try await bench.beginCapture(id, 50, isFinal: false)
        try await bench.end(try await bench.beginCapture(id, 30, isFinal: true))
        #expect(try await bench.load(id).status == .approved)
        #expect(try await bench.load(id).lifecycle.isFinalCaptureOpen)
        try await bench.end(part)
        #expect(try await bench.load(id).status == .captured)
        #expect(try await bench.openIntents(of: id) == ["reversal 20"])
    }

    @Test func `PAY-CANCEL: after a part capture the rest is given back to the card`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        try await bench.capture(id, 60, isFinal: false)
        _ = try await bench.cancel(id)
        #expect(try await bench.load(id).status == .captured)
        #expect(try await bench.openIntents(of: id) == ["reversal 40"])
    }

    @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)], [false, true])
    func `PAY-EXPIRE: a swept and a not yet swept expiry give the same answer`(
        moment: (milliseconds: Int64, isOver: Bool), isSwept: Bool
    ) async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        bench.clock.advance(seconds: 7 * 86_400)
        bench.clock.advance(milliseconds: moment.milliseconds)
        if isSwept { _ = try await bench.ledger.submit(Sweep(keepAnswersDays: 31)) }
        if moment.isOver {
            await #expect(throws: Rejection.authorization(.notCapturable)) {
                try await bench.beginCapture(id, 100)
            }
            await #expect(throws: Rejection.authorization(.notCancelable)) { try await bench.cancel(id) }
            try await bench.ledger.submit(ExpireIfDue(id: id))
            #expect(try await bench.load(id).status == .expired)
            #expect(try await bench.openIntents(of: id) == ["reversal 100"])
        } else {
            _ = try await bench.beginCapture(id, 100)
        }
    }

    @Test func `PAY-TRACE: what is kept of a decision leads to the same reason again`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        _ = try await bench.create(person, reference: "1", isSuspended: true)
        let asked = try await bench.create(person, reference: "2")
        try await bench.answer(asked, by: person, .deny)
        _ = try await bench.approved(person, reference: "3")
        let rows = try await bench.ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT outcome, reason, trace FROM decisions ORDER BY leaf")
                .map { ($0[0] as String, $0[1] as String?, $0[2] as String) }
        }
        #expect(rows.map(\.0) == ["declined", "go_on", "declined", "go_on", "go_on", "approved"])
        for (_, reason, text) in rows {
            let trace = try TraceDocument.read(text)
            #expect(TraceDocument.reason(in: trace) == reason)
            for entry in trace.array ?? [] {
                guard let inputs = entry.object?["inputs"] else { continue }
                let digest = Base64URL.encode(Digest.sha256(try inputs.canonical()))
                #expect(entry.object?["inputs_digest"]?.text == digest)
            }
        }
    }

    @Test func `PAN-1: a single-use card number is kept until the bank has answered and no longer`()
        async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let kept = "SELECT count(*) FROM card_tokens WHERE length(number_sealed) > 0"
        let asked = try await bench.create(person)
        try await bench.answer(asked, by: person)
        #expect(try await bench.number(kept) == 1)
        try await bench.settle(asked.id)
        #expect(try await bench.number(kept) == 0)
    }
}
