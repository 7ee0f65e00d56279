import Operations
import Testing
import Vocabulary

@testable import godkend

/// A key with the bounds that the contract gives it.
struct Bounds: Sendable, CustomTestStringConvertible {
    let key: SettingKey
    let test: ClosedRange<Int>
    let live: ClosedRange<Int>

    init(_ key: SettingKey, _ test: ClosedRange<Int>, live: ClosedRange<Int>) {
        self.key = key
        self.test = test
        self.live = live
    }

    var testDescription: String { key.rawValue }
}

private let bounds: [Bounds] = [
    Bounds(.confirmationSeconds, 1...600, live: 300...600),
    Bounds(.wrongAnswers, 1...5, live: 5...5),
    Bounds(.pushBudget, 1...1_000, live: 1...10),
    Bounds(.reportBlockSeconds, 0...2_592_000, live: 86_400...2_592_000),
    Bounds(.enrolmentHoldSeconds, 0...604_800, live: 3_600...604_800),
    Bounds(.authorizationDays, 1...30, live: 7...30),
    Bounds(.acquirerTimeoutSeconds, 1...60, live: 20...60),
    Bounds(.keyCardReorderAt, 1...100, live: 20...100),
    Bounds(.idempotencyDays, 1...400, live: 31...400),
    Bounds(.attestationSeconds, 60...86_400, live: 600...86_400),
    Bounds(.guardianUntilAge, 0...18, live: 15...18),
]

struct SettingsTests {
    private func settings(_ values: [SettingKey: String], isLive: Bool = false) throws -> Settings {
        // Live mode takes a real acquirer.
        let bank: [SettingKey: String] =
            isLive ? [.acquirerKind: "iso8583", .acquirerAddress: "bank.example:8583"] : [:]
        return try Settings(
            values: bank.merging(values, uniquingKeysWith: { $1 }), isLive: isLive,
            publicURL: isLive ? "https://g.example" : "http://h:1")
    }

    @Test(arguments: bounds, [false, true])
    func `SCA-16: every number holds both its bounds in both modes`(bounds: Bounds, isLive: Bool) throws {
        let range = isLive ? bounds.live : bounds.test
        for good in [range.lowerBound, range.upperBound] {
            #expect(throws: Never.self) { try settings([bounds.key: String(good)], isLive: isLive) }
        }
        for bad in [range.lowerBound - 1, range.upperBound + 1] {
            let error = SettingError.outOfBounds(bounds.key, given: bad, bounds: range, isLive: isLive)
            #expect(throws: error) { try settings([bounds.key: String(bad)], isLive: isLive) }
        }
    }

    @Test func `the defaults are those of the contract and good in both modes`() throws {
        for isLive in [false, true] {
            let settings = try settings([:], isLive: isLive)
            #expect(settings.confirmationSeconds == 300)
            #expect(settings.wrongAnswers == 5)
            #expect(settings.pushBudget == 3 && settings.pushWindowSeconds == 600)
            #expect(settings.reportBlockSeconds == 86_400)
            #expect(settings.enrolmentHoldSeconds == 3_600)
            #expect(settings.acquirerTimeoutSeconds == 20)
            #expect(settings.keyCardReorderAt == 20)
            #expect(settings.idempotencyDays == 31)
            #expect(settings.attestationSeconds == 600)
            #expect(settings.guardianUntilAge == 15)
            #expect(settings.acquirerKind == (isLive ? .iso8583 : .sandbox))
        }
    }

    @Test func `ACQ-PORT: live mode does not start with the sandbox, which moves no money`() {
        let because = "live mode takes a real acquirer; the sandbox moves no money"
        #expect(throws: SettingError.missing(.acquirerKind, because: because)) {
            try Settings(values: [:], isLive: true, publicURL: "https://g.example")
        }
    }

    @Test func `PAY-EXPIRE: a brand's own number of days goes before the common one`() throws {
        let settings = try settings([.authorizationDays: "5", .authorizationDaysAmex: "9"])
        #expect(settings.authorizationDays(for: .amex) == 9)
        #expect(settings.authorizationDays(for: .visa) == 5)
    }

    @Test func `SCA-26: no key can skip the confirmation, number matching, full sync or the decision log`() {
        let forbidden = ["skip", "exempt", "disable", "match", "synchronous", "log.off", "enabled"]
        for key in SettingKey.allCases {
            #expect(!forbidden.contains { key.rawValue.contains($0) }, "\(key.rawValue)")
        }
        #expect(SettingKey(rawValue: "confirmation.required") == nil)
    }

    @Test(arguments: ["ten", "1.5", "", " 5", "+5", "0x5", "5s"])
    func `a number that is none is refused`(text: String) {
        #expect(throws: SettingError.notANumber(.pushBudget)) { try settings([.pushBudget: text]) }
    }

    @Test(arguments: [
        "ftp://h", "h.example", "http://", "http://h/path", "http://u@h", "http://h?q", "http://h#f",
    ])
    func `a public address that is none is refused`(text: String) {
        #expect(throws: SettingError.notAnAddress(.publicURL, isLive: false)) {
            try settings([.publicURL: text])
        }
    }

    @Test func `live mode wants https and a slash at the end is dropped`() throws {
        #expect(throws: SettingError.notAnAddress(.publicURL, isLive: true)) {
            try settings([.publicURL: "http://g.example"], isLive: true)
        }
        let live = try settings([.publicURL: "https://g.example:8443/"], isLive: true)
        #expect(live.publicURL == "https://g.example:8443")
        #expect(live.logOrigin == "g.example:8443")
    }

    @Test func `words are taken from their closed lists`() {
        #expect(throws: SettingError.unknownWord(.mode, allowed: ["test", "live"])) {
            try settings([.mode: "production"])
        }
        #expect(throws: SettingError.missing(.acquirerAddress, because: "acquirer.kind is iso8583")) {
            try settings([.acquirerKind: "iso8583"])
        }
        #expect(throws: Never.self) {
            try settings([.acquirerKind: "iso8583", .acquirerAddress: "bank:1"])
        }
    }

    @Test func `flags go before the environment, it before the file, it before the default`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/godkend.yaml"
        try PrivateFile.write([UInt8]("push.budget: 7\npush:\n  window_seconds: 70\n".utf8), to: file)
        func sources(_ flags: [String], _ environment: [String: String]) throws -> ConfigurationSources {
            try ConfigurationSources(flags: flags, environment: environment, file: file)
        }
        let variables = ["GODKEND_PUSH_BUDGET": "8", "GODKEND_CONFIRMATION_TTL_SECONDS": "60"]
        #expect(try sources(["push.budget=9"], variables).value(.pushBudget) == ("9", .flag))
        #expect(try sources([], variables).value(.pushBudget) == ("8", .environment))
        #expect(try sources([], variables).value(.confirmationSeconds) == ("60", .environment))
        #expect(try sources([], [:]).value(.pushBudget) == ("7", .file))
        #expect(try sources([], [:]).value(.pushWindowSeconds) == ("70", .file))
        #expect(try sources([], [:]).value(.wrongAnswers) == (nil, .standard))
        #expect(try sources([], [:]).settings(listening: "http://h:1").pushBudget == 7)
    }

    @Test(arguments: [
        ("push.bugdet: 7\n", 1, "no configuration key"),
        ("push:\n  budget: 7\n  bugdet: 8\n", 3, "no configuration key"),
        ("push.budget: 7\npush:\n  budget: 8\n", 3, "given twice"),
        ("push.budget: [7]\n", 1, "one value"),
        ("- push.budget\n", 1, "key: value"),
    ])
    func `a configuration file with a mistake is refused with its line`(
        text: String, line: Int, says: String
    ) throws {
        let problem = try #require(throws: YAMLProblem.self) {
            try ConfigurationFile.parse(text, file: "godkend.yaml")
        }
        #expect(problem.line == line)
        #expect(problem.message.contains(says))
    }
}
