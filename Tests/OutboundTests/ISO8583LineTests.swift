import Lifecycles
import NIOCore
import NIOPosix
import Operations
import Outbound
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct ISO8583LineTests {
    @Test func `ACQ-INTENT: with nobody listening every call is not_sent`() async throws {
        let bank = try await RawBank.start { _, _ in .ignore }
        try await bank.stop()
        try await withAcquirer(port: bank.port) { (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .notSent)
            #expect(try await acquirer.capture(followUpCall(1, intent: 2)) == .notSent)
            #expect(try await acquirer.refund(followUpCall(1, intent: 3)) == .notSent)
            #expect(try await acquirer.reverse(followUpCall(1, intent: 4)) == .notSent)
            #expect(await acquirer.inquire(inquiryCall(.capture, intent: 2)) == .notSent)
        }
    }

    @Test
    func
        `ACQ-INTENT: a connection lost after the request leaves it unknown, and the next call opens another`()
        async throws
    {
        try await withBank({ number, request in
            number < 3 ? .close : .send([answer(request, 24_900)])
        }) { (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .sentUnknown)
            #expect(try await acquirer.authorize(authorizeCall(isRepeat: true)) == .sentUnknown)
            #expect(try await acquirer.authorize(authorizeCall(isRepeat: true)) == approved(24_900))
        }
    }

    @Test func `ACQ-INTENT: a cancelled call that was sent is unknown`() async throws {
        let (requests, requestsEnd) = AsyncStream.makeStream(of: Void.self)
        try await withBank({ _, _ in
            requestsEnd.yield()
            return .ignore
        }) { (acquirer) async throws in
            let call = try authorizeCall()
            let asking = Task { await acquirer.authorize(call) }
            for await _ in requests { break }
            asking.cancel()
            #expect(await asking.value == .sentUnknown)
        }
    }

    @Test func `ACQ-PORT: an answer that comes byte by byte is one answer`() async throws {
        try await withBank({ _, request in .send(answer(request, 24_900).map { [$0] }) }) {
            (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved(24_900))
        }
    }

    @Test func `ACQ-PORT: bytes that are no message are passed over, the answer behind them is read`()
        async throws
    {
        let rubbish = RawBank.framed(Array("not a message".utf8))
        try await withBank({ _, request in .send([rubbish + answer(request, 24_900)]) }) {
            (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved(24_900))
        }
    }

    @Test(arguments: [[0x10, 0x01], [0xFF, 0xFF]] as [[UInt8]])
    func `ACQ-PORT: a length that no message has ends the connection`(length: [UInt8]) async throws {
        try await withBank({ _, _ in .send([length]) }) { (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .sentUnknown)
        }
    }

    /// One matching field changed at a time: data elements 7, 11, 37 and 41.
    static let others = [
        CallReference(
            transmittedAt: noon.adding(seconds: 1), traceNumber: "100000",
            retrievalReference: "632712000001", terminal: "GODKEND1"),
        CallReference(
            transmittedAt: noon, traceNumber: "100001", retrievalReference: "632712000001",
            terminal: "GODKEND1"),
        CallReference(
            transmittedAt: noon, traceNumber: "100000", retrievalReference: "632712000002",
            terminal: "GODKEND1"),
        CallReference(
            transmittedAt: noon, traceNumber: "100000", retrievalReference: "632712000001",
            terminal: "GODKEND2"),
    ]

    @Test(arguments: others)
    func `ACQ-LATE: an answer that differs in one matching field is another's, and comes by itself`(
        other: CallReference
    ) async throws {
        let foreign = ISO8583Message(
            .approved(approvedMinor: 1, approvalCode: "FOREIG"), to: other, askedMinor: 1)
        let frame = RawBank.framed(try foreign.encoded())
        try await withBank({ _, request in .send([frame, answer(request, 24_900)]) }) {
            (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved(24_900))
            var late = acquirer.lateAnswers.makeAsyncIterator()
            let expected = LateAnswer(
                reference: other, answer: .approved(approvedMinor: 1, approvalCode: "FOREIG"))
            #expect(await late.next() == expected)
        }
    }

    @Test func `ACQ-PORT: an approval without an amount leaves the call unknown`() async throws {
        try await withBank({ _, request in
            var message = reply(request, 24_900)
            message.amountMinor = nil
            return .send([RawBank.framed((try? message.encoded()) ?? [])])
        }) { (acquirer) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .sentUnknown)
        }
    }

    @Test func `ACQ-PORT: after a shutdown nothing is sent and the late answers end`() async throws {
        let (requests, requestsEnd) = AsyncStream.makeStream(of: Void.self)
        try await withBank({ _, _ in
            requestsEnd.yield()
            return .ignore
        }) { (acquirer) async throws in
            let call = try authorizeCall()
            let asking = Task { await acquirer.authorize(call) }
            for await _ in requests { break }
            await acquirer.shutdown()
            #expect(await asking.value == .sentUnknown)
            #expect(await acquirer.authorize(call) == .notSent)
            var late = acquirer.lateAnswers.makeAsyncIterator()
            #expect(await late.next() == nil)
        }
    }

    @Test func `ACQ-PORT: the sandbox's server ends a connection that sends rubbish, and serves the next`()
        async throws
    {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            let server = try await ISO8583SandboxServer.start(bank, clock: TestClock())
            let rude = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: server.port).get()
            try await rude.writeAndFlush(ByteBuffer(bytes: RawBank.framed(Array("rubbish".utf8))))
            try await rude.closeFuture.get()
            try await withAcquirer(port: server.port) { (acquirer) async throws in
                guard case .answered(.approved) = await acquirer.authorize(try authorizeCall()) else {
                    Issue.record("No approval.")
                    return
                }
            }
            await server.stop()
        }
    }
}

private func withAcquirer(port: Int, _ body: (ISO8583Acquirer) async throws -> Void) async throws {
    let address = ISO8583Address(host: "127.0.0.1", port: port, institution: "45718")
    let acquirer = ISO8583Acquirer(address: address, clock: TestClock())
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(acquirer)) } catch { outcome = .failure(error) }
    await acquirer.shutdown()
    try outcome.get()
}

private func withBank(
    _ react: @escaping @Sendable (Int, ISO8583Message) -> RawBank.Reaction,
    _ body: (ISO8583Acquirer) async throws -> Void
) async throws {
    let bank = try await RawBank.start(react)
    try await withAcquirer(port: bank.port, body)
    try await bank.stop()
}

private func approved(_ minor: Int64) -> AcquirerReply<AuthorizeAnswer> {
    .answered(.approved(approvedMinor: minor, approvalCode: "A1B2C3"))
}

private func reply(_ request: ISO8583Message, _ minor: Int64) -> ISO8583Message {
    var message = ISO8583Message(
        .approved(approvedMinor: minor, approvalCode: "A1B2C3"), to: reference(0), askedMinor: nil)
    message.transmittedAt = request.transmittedAt
    return message
}

/// The approval of a request behind its length.
private func answer(_ request: ISO8583Message, _ minor: Int64) -> [UInt8] {
    RawBank.framed((try? reply(request, minor).encoded()) ?? [])
}
