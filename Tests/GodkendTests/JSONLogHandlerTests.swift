import Logging
import Notation
import Synchronization
import Testing

@testable import godkend

/// Catches what a logger writes.
private final class Lines: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func logger() -> Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, level: .info) { line in self.bytes.withLock { $0 += line } }
        }
    }

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

struct JSONLogHandlerTests {
    @Test func `a log entry is one JSON line with its metadata`() throws {
        let lines = Lines()
        lines.logger().info("payment \"made\"", metadata: ["status": "201", "merchant": "bogbixen"])
        #expect(lines.text.hasSuffix("}\n"))
        let entry = try #require(try JSON.parse([UInt8](lines.text.utf8.dropLast())).object)
        #expect(entry["message"] == "payment \"made\"")
        #expect(entry["level"] == "info")
        #expect(entry["status"] == "201")
        #expect(entry["merchant"] == "bogbixen")
    }

    @Test func `SCA-28: metadata outside the closed list is never written`() {
        let lines = Lines()
        lines.logger().info("x", metadata: ["cpr": "0101701234", "authorization_header": "sk_test_abc"])
        #expect(!lines.text.contains("0101701234"))
        #expect(!lines.text.contains("sk_test_abc"))
        #expect(lines.text.contains("\"left_out\":2"))
    }

    @Test(arguments: [
        ("card 4242424242424242 used", "card # used"), ("cpr 010170-1234", "cpr #-1234"),
        ("code 123456", "code #"), ("port 54321", "port 54321"),
        ("key_01M81ME7123456MKNNSJXCN1CQ", "key_01M81ME7123456MKNNSJXCN1CQ"),
    ])
    func `SCA-28: a long number in a message is masked, an id is not`(text: String, cleaned: String) {
        #expect(JSONLogHandler.cleaned(text) == cleaned)
    }
}
