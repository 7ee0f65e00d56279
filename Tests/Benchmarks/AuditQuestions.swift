import Lifecycles
import Operations
import Proofs
import Records
import Vocabulary

/// What an operator asks, with things to ask about that are spread over the whole history.
struct AuditQuestions {
    /// The promised limit of the medians, in milliseconds.
    private static let limit = 50.0
    private static let pageSize = 50

    private let gateway: Gateway
    private let pages: Int
    /// Declines of all ages.
    private let samples: [AuditRow]
    /// Where the page far down begins.
    private let farDown: String?

    var ids: [AuthorizationID] { samples.map(\.id) }

    /// Walks down the list once, and takes samples from every part of it.
    init(_ gateway: Gateway, pages: Int) async throws {
        self.gateway = gateway
        var samples: [AuditRow] = []
        var cursor: String?
        var walked = 0
        while walked < pages {
            let page = try await gateway.auditList(
                .declined, page: PageRequest(limit: Self.pageSize, startingAfter: cursor), by: .local)
            samples += page.rows.prefix(3)
            guard page.hasMore, let last = page.rows.last else { break }
            walked += 1
            cursor = last.id.text
        }
        // The walk reaches back a while; the rest is asked for day by day.
        let now = gateway.clock.now()
        for days in 1..<90 {
            guard
                let filter = try? AuditFilter(
                    parsing: "status:declined until:\(days)d", now: now, merchants: [])
            else { throw AuditBenchError.filter("until:\(days)d") }
            samples += try await gateway.auditList(filter, page: PageRequest(limit: 5), by: .local).rows
        }
        guard !samples.isEmpty else { throw AuditBenchError.empty }
        (self.pages, self.samples, farDown) = (walked, samples.shuffled(), cursor)
    }

    private func sample(_ round: Int) -> AuditRow { samples[round % samples.count] }

    // MARK: Lists

    func lists(rounds: Int) async throws -> [AuditFigure] {
        let now = gateway.clock.now()
        let merchants = try await gateway.auditMerchants()
        func ask(_ name: String, limit: Double?, _ text: (Int) -> String) async throws -> AuditFigure {
            try await AuditFigure.take(name, rounds: rounds, limit: limit) { round in
                let filter: AuditFilter
                do throws(FilterFlaw) {
                    filter = try AuditFilter(parsing: text(round), now: now, merchants: merchants)
                } catch {
                    throw AuditBenchError.filter(text(round))
                }
                _ = try await gateway.auditList(
                    filter, page: PageRequest(limit: Self.pageSize), by: .local)
            }
        }
        let far = PageRequest(limit: Self.pageSize, startingAfter: farDown)
        return [
            try await ask("first page of declines", limit: Self.limit) { _ in "status:declined" },
            try await ask("reason and merchant of a sample", limit: Self.limit) {
                "reason:\(sample($0).reason?.rawValue ?? "") merchant:\(sample($0).merchant)"
            },
            try await ask("reason, merchant, 30 days, amount", limit: Self.limit) {
                "reason:insufficient_funds merchant:\(sample($0).merchant) since:30d amount>1000 DKK"
            },
            try await AuditFigure.take("page \(pages) by keyset", rounds: rounds, limit: Self.limit) { _ in
                _ = try await gateway.auditList(.declined, page: far, by: .local)
            },
            try await ask("order reference", limit: Self.limit) { sample($0).order },
            try await ask("card's last four, declined", limit: Self.limit) {
                "status:declined card:\(sample($0).cardLast4)"
            },
            try await ask("network code 96", limit: Self.limit) { _ in "code:96" },
            try await ask("factor key_card, 7 days", limit: Self.limit) { _ in "factor:key_card since:7d" },
        ]
    }

    // MARK: One payment, the log, the charts

    func details(rounds: Int) async throws -> [AuditFigure] {
        let ledger = gateway.ledger
        let explain = try await AuditFigure.take("explain, with its leaf", rounds: rounds, limit: Self.limit)
        {
            _ = try await gateway.explain(sample($0).id, by: .local)
        }
        await gateway.checkpointSigner.signNow()
        let size = try await ledger.read { db in try LogReading.size(in: db) }
        let proof = try await AuditFigure.take("proof of a decision", rounds: rounds, limit: Self.limit) {
            _ in
            _ = try await gateway.inclusionProof(of: Int64.random(in: 0..<size))
        }
        let consistency = try await AuditFigure.take("consistency proof", rounds: rounds) { _ in
            _ = try await gateway.consistencyProof(from: Int64.random(in: 1..<size), to: size)
        }
        let checkpoint = try await AuditFigure.take("checkpoint over one new leaf", rounds: rounds) { _ in
            _ = try await ledger.submit(
                RecordOperatorRead(actor: "local", subject: "benchmark", outcome: "listed"))
            await gateway.checkpointSigner.signNow()
        }
        let today = LocalDate(gateway.clock.now())
        let charts = try await AuditFigure.take("charts of 30 days", rounds: rounds, limit: Self.limit) { _ in
            _ = try await gateway.auditCharts(from: today.adding(days: -29), to: today, merchant: nil)
        }
        let lists = try await AuditFigure.take("lists of what needs care", rounds: min(rounds, 20)) { _ in
            _ = try await gateway.auditLists()
        }
        return [explain, proof, consistency, checkpoint, charts, lists]
    }
}
