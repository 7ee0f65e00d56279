import Lifecycles
import Operations
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Outbound

/// The incidents of a line, as they came.
final class Incidents: Sendable {
    private let seen = Mutex<[ISO8583Incident]>([])

    var all: [ISO8583Incident] { seen.withLock { $0 } }
    var words: [String] { all.map(\.word) }

    func note(_ incident: ISO8583Incident) { seen.withLock { $0.append(incident) } }
}

/// Runs a test against a host; `change` makes the line other than usual.
func withHost(
    framing: ISO8583Framing = ISO8583Framing(), greet: [[UInt8]] = [],
    _ react: @escaping @Sendable (Int, [UInt8]) -> WireBank.Reaction,
    change: (inout ISO8583Link) -> Void = { _ in },
    _ body: (ISO8583Acquirer, WireBank, Incidents) async throws -> Void
) async throws {
    let bank = try await WireBank.start(framing: framing, greet: greet, react)
    let incidents = Incidents()
    var link = ISO8583Link(
        address: ISO8583Address(host: "127.0.0.1", port: bank.port, institution: "45718"), framing: framing,
        life: ISO8583LineLife(graceMilliseconds: 20, backoff: Backoff(first: 1, longest: 8)))
    change(&link)
    let acquirer = ISO8583Acquirer(link: link, clock: TestClock(), observe: incidents.note)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(acquirer, bank, incidents)) } catch { outcome = .failure(error) }
    await acquirer.shutdown()
    try await bank.stop()
    try outcome.get()
}

/// The approval of a request, with elements changed by the test.
func approval(
    of request: [UInt8], _ change: (inout ISO8583Message) -> Void = { _ in }
) -> [UInt8] {
    guard let request = try? ISO8583Message(decoding: request), let type = request.type.answer else {
        return []
    }
    var answer = ISO8583Message(type)
    (answer.transmittedAt, answer.traceNumber) = (request.transmittedAt, request.traceNumber)
    (answer.retrievalReference, answer.terminal) = (request.retrievalReference, request.terminal)
    (answer.amountMinor, answer.responseCode) = (request.amountMinor, .approved)
    if type == .authorizationAnswer { answer.approvalCode = "A1B2C3" }
    change(&answer)
    return (try? answer.encoded()) ?? []
}

private let approved = AcquirerReply<AuthorizeAnswer>.answered(
    .approved(approvedMinor: 24_900, approvalCode: "A1B2C3"))

/// The MTI of a message in the ASCII form.
private func type(_ message: [UInt8]) -> String { String(decoding: message.prefix(4), as: UTF8.self) }

/// The answer to an 0800 with a code.
private func signalAnswer(_ request: [UInt8], code: String = "00") -> [UInt8] {
    guard let answer = (try? ISO8583Signal(decoding: request))??.accepted(),
        let bytes = try? answer.encoded()
    else { return [] }
    let text = String(decoding: bytes, as: UTF8.self)
    // Elements 7, 11, 39 and 70 are all there is: 39 stands before 70.
    return Array((text.dropLast(5) + code + text.suffix(3)).utf8)
}

@Suite(.timeLimit(.minutes(5))) struct ISO8583LifeTests {
    @Test func `ACQ-PORT: empty frames keep the line alive, before, between and inside the answers`()
        async throws
    {
        try await withHost(greet: [[], []], { _, request in .send([[], [], approval(of: request), []]) }) {
            (acquirer, bank, incidents) async throws in
            for _ in 0..<3 { #expect(try await acquirer.authorize(authorizeCall()) == approved) }
            #expect(bank.connections == 1)
            #expect(incidents.words.isEmpty)
        }
    }

    @Test(arguments: everyFraming)
    func `ACQ-PORT: the bank's echo is answered on the same line, the addresses of its TPDU swapped`(
        framing: ISO8583Framing
    ) async throws {
        let echo = try ISO8583Signal(.echo, at: ISO8583Moment(noon), traceNumber: "000777").encoded()
        try await withHost(
            framing: framing, greet: [echo],
            { _, request in type(request) == "0100" ? .send([approval(of: request)]) : .ignore }
        ) { (acquirer, bank, _) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved)
            try await eventually("two messages") { bank.messages.count >= 2 }
            let place = try #require(bank.messages.firstIndex { type($0) == "0810" })
            #expect(
                String(decoding: bank.messages[place], as: UTF8.self)
                    == "0810822000000200000004000000000000001122120000" + "000777" + "00" + "301")
            #expect(bank.tpdus[place] == framing.tpdu.map(ISO8583Framing.swapped))
        }
    }

    @Test func `ACQ-PORT: with sign-on nothing is sent before the bank has taken it`() async throws {
        try await withHost(
            { _, request in
                .send([type(request) == "0800" ? signalAnswer(request) : approval(of: request)])
            }, change: { $0.life.signsOn = true }
        ) { (acquirer, bank, _) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved)
            #expect(bank.messages.map(type) == ["0800", "0100"])
            #expect(String(decoding: bank.messages[0].suffix(3), as: UTF8.self) == "001")
            await acquirer.shutdown()
            try await eventually("three messages") { bank.messages.count >= 3 }
            #expect(String(decoding: bank.messages[2].suffix(3), as: UTF8.self) == "002")
        }
    }

    @Test func `ACQ-INTENT: a sign-on that is refused leaves the call unsent, and is told of`() async throws {
        try await withHost(
            { _, request in .send([signalAnswer(request, code: "05")]) }, change: { $0.life.signsOn = true }
        ) { (acquirer, bank, incidents) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .notSent)
            #expect(bank.messages.allSatisfy { type($0) == "0800" })
            #expect(incidents.all.contains(.refusedSignal(code: "05")))
        }
    }

    @Test func `ACQ-INTENT: a sign-on without an answer leaves the call unsent`() async throws {
        try await withHost(
            { _, _ in .ignore },
            change: {
                $0.life.signsOn = true
                $0.life.signalMilliseconds = 5
            }
        ) { (acquirer, _, incidents) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .notSent)
            #expect(incidents.all.contains(.refusedSignal(code: nil)))
        }
    }

    @Test
    func `ACQ-PORT: the numbers of network messages go with the day, never back, and stay above payments`() {
        var signals = ISO8583Signals()
        var last = 0
        for second in stride(from: 0, to: 86_400, by: 7) {
            let midnight = Instant(milliseconds: 1_795_305_600_000)
            let signal = signals.next(.echo, at: midnight.adding(seconds: second))
            let number = Int(signal.traceNumber ?? "") ?? 0
            #expect(number > last && (950_000...999_999).contains(number))
            last = number
        }
        // Many at once still differ.
        var burst = ISO8583Signals()
        let numbers = (0..<100).compactMap { _ in burst.next(.echo, at: noon).traceNumber }
        #expect(Set(numbers).count == 100)
    }

    // MARK: Whose an answer is

    static let stripped: [@Sendable (inout ISO8583Message) -> Void] = [
        { $0.retrievalReference = nil }, { $0.terminal = nil }, { $0.transmittedAt = nil },
        { ($0.retrievalReference, $0.terminal) = (nil, nil) },
        { ($0.traceNumber, $0.terminal, $0.transmittedAt) = (nil, nil, nil) },
        // A host of its own time, its own reference, its own terminal.
        { $0.transmittedAt = ISO8583Moment("0101000000") }, { $0.retrievalReference = "BANK00000001" },
        { $0.terminal = "BANKTERM" },
        { ($0.transmittedAt, $0.retrievalReference) = (ISO8583Moment("0101000000"), "BANK00000001") },
    ]

    @Test(arguments: stripped.indices)
    func `ACQ-LATE: an answer that lacks or changes matching elements finds its call, when it is only one's`(
        place: Int
    ) async throws {
        let change = Self.stripped[place]
        try await withHost({ _, request in .send([approval(of: request, change)]) }) {
            (acquirer, _, _) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved)
        }
    }

    @Test func `ACQ-LATE: an answer that fits two calls alike is nobody's, and none that names no call`()
        throws
    {
        func key(_ change: (inout ISO8583Message) -> Void) -> ISO8583MatchKey {
            var message = ISO8583Message(.authorizationAnswer)
            message.set(reference(0))
            change(&message)
            return ISO8583MatchKey(message)
        }
        let asked = key { _ in }
        #expect(asked.fit(asked) == .exact)
        #expect(key { $0.traceNumber = nil }.fit(asked) == .exact)
        #expect(key { ($0.traceNumber, $0.retrievalReference) = (nil, nil) }.fit(asked) == .none)
        #expect(key { $0.transmittedAt = ISO8583Moment("0101000000") }.fit(asked) == .near)
        let foreign = key {
            ($0.traceNumber, $0.retrievalReference) = ("999999", "ELSEWHERE001")
        }
        #expect(foreign.fit(asked) == .none)
        var other = key { _ in }
        other = ISO8583MatchKey(ISO8583Message(.captureAnswer))
        #expect(other.fit(asked) == .none)
    }

    // MARK: What cannot be sent or read

    @Test func `ACQ-INTENT: what does not fit into a message is never sent, and says so at once`()
        async throws
    {
        try await withHost({ _, _ in .ignore }, change: { $0.terminal.location = "Ærø" }) {
            (acquirer, bank, incidents) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == .unwritable)
            #expect(try await acquirer.capture(followUpCall(1, intent: 2)) == .unwritable)
            #expect(bank.connections == 0)
            #expect(incidents.all.first == .unwritable(type: "0100", .badCharacter(element: 43)))
        }
    }

    @Test func `PAN-3: what is dropped is told of without a card number or element 48`() async throws {
        let echoed = Array(
            "0110D22000000E810000164242424242424242000000024900112212000010000163271200000105GODKEND1".utf8)
        try await withHost({ _, request in
            .send([
                echoed,
                approval(of: request) {
                    $0.traceNumber = "999999"; $0.retrievalReference = nil
                },
                approval(of: request),
            ])
        }) { (acquirer, _, incidents) async throws in
            #expect(try await acquirer.authorize(authorizeCall()) == approved)
            #expect(incidents.words.sorted() == ["unmatched", "unreadable"])
            let told = incidents.all.map { "\($0.detail)" }.joined()
            #expect(!told.contains("4242424242424242"))
        }
    }

    // MARK: Storms

    @Test func `ACQ-INTENT: a host that closes on every call is not stormed with connections`() async throws {
        try await withHost(
            { _, _ in .close }, change: { $0.life.backoff = Backoff(first: 20, longest: 40) }
        ) {
            (acquirer, bank, incidents) async throws in
            let asking = Task {
                var calls = 0
                while !Task.isCancelled {
                    _ = try await acquirer.authorize(authorizeCall(isRepeat: calls > 0))
                    calls += 1
                }
                return calls
            }
            let start = ContinuousClock.now
            try await Task.sleep(for: .milliseconds(400))
            asking.cancel()
            let calls = try await asking.value
            // 10 + 20 + 20 + … milliseconds at least: no more than one connection a pause, one call each.
            let most = Int((ContinuousClock.now - start) / .milliseconds(20)) + 2
            #expect(bank.connections <= most)
            #expect(calls <= bank.connections + 1)
            #expect(incidents.words.contains("disconnected"))
        }
    }
}
