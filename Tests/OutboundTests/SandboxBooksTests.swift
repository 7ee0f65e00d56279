import Foundation
import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct SandboxBooksTests {
    @Test func `PAN-1: a line holds what the format says, first six and last four, and no card number`()
        async throws
    {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            _ = await bank.authorize(try authorizeCall())
            _ = await bank.capture(try followUpCall(100, intent: 2))
            let id = intent(1).text
            let code = id.suffix(6)
            let expected = """
                {"approval_code":"\(code)","asked":24900,"at":"\(noon)","booked":24900,"code":"00",\
                "currency":"DKK","first6":"424242","intent":"\(id)","kind":"authorize","last4":"4242",\
                "merchant":"bogbixen","original":"\(id)","outcome":"booked","retrieval":"632712000001",\
                "terminal":"GODKEND1","trace":"100000","transmitted_at":"\(noon)","v":1}
                {"asked":100,"at":"\(noon)","booked":100,"code":"00","currency":"DKK",\
                "intent":"\(intent(2).text)","kind":"capture","merchant":"bogbixen","original":"\(id)",\
                "outcome":"booked","retrieval":"632712000001","terminal":"GODKEND1","trace":"100002",\
                "transmitted_at":"\(reference(2).transmittedAt)","v":1}

                """
            #expect(try text(of: path) == expected)
        }
    }

    @Test func `REL: books are readable by their owner only`() async throws {
        try await withBooks { path in
            _ = try SandboxAcquirer(booksAt: path, clock: TestClock())
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `ACQ-INTENT: a last line torn at any byte is dropped, and the bank goes on`() async throws {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            _ = await bank.authorize(try authorizeCall())
            let first = try text(of: path).utf8.count
            _ = await bank.capture(try followUpCall(100, intent: 2))
            let whole = Array(try text(of: path).utf8)
            for length in first..<whole.count {
                try Data(whole.prefix(length)).write(to: URL(filePath: path))
                #expect(try SandboxBooks(at: path).lines.count == 1)
                let reopened = try SandboxAcquirer(booksAt: path, clock: TestClock())
                #expect(try text(of: path).utf8.count == first)
                _ = await reopened.capture(try followUpCall(100, intent: 2))
                #expect(try Array(text(of: path).utf8) == whole)
            }
        }
    }

    @Test func `ACQ-ONCE: a bank that is opened again knows every intent and every count`() async throws {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            let first = await bank.authorize(try authorizeCall(Card.stubborn))
            _ = await bank.capture(try followUpCall(100, intent: 2))
            #expect(
                try await bank.reverse(followUpCall(24_800, intent: 3)) == .answered(.refused(.systemError)))
            let again = try SandboxAcquirer(booksAt: path, clock: TestClock())
            #expect(try await again.authorize(authorizeCall(Card.stubborn, isRepeat: true)) == first)
            #expect(
                try await again.capture(followUpCall(100, intent: 2, isRepeat: true)) == .answered(.accepted))
            #expect(
                try await again.reverse(followUpCall(24_800, intent: 3)) == .answered(.refused(.systemError)))
            #expect(try await again.reverse(followUpCall(24_800, intent: 3)) == .answered(.accepted))
            #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 0)
        }
    }

    @Test func `ACQ-LATE: a reversal before its original is remembered by a bank that is opened again`()
        async throws
    {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            _ = await bank.reverse(try followUpCall(24_900, intent: 2))
            let again = try SandboxAcquirer(booksAt: path, clock: TestClock())
            #expect(try await again.authorize(authorizeCall()) == .answered(.declined(code("12"))))
        }
    }

    @Test func `REL: a damaged whole line is refused by its number, by the bank and by the judge`()
        async throws
    {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            _ = await bank.authorize(try authorizeCall())
            try (text(of: path) + "{}\n").write(toFile: path, atomically: false, encoding: .utf8)
            let error = SandboxBooksError.damaged(path: path, line: 2)
            #expect(throws: error) { try SandboxAcquirer(booksAt: path, clock: TestClock()) }
            #expect(throws: error) { try SandboxBooks(at: path) }
        }
    }

    @Test func `REL: books that cannot be opened are refused with the system's reason`() {
        let path = "/nowhere/books.jsonl"
        let error = SandboxBooksError.system(path: path, code: 2)
        #expect(throws: error) { try SandboxAcquirer(booksAt: path, clock: TestClock()) }
        #expect(throws: error) { try SandboxBooks(at: path) }
    }

    /// Each change to sound books, and what the judge says of it.
    static let offences: [(replace: String, with: String, violation: SandboxBooks.Violation)] = [
        (intent(3).text, intent(2).text, .answeredTwice(intent(2))),
        ("\"booked\":200", "\"booked\":24901", .capturedAndReversedAboveApproved(intent(1))),
        ("\"booked\":100", "\"booked\":201", .refundedAboveCaptured(intent(1))),
    ]

    @Test(arguments: offences)
    func `ACQ-ONCE: the judge sees what must not be in the books`(
        row: (replace: String, with: String, violation: SandboxBooks.Violation)
    ) async throws {
        try await withBooks { path in
            let bank = try SandboxAcquirer(booksAt: path, clock: TestClock())
            _ = await bank.authorize(try authorizeCall())
            _ = await bank.capture(try followUpCall(200, intent: 2))
            _ = await bank.refund(try followUpCall(100, intent: 3))
            #expect(try SandboxBooks(at: path).violations == [])
            try text(of: path).replacing(row.replace, with: row.with)
                .write(toFile: path, atomically: false, encoding: .utf8)
            #expect(try SandboxBooks(at: path).violations == [row.violation])
        }
    }

    private func text(of path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }
}
