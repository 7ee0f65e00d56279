import Logging
import Operations
import Synchronization
import TestKit
import Testing
import Vocabulary

/// The log of the tests itself: it must find what it is there to find.
@Suite struct WatchfulLogTests {
    typealias Secret = WatchfulLog.Secret

    private static let key = String(repeating: "aB3_-", count: 9).prefix(43)

    static let texts: [(String, Set<Secret>)] = [
        ("card 4242424242424242 used", [.cardNumber]), ("4242 4242-4242 4242", [.cardNumber]),
        ("12 4242424242424242", [.cardNumber]), ("4242424242424241", []), ("378282246310005", [.cardNumber]),
        ("18 digits: 424242", []),
        ("cpr 010165-1234", [.personNumber]), ("cpr 0101651234", [.personNumber]),
        ("310299-1234", []), ("at 1795348800", []), ("sk_test_\(key)", [.apiKey]),
        ("Bearer pk_live_x", [.apiKey]), ("whsec_abc", [.apiKey]), ("the prefix sk_", []),
        ("token \(key)", [.key]), ("token \(key)x", []), ("-----BEGIN EC PRIVATE KEY-----", [.key]),
        ("eyJhbGciOiJFUzI1NiJ9.e30.x", [.signedObject]),
        ("auth_01M81ME7123456MKNNSJXCN1CQ took 12.5 ms", []), ("intent int_424242424242, 4242", []),
        ("http://127.0.0.1:54321", []), ("2026-11-22T12:00:00.000Z", []), ("", []),
    ]

    @Test(arguments: texts)
    func `SCA-28, PAN-3: the log of the tests finds a card, a CPR number, a key`(
        text: String, secrets: Set<Secret>
    ) {
        #expect(WatchfulLog.secrets(in: text) == secrets)
    }

    @Test func `SCA-28, PAN-3: it looks at the message, its metadata, the logger's own and the error`() {
        let found = Mutex<[Set<Secret>]>([])
        var logger = WatchfulLog.logger { secrets in found.withLock { $0.append(secrets) } }
        logger.info("nothing")
        logger.trace("4242424242424242")
        logger.info("x", metadata: ["a": "010165-1234"])
        logger.info("x", metadata: ["a": ["b": ["sk_live_abc"]]])
        logger.error("x", error: Failure(text: "whsec_1"))
        logger[metadataKey: "own"] = "eyJhbGciOiJFUzI1NiJ9"
        logger.debug("x")
        #expect(
            found.withLock { $0 } == [
                [.cardNumber], [.personNumber], [.apiKey], [.apiKey], [.signedObject],
            ])
    }

    private struct Failure: Error { let text: String }

    @Test func `SCA-28, PAN-3: an entry with a secret ends the test process`() async {
        await #expect(processExitsWith: .failure) {
            WatchfulLog.logger().info("card 4242424242424242")
        }
    }

    @Test func `SCA-28, PAN-3: a gateway under test writes to it`() throws {
        let stage = try Stage { $0.isRunning = false }
        #expect(stage.gateway.logger.handler is WatchfulLog)
    }
}
