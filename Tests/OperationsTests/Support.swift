import GRDB
import Lifecycles
import Operations
import Outbound
import Proofs
import Records
import Synchronization
import TestKit
import Testing
import Vocabulary

extension Stage {
    /// The first column of what the database holds, as texts.
    func texts(_ sql: String, _ arguments: String...) async throws -> [String] {
        try await gateway.ledger.read { db in
            try String.fetchAll(db, sql: sql, arguments: StatementArguments(arguments))
        }
    }

    /// One number of the database.
    func number(_ sql: String, _ arguments: String...) async throws -> Int {
        try await gateway.ledger.read { db in
            try Int.fetchOne(db, sql: sql, arguments: StatementArguments(arguments)) ?? 0
        }
    }

    /// What the bank has booked, read from its own file.
    func books() throws -> SandboxBooks { try SandboxBooks(at: folder.file("bank.jsonl")) }

    /// What the bank has booked on one authorization.
    func account(of id: AuthorizationID) async throws -> SandboxBooks.Account {
        let original = try await gateway.ledger.read { db in try IntentRecord.original(of: id, in: db) }
        return try books()[try #require(original).id]
    }

    /// Waits until a condition holds.
    func until(_ condition: () async throws -> Bool) async throws {
        try await eventually("a condition", condition)
    }

    /// Waits until nothing is open at the bank.
    func quiet() async throws {
        try await until { try await gateway.ledger.read { db in try IntentRecord.open(in: db).isEmpty } }
    }

    func capture(
        _ id: AuthorizationID, _ amount: Int64? = nil, isFinal: Bool = true, key: String? = nil
    ) async throws -> Answered {
        try await gateway.capture(
            id, CaptureRequest(amountMinor: amount, isFinal: isFinal), caller: shop,
            identity: identity("capture \(id.text)", key: key))
    }

    func refund(_ id: AuthorizationID, _ amount: Int64? = nil, key: String? = nil) async throws -> Answered {
        try await gateway.refund(
            id, RefundRequest(amountMinor: amount), caller: shop,
            identity: identity("refund \(id.text)", key: key))
    }

    func cancel(_ id: AuthorizationID) async throws -> Answered {
        try await gateway.cancel(id, CancelRequest(), caller: shop, identity: identity("cancel \(id.text)"))
    }

    /// The reason of the newest decision as its stored trace gives it, and the rules that were asked.
    func trace(of id: AuthorizationID) async throws -> String {
        try await texts(
            "SELECT trace FROM decisions WHERE authorization = ? ORDER BY leaf DESC LIMIT 1", id.text
        ).first ?? ""
    }
}

extension Authorization {
    var reason: DeclineReason? { decline?.reason }
}

extension MatchCode {
    /// Some other code of two digits.
    var wrong: MatchCode? { MatchCode(text == "00" ? "01" : "00") }
}

/// A line to the bank that a test watches and cuts.
final class Line: Sendable {
    typealias Moment = SandboxFault.Moment
    typealias Call = SandboxFault.Call

    struct Spot: Hashable, Sendable {
        let moment: Moment
        let call: Call
    }

    private struct State {
        var cuts: [Spot: Int] = [:]
        var hangs: Set<Spot> = []
        var seen: [Spot: Int] = [:]
    }

    private let state = Mutex(State())

    var fault: SandboxFault {
        SandboxFault { moment, call, _ in
            let spot = Spot(moment: moment, call: call)
            guard await self.pass(spot) else { return true }
            return false
        }
    }

    /// Cuts the line so many times at this spot.
    func cut(_ moment: Moment, _ call: Call, times: Int = .max) {
        state.withLock { $0.cuts[Spot(moment: moment, call: call)] = times }
    }

    /// Holds every call at this spot until `release` or until the caller gives up; then the line is cut.
    func hold(_ moment: Moment, _ call: Call) {
        state.withLock { _ = $0.hangs.insert(Spot(moment: moment, call: call)) }
    }

    func release(_ moment: Moment, _ call: Call) {
        state.withLock { _ = $0.hangs.remove(Spot(moment: moment, call: call)) }
    }

    func seen(_ moment: Moment, _ call: Call) -> Int {
        state.withLock { $0.seen[Spot(moment: moment, call: call)] ?? 0 }
    }

    /// False when the line is cut here.
    private func pass(_ spot: Spot) async -> Bool {
        let isCut = state.withLock { state in
            state.seen[spot, default: 0] += 1
            guard let left = state.cuts[spot], left > 0 else { return false }
            state.cuts[spot] = left - 1
            return true
        }
        if isCut { return false }
        while state.withLock({ $0.hangs.contains(spot) }) {
            do {
                try await Task.sleep(for: .milliseconds(5))
            } catch {
                return false
            }
        }
        return true
    }
}

/// A bank that remembers what it was asked.
final class ListeningAcquirer: Acquirer {
    private let inner: any Acquirer
    private let calls = Mutex<[AuthorizeCall]>([])

    init(_ inner: any Acquirer) { self.inner = inner }

    var authorizeCalls: [AuthorizeCall] { calls.withLock { $0 } }
    var lateAnswers: AsyncStream<LateAnswer> { inner.lateAnswers }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        calls.withLock { $0.append(call) }
        return await inner.authorize(call)
    }

    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { await inner.capture(call) }
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { await inner.refund(call) }
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { await inner.reverse(call) }
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> { await inner.inquire(call) }
}

/// Somebody with a pen in the database: sets a state without any of our rules.
struct ForcedStatus: Command {
    let id: AuthorizationID
    let status: String

    func run(in transaction: Transaction) throws {
        try transaction.db.execute(
            sql: """
                UPDATE authorizations SET status = ?, approval_code = 'FORGED', capture_before = 0,
                    captured = CASE ? WHEN 'captured' THEN amount ELSE 0 END WHERE id = ?
                """,
            arguments: [status, status, id.text])
    }
}

/// A made-up Visa number of the test range with its check digit.
func cardNumber(_ number: Int) throws -> String {
    let body = "40000000001" + String(repeating: "0", count: 4 - String(number).count) + String(number)
    for digit in 0...9 where (try? CardNumber(body + String(digit))) != nil { return body + String(digit) }
    throw StageError.badName("card")
}
