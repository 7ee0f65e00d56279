import Foundation
import GRDB
import Lifecycles
import Operations
import Outbound
import Records
import TestKit
import Testing
import Vocabulary

/// A whole gateway whose disk fails for a while.
@Suite struct DiskTroubleTests {
    /// What a shop was told: the bytes of a success, or nil for "come again with the same key".
    private func ask(_ orders: [(AuthorizeRequest, RequestIdentity)], of stage: Stage) async throws -> [Data?]
    {
        try await withThrowingTaskGroup(of: (Int, Data?).self) { group in
            for (place, order) in orders.enumerated() {
                group.addTask {
                    do {
                        let answered = try await stage.gateway.authorize(
                            order.0, caller: stage.shop, identity: order.1)
                        return (place, Data(answered.body))
                    } catch let refusal as Refusal where refusal.code == .storageUnavailable {
                        return (place, nil)
                    }
                }
            }
            var told = [Data?](repeating: nil, count: orders.count)
            for try await (place, body) in group { told[place] = body }
            return told
        }
    }

    @Test(
        arguments: [
            CallFault("write", .write, .log, .write), CallFault("sync", .sync, .log, .sync),
            CallFault("any", .all, .all, .read), CallFault("no room", .write, .all, .full),
        ])
    func `REL-06: 64 requests on a disk that fails are all answered, and all goes on when it is well again`(
        fault: CallFault
    ) async throws {
        let folder = try TemporaryFolder()
        let disk = FaultyDisk(folder: folder.path)
        let stage = try Stage { $0.folder = folder }
        let actor = try await stage.customer()
        var orders: [(AuthorizeRequest, RequestIdentity)] = []
        for number in 0..<64 {
            orders.append(
                (try await stage.request(actor), stage.identity("authorize", key: "key-\(number)")))
        }
        // One payment whose intent is on its way when the disk fails.
        let asked = try await stage.authorize(actor)
        _ = try await stage.answer(asked, by: actor.app, .approve)
        disk.fail(fault.calls, of: fault.files, forever: true, with: fault.code)
        let told = try await ask(orders, of: stage)
        #expect(told.count == 64)
        try await Task.sleep(for: .milliseconds(1_500))
        try await stage.until { await !stage.gateway.health().isReady }
        disk.heal()
        // The shops come again with their keys until they know.
        var final = told
        try await stage.until {
            for (place, answer) in try await ask(orders, of: stage).enumerated() where answer != nil {
                final[place] = answer
            }
            return !final.contains(nil)
        }
        #expect(try await ask(orders, of: stage) == final)
        for (first, last) in zip(told, final) where first != nil { #expect(first == last) }
        #expect(
            try await stage.gateway.ledger.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM authorizations")
            } == 65)
        // The intent was driven to its end.
        #expect(try await stage.settled(asked.id).status == .approved)
        #expect(await stage.gateway.health().isReady)
        await stage.stop()
        #expect(stage.logFindings == [])
    }

    @Test func `REL-06: the sweep lives on after a disk that failed`() async throws {
        let folder = try TemporaryFolder()
        let disk = FaultyDisk(folder: folder.path)
        let clock = ManualClock()
        let stage = try Stage {
            $0.folder = folder
            $0.clock = clock
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        disk.fail(.all, forever: true, with: .read)
        try await Task.sleep(for: .milliseconds(2_500))
        disk.heal()
        clock.advance(seconds: 3_600)
        try await stage.until {
            let found = try? await stage.load(asked.id)
            return found.map { $0.status != .requiresConfirmation } ?? false
        }
        await stage.stop()
    }

    @Test func `REL-06: a gateway on a disk that never comes back closes all the same`() async throws {
        let folder = try TemporaryFolder()
        let disk = FaultyDisk(folder: folder.path)
        let stage = try Stage { $0.folder = folder }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        _ = try await stage.answer(asked, by: actor.app, .approve)
        disk.fail(.all, forever: true, with: .read)
        let order = (try? await stage.request(actor)).map { ($0, stage.identity("authorize")) }
        #expect(order == nil, "a token was made on a disk that fails")
        await stage.stop()
        #expect(stage.gateway.ledger.standing == .closed)
    }

    @Test func `REL-01: a gateway whose database was replaced says so and is not ready`() async throws {
        let stage = try Stage()
        _ = try await stage.customer()
        let path = stage.folder.file("godkend.sqlite")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        try await stage.until {
            let health = await stage.gateway.health()
            return !health.isReady && health.problems.contains { $0.contains("database file is gone") }
        }
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        try await stage.until { await stage.gateway.health().isReady }
        await stage.stop()
    }
}

/// One kind of system call, on one file, and what it fails with.
struct CallFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let calls: FaultyDisk.Calls
    let files: FaultyDisk.Files
    let code: FaultyDisk.Code

    init(_ name: String, _ calls: FaultyDisk.Calls, _ files: FaultyDisk.Files, _ code: FaultyDisk.Code) {
        (testDescription, self.calls, self.files, self.code) = (name, calls, files, code)
    }
}
