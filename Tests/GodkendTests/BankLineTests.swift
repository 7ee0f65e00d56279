import Foundation
import Lifecycles
import Operations
import Outbound
import Records
import Testing
import Vocabulary

@testable import godkend

@Suite struct BankLineTests {
    private func settings(_ values: [SettingKey: String], isLive: Bool = false) throws -> Settings {
        let bank: [SettingKey: String] = [
            .acquirerKind: "iso8583", .acquirerAddress: "bank.example:8583/45718",
        ]
        return try Settings(
            values: bank.merging(values, uniquingKeysWith: { $1 }), isLive: isLive,
            publicURL: isLive ? "https://g.example" : "http://h:1")
    }

    @Test func `ACQ-PORT: what is not set is the plain line, with the currency in digits`() throws {
        let link = try OpenAcquirer.link(settings([:]))
        #expect(link.address.host == "bank.example" && link.address.institution == "45718")
        #expect(link.framing == ISO8583Framing() && link.dialect == ISO8583Dialect())
        #expect(link.dialect.currencyForm == .numeric && link.terminal == ISO8583Terminal())
        #expect(link.life == ISO8583LineLife() && link.security == nil)
    }

    @Test func `ACQ-PORT: every setting of the line arrives at the line`() throws {
        let link = try OpenAcquirer.link(
            settings([
                .acquirerCurrencyForm: "letters", .acquirerEncoding: "bcd", .acquirerLengthHeader: "ascii4",
                .acquirerLengthIncludesItself: "yes", .acquirerTPDU: "60000380aB", .acquirerSignOn: "yes",
                .acquirerEchoSeconds: "30", .acquirerKeepAliveSeconds: "15", .acquirerMerchantType: "5912",
                .acquirerEntryMode: "812", .acquirerConditionCode: "59",
                .acquirerAcceptorLocation: "BOGBIXEN  AARHUS  DK",
            ]))
        #expect(link.dialect == ISO8583Dialect(encoding: .bcd, currencyForm: .letters))
        #expect(
            link.framing
                == ISO8583Framing(header: .ascii4, isInclusive: true, tpdu: [0x60, 0, 3, 0x80, 0xAB]))
        #expect(link.life.signsOn && link.life.echoSeconds == 30 && link.life.keepAliveSeconds == 15)
        let entryMode = try #require(ISO8583EntryMode("812"))
        #expect(
            link.terminal
                == ISO8583Terminal(
                    merchantType: "5912", entryMode: entryMode, conditionCode: "59",
                    location: "BOGBIXEN  AARHUS  DK"))
    }

    @Test(
        arguments: [
            (.acquirerTPDU, "600003801"), (.acquirerTPDU, "60000380120"), (.acquirerTPDU, "60000380 1"),
            (.acquirerMerchantType, "591"), (.acquirerMerchantType, "59120"), (.acquirerMerchantType, "59a2"),
            (.acquirerEntryMode, "81"), (.acquirerEntryMode, "8100"), (.acquirerConditionCode, "5"),
            (.acquirerConditionCode, "590"), (.acquirerAcceptorLocation, "Ærø"),
            (.acquirerAcceptorLocation, String(repeating: "A", count: 41)),
        ] as [(SettingKey, String)])
    func `ACQ-PORT: a value of another form is refused by its key`(key: SettingKey, value: String) {
        #expect(throws: SettingError.self) { try settings([key: value]) }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.10", true), ("localhost", true), ("[::1]", true),
        ("128.0.0.1", false), ("10.0.0.1", false), ("bank.example", false), ("127.0.0.1.example", false),
        ("localhost.example", false),
    ])
    func `ACQ-PORT: live mode speaks plainly to this machine only`(host: String, isGood: Bool) throws {
        let live = try settings([.acquirerAddress: "\(host):8583"], isLive: true)
        if isGood {
            #expect(try OpenAcquirer.link(live).address.port == 8_583)
        } else {
            #expect(throws: CommandFailure.self) { try OpenAcquirer.link(live) }
        }
        // In test mode anything goes.
        #expect(throws: Never.self) { try OpenAcquirer.link(settings([.acquirerAddress: "\(host):8583"])) }
    }

    @Test func `ACQ-PORT: TLS needs roots, and a certificate its key`() {
        #expect(
            throws: SettingError.missing(.acquirerTLSRoots, because: "acquirer.tls is on")
        ) { try settings([.acquirerTLS: "on"]) }
        #expect(throws: SettingError.self) { try settings([.acquirerTLSCertificate: "own.pem"]) }
        #expect(throws: SettingError.self) { try settings([.acquirerTLSKey: "own.key"]) }
        #expect(throws: CommandFailure.self) {
            try OpenAcquirer.link(settings([.acquirerTLS: "on", .acquirerTLSRoots: "/nowhere/roots.pem"]))
        }
    }

    @Test(arguments: [
        "", "bank", "bank:", ":8583", "bank:0", "bank:65536", "::1:8583", "[]:1", "bank:1/", "bank:1/x",
    ])
    func `ACQ-PORT: an address that is none is refused`(text: String) {
        #expect(throws: CommandFailure.self) { try OpenAcquirer.address(text) }
    }

    @Test func `ACQ-INTENT: the doctor tells of calls that are open for long, and of those to be settled`()
        throws
    {
        let line = try settings([:]).acquirerLine
        let now = Instant(milliseconds: 1_795_348_800_000)
        func verdict(_ open: OpenIntents) -> Finding.Verdict {
            Examination.finding(open, line, now: now).verdict
        }
        let none = OpenIntents(kinds: [:], abandoned: [:])
        #expect(verdict(none) == .good)
        for (minutes, expected) in [(15, Finding.Verdict.good), (16, .warning)] {
            let group = OpenIntents.Group(count: 2, oldest: now.adding(seconds: -60 * minutes))
            #expect(verdict(OpenIntents(kinds: [.reversal: group], abandoned: [:])) == expected)
        }
        let given = Examination.finding(OpenIntents(kinds: [:], abandoned: [.reversal: 1]), line, now: now)
        #expect(given.verdict == .warning && given.detail.contains("1 to be settled by hand: reversal"))
    }
}
