import ArgumentParser
import Operations
import Proofs
import Records
import Vocabulary

/// `Benchmarks audit`: the operator's questions on a state folder with a history in it.
struct AuditBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Measure the operator's questions on a made-up history.",
        discussion: """
            Make the history with `godkend fixtures history --authorizations N --state DIR`. Explaining leaves a \
            leaf each time, so the folder's log grows by as many; --writes adds declined payments too, to see \
            what the commitment to the state costs. Exits 1 when a median is over its limit.
            """)

    @Option(help: ArgumentHelp("The state folder.", valueName: "dir"))
    var state: String
    @Option(help: "How often each question is asked.")
    var rounds = 200
    @Option(help: "How many pages to walk before the page far down.")
    var pages = 1_000
    @Option(help: "How many payments to make for the cost of the commitment; 0 makes none.")
    var writes = 0

    func validate() throws {
        guard rounds > 0, pages > 0, writes >= 0 else { throw ValidationError("Give positive numbers.") }
    }

    func run() async throws {
        let state = try AuditState(self.state)
        do {
            let isKept = try await measure(state)
            await state.close()
            guard isKept else { throw ExitCode.failure }
        } catch {
            await state.close()
            throw error
        }
    }

    private func measure(_ state: AuditState) async throws -> Bool {
        let gateway = state.gateway
        let size = try await gateway.ledger.read { db in try LogReading.size(in: db) }
        let payments = try await gateway.ledger.authorizationCounts().reduce(0) { $0 + $1.number }
        say(Machine.description)
        say("\(payments) authorizations, \(size) leaves, \(state.bytes) bytes; one question at a time")
        say(AuditFigure.head)
        let questions = try await AuditQuestions(gateway, pages: pages)
        var isKept = true
        for figure in try await questions.lists(rounds: rounds) + questions.details(rounds: rounds) {
            say(figure.line)
            isKept = isKept && figure.isKept
        }
        for line in try await AuditCommitment(gateway, samples: questions.ids).lines(writes: writes) {
            say(line)
        }
        return isKept
    }
}
