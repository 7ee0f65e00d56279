import Operations
import TestKit
import Testing
import Vocabulary

@testable import Outbound

/// The timers of a line on which nothing is said: keep-alive and echo test, by `acquirer.keepalive_seconds`
/// and `acquirer.echo_seconds`. A second of real time each: the timers are the library's.
@Suite(.timeLimit(.minutes(5))) struct ISO8583QuietTests {
    private static func isEcho(_ message: [UInt8]) -> Bool {
        message.starts(with: "0800".utf8) && message.suffix(3).elementsEqual("301".utf8)
    }

    private static func answer(_ request: [UInt8]) -> [UInt8] {
        guard let signal = (try? ISO8583Signal(decoding: request)) ?? nil else {
            return approval(of: request)
        }
        return (try? signal.accepted()?.encoded()) ?? []
    }

    @Test func `ACQ-PORT: a line on which we say nothing is kept alive by empty frames`() async throws {
        try await withHost(
            { _, request in request.isEmpty ? .ignore : .send([approval(of: request)]) },
            change: { $0.life.keepAliveSeconds = 1 }
        ) { (acquirer, bank, incidents) async throws in
            _ = try await acquirer.authorize(authorizeCall())
            try await eventually("two keep-alives") { bank.messages.count { $0.isEmpty } >= 2 }
            #expect(bank.connections == 1)
            #expect(incidents.words.isEmpty)
        }
    }

    @Test func `ACQ-PORT: a line on which nothing is heard is asked, and stays where the bank answers`()
        async throws
    {
        try await withHost(
            { _, request in .send([Self.answer(request)]) }, change: { $0.life.echoSeconds = 1 }
        ) { (acquirer, bank, incidents) async throws in
            _ = try await acquirer.authorize(authorizeCall())
            try await eventually("two echo tests") { bank.messages.count(where: Self.isEcho) >= 2 }
            #expect(bank.connections == 1)
            #expect(incidents.words.isEmpty)
        }
    }

    @Test func `ACQ-PORT: a line whose echo test is not answered is closed, told of and opened anew`()
        async throws
    {
        try await withHost(
            { _, request in Self.isEcho(request) ? .ignore : .send([approval(of: request)]) },
            change: {
                $0.life.echoSeconds = 1
                $0.life.signalMilliseconds = 5
            }
        ) { (acquirer, bank, incidents) async throws in
            _ = try await acquirer.authorize(authorizeCall())
            try await eventually("the silence is told of") {
                incidents.all.contains(.refusedSignal(code: nil))
            }
            // The line may still be closing: a call is then unsent, and the next one opens a line.
            try await eventually("a call on a line of its own") {
                _ = try await acquirer.authorize(authorizeCall())
                return bank.connections == 2
            }
        }
    }
}
