import Foundation
import Notation
import ServiceLifecycle
import TestKit
import Testing

@testable import godkend

/// An issuer that says what it was told.
private struct Echo: IssuerPort {
    func perform(_ call: IssuerCall) async throws -> JSON {
        if call.name == .blockCard { throw CommandFailure("There is no such card.") }
        return ["call": .text(call.name.rawValue), "with": .object(call.particulars)]
    }
}

struct ControlServerTests {
    /// Runs a control server for as long as the body.
    private func serving(
        owner: UInt32 = geteuid(), _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let socket = folder.path + "/control.sock"
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let logger = WatchfulLog.logger()
        let server = try ControlServer.application(
            socket: socket, issuer: Echo(), logger: logger, owner: owner, onReady: { isReady.finish() })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in ready {}
            do {
                try await body(socket)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        withExtendedLifetime(folder) {}
    }

    private let call = IssuerCall(.showCustomer, [("customer", "cus_1")])

    @Test func `an order goes through the socket and its answer comes back`() async throws {
        let call = call
        try await serving { socket in
            let answer = try await ControlClient(socket: socket).perform(call)
            #expect(answer == ["call": "customer.show", "with": ["customer": "cus_1"]])
        }
    }

    @Test func `a refusal comes back as the sentence it is`() async throws {
        try await serving { socket in
            await #expect(throws: CommandFailure("There is no such card.")) {
                try await ControlClient(socket: socket).perform(IssuerCall(.blockCard, []))
            }
        }
    }

    @Test func `an order as long as a price list goes through, and a longer one does not`() async throws {
        try await serving { socket in
            let client = ControlClient(socket: socket)
            let content = String(repeating: "a", count: 4 * 1_024 * 1_024)
            let answer = try await client.perform(IssuerCall(.importPriceList, [("files", .text(content))]))
            #expect(answer.object?["call"] == "prices.import")
            let tooLong = String(repeating: "a", count: ControlServer.longestOrder)
            await #expect(throws: CommandFailure.self) {
                try await client.perform(IssuerCall(.importPriceList, [("files", .text(tooLong))]))
            }
        }
    }

    @Test func `the socket is for its owner only`() async throws {
        try await serving { socket in
            let attributes = try FileManager.default.attributesOfItem(atPath: socket)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `a peer of another user is refused whatever the file's mode`() async throws {
        let call = call
        try await serving(owner: geteuid() + 1) { socket in
            await #expect(throws: CommandFailure.self) {
                try await ControlClient(socket: socket).perform(call)
            }
        }
    }

    @Test func `no server behind the socket is told as what it is`() async throws {
        let folder = try TemporaryFolder()
        let failure = await #expect(throws: CommandFailure.self) {
            try await ControlClient(socket: folder.path + "/control.sock").perform(call)
        }
        #expect(failure?.message.contains("restart it") == true)
    }

    @Test func `a path too long for a socket is refused with what to do`() {
        let path = "/" + String(repeating: "a", count: ControlServer.longestPath)
        let long = "The path \(path) is too long for a socket: choose a shorter one with --state."
        #expect(throws: CommandFailure(long)) {
            _ = try ControlServer.application(socket: path, issuer: Echo(), logger: WatchfulLog.logger())
        }
    }

    @Test(arguments: IssuerCallName.allCases)
    func `every order reads back from its bytes`(name: IssuerCallName) {
        let call = IssuerCall(name, [("number", 1), ("text", "æ")])
        #expect(IssuerCall(bytes: call.bytes) == call)
    }

    @Test(arguments: ["", "{}", "{\"call\":\"x\",\"with\":{}}", "{\"call\":\"card.block\"}"])
    func `what is no order is refused`(text: String) {
        #expect(IssuerCall(bytes: [UInt8](text.utf8)) == nil)
    }
}
