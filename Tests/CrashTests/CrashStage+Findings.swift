import Foundation
import GRDB
import LoadKit
import Notation
import Outbound
import TestKit

/// What was left in the end.
extension CrashStage {
    func findings(_ shops: [ShopClient]) async throws -> CrashRun {
        let start = ContinuousClock.now
        var (seen, books): ([Seen], SandboxBooks)
        repeat {
            try await Task.sleep(for: .milliseconds(250))
            seen = []
            for shop in shops { seen += try await look(shop) }
            books = try SandboxBooks(at: server.books)
        } while !isQuiet(seen, booked(books)) && start.duration(to: .now) < .seconds(60)
        let settledAfter = start.duration(to: .now) / .seconds(1)
        let status = await server.stop(SIGTERM)
        let (integrity, invariants) = try await whatIsWrongInside()
        return CrashRun(
            seed: seed, kills: kills, journal: journal, seen: seen, booked: booked(books),
            violations: books.violations.map { "\($0)" }, integrity: integrity, invariants: invariants,
            exitStatus: status, settledAfter: settledAfter)
    }

    /// What SQLite itself finds wrong, and what breaks the invariants of pharmacy orders.
    private func whatIsWrongInside() async throws -> (integrity: [String], invariants: [String]) {
        let file = try DatabaseQueue(path: server.database)
        defer { try? file.close() }
        return try await file.read { db in
            let integrity =
                try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { "\($0)" }
            let invariants = try PharmacyInvariants.check { try String.fetchAll(db, sql: $0) }
            let log = try LogCheck.findings(ofState: server.state)
            return (integrity, invariants + log)
        }
    }

    private func isQuiet(_ seen: [Seen], _ booked: [Booked]) -> Bool {
        !seen.contains { $0.status == "processing" } && Judge.disagreeing(seen, booked).isEmpty
    }

    private func look(_ shop: ShopClient) async throws -> [Seen] {
        var found: [Seen] = []
        for object in try await shop.all("/v1/authorizations") {
            guard var one = Seen(object) else { throw LoadFailure("an authorization lacks a member") }
            if one.capturedMinor > 0 {
                for refund in try await shop.all("/v1/authorizations/\(one.id)/refunds")
                where refund["status"]?.text == "succeeded" {
                    one.refunds[refund["id"]?.text ?? ""] = refund["amount"]?.integer
                }
            }
            found.append(one)
        }
        return found
    }

    private func booked(_ books: SandboxBooks) -> [Booked] {
        books.accounts.values.map {
            Booked(
                askedMinor: $0.askedMinor, approvedMinor: $0.approvedMinor, capturedMinor: $0.capturedMinor,
                refundedMinor: $0.refundedMinor, openMinor: $0.openMinor)
        }
    }
}

extension Seen {
    /// Reads an authorization; nil when it lacks a member. Its refunds are told elsewhere.
    init?(_ object: JSONObject) {
        guard let id = object["id"]?.text, let amount = object["amount"]?.integer,
            let reference = object["order"]?.object?["reference"]?.text,
            let status = object["status"]?.text, let captured = object["amount_captured"]?.integer,
            let refunded = object["amount_refunded"]?.integer, let holds = object["holds"]?.array,
            let handovers = object["handovers"]?.array
        else { return nil }
        self.init(
            id: id, reference: reference, amountMinor: amount, status: status, capturedMinor: captured,
            refundedMinor: refunded)
        for hold in holds.compactMap(\.object) {
            guard let record = hold["record"]?.text, let number = hold["handover"]?.integer,
                let status = hold["status"]?.text
            else { return nil }
            self.holds.append(SeenHold(record: record, handover: number, status: status))
        }
        for handover in handovers.compactMap(\.object) {
            guard let id = handover["id"]?.text, let lines = handover["lines"]?.array else { return nil }
            let quantities = lines.compactMap { $0.object?["quantity"]?.integer }
            self.handovers[id] = Handed(
                quantity: quantities.reduce(0, +), isUndone: handover["undone_at"]?.text != nil)
        }
    }
}
