#if os(Linux)
import Glibc
#else
import Darwin
#endif
import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import SeedKit
import Synchronization
import TestKit
import Testing
import Vocabulary

/// The transactions of a pharmacy order in which a process may die.
enum KilledStep: String, CaseIterable, Sendable, Codable {
    case filing, create, answer, result, capture, handover, undo

    /// Brings a fresh gateway to just before this step, and gives what the step itself takes.
    func prepare(_ still: StillPharmacy) async throws -> @Sendable () async throws -> Void {
        let kaja = try await still.person(.kaja, 1)
        let content = try still.rx.content([try RecordDraft.line(packages: "2", handovers: 1)])
        if self == .filing { return { _ = try await still.rx.file(content) } }
        let record = try await still.rx.file(content)
        let draws = [Draw(record, quantity: 2)]
        if self == .create {
            let request = try await still.rx.request(kaja, draws)
            return {
                _ = try await still.gateway.authorize(
                    request, caller: still.pharmacy, identity: still.stage.identity("authorize"))
            }
        }
        let asked = try await still.order(kaja, draws)
        let id = asked.id
        if self == .answer {
            let compact = try await still.stage.signed(
                try #require(asked.confirmation).id, by: kaja.app, .approve)
            return {
                _ = try await still.gateway.answer(
                    try #require(asked.confirmation).id, compact: compact, from: kaja.app.id)
            }
        }
        try await still.answer(asked, by: kaja)
        if self == .result { return { try await still.bank(id) } }
        try await still.bank(id)
        try await still.beginCapture(id)
        if self == .capture { return { try await still.settle(id) } }
        try await still.settle(id)
        if self == .handover { return { try await still.rx.handOver(id, isFinal: true) } }
        let handover = try await still.rx.handOver(id, isFinal: true)
        return { try await still.rx.undo(handover, of: id) }
    }
}

/// Makes the writer's connection tell a counter of its statements.
struct ArmWriter: Command {
    let counter: StatementCounter

    func run(in transaction: Transaction) throws {
        let counter = counter
        transaction.db.trace { _ in counter.count() }
    }
}

/// Counts the writer's statements once it was started, and lets the process die before the one of a number.
final class StatementCounter: Sendable {
    private struct State {
        var isStarted = false
        var count = 0
        var deadly: Int?
    }

    private let state = Mutex(State())

    func start(deadly: Int? = nil) { state.withLock { $0 = State(isStarted: true, deadly: deadly) } }

    func count() {
        let isOver = state.withLock { state in
            guard state.isStarted else { return false }
            state.count += 1
            return state.count == state.deadly
        }
        if isOver { kill(getpid(), SIGKILL) }
    }

    var total: Int { state.withLock { $0.count } }
}

@Suite struct PharmacyKillTests {
    /// The child: opens a gateway on this folder, comes to the step, and dies in it.
    static func die(in step: KilledStep, at number: Int, folder path: String) async throws {
        let folder = TemporaryFolder(at: path)
        let still = try await StillPharmacy { $0.folder = folder }
        let run = try await step.prepare(still)
        let counter = StatementCounter()
        try await still.ledger.submit(ArmWriter(counter: counter))
        counter.start(deadly: number)
        try await run()
        // Whoever comes here had fewer statements than that.
        kill(getpid(), SIGKILL)
    }

    /// How many statements a step takes, counted in this process.
    static func statements(of step: KilledStep) async throws -> Int {
        let still = try await StillPharmacy()
        let run = try await step.prepare(still)
        let counter = StatementCounter()
        try await still.ledger.submit(ArmWriter(counter: counter))
        counter.start()
        try await run()
        let total = counter.total
        await still.stop()
        return total
    }

    /// All statements with `GODKEND_STATEMENTS=all`; else two of each step, drawn by `GODKEND_SEED`: one
    /// anywhere, and the last before the commit is done.
    static func chosen(of total: Int, seed: UInt64) -> [Int] {
        if ProcessInfo.processInfo.environment["GODKEND_STATEMENTS"] == "all" { return Array(1...total + 1) }
        var random = SplitMix(seed: seed)
        return [Int.random(in: 1..<total, using: &random), total]
    }

    @Test(arguments: KilledStep.allCases)
    func `RX-ATOMIC: killed at a statement of a step, the file holds all of the step or nothing`(
        step: KilledStep
    ) async throws {
        let seed = TestSeed.drawn("RX-ATOMIC, kills of \(step)")
        let total = try await Self.statements(of: step)
        #expect(total > 5)
        for number in Self.chosen(of: total, seed: seed) {
            let folder = try TemporaryFolder()
            let place = "\(step) at \(number) of \(total), GODKEND_SEED=\(seed)"
            await #expect(processExitsWith: .signal(SIGKILL), "\(place)") {
                [step = step as KilledStep, number = number as Int, path = folder.path as String] in
                try await PharmacyKillTests.die(in: step, at: number, folder: path)
            }
            let again = try await StillPharmacy { $0.folder = folder }
            #expect(try await again.broken().isEmpty, "\(place)")
            #expect(try await again.stage.number(step.trace) == (number > total ? 1 : 0), "\(place)")
            await again.stop()
        }
    }
}

extension KilledStep {
    /// 1 when the step was taken, 0 when it was not.
    var trace: String {
        switch self {
        case .filing: "SELECT count(*) FROM prescriptions"
        case .create: "SELECT count(*) FROM holds"
        case .answer: "SELECT count(*) FROM intents"
        case .result: "SELECT count(*) FROM holds WHERE status = 'firm'"
        case .capture: "SELECT count(*) FROM holds WHERE status = 'owed'"
        case .handover: "SELECT count(*) FROM holds WHERE status = 'consumed'"
        case .undo: "SELECT count(*) FROM handovers WHERE undone_at NOT NULL"
        }
    }
}
