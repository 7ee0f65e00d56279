import Lifecycles
import Operations
import Testing
import Vocabulary

@testable import Outbound

@Suite(.timeLimit(.minutes(5))) struct DialectWayTests {
    @Test(arguments: ISO8583Dialect.Encoding.allCases, ISO8583Dialect.CurrencyForm.allCases)
    func `ACQ-PORT: a sale is the same in every dialect and every framing`(
        encoding: ISO8583Dialect.Encoding, form: ISO8583Dialect.CurrencyForm
    ) async throws {
        let dialect = ISO8583Dialect(encoding: encoding, currencyForm: form)
        for framing in everyFraming {
            try await withBooks { path in
                let bank = try SandboxAcquirer(booksAt: path, clock: TestClock(), behaviour: prompt)
                let server = try await ISO8583SandboxServer.start(
                    bank, clock: TestClock(), framing: framing, dialect: dialect)
                let acquirer = ISO8583Acquirer(
                    link: ISO8583Link(
                        address: ISO8583Address(host: "127.0.0.1", port: server.port, institution: "45718"),
                        framing: framing, dialect: dialect, life: ISO8583LineLife(signsOn: true)),
                    clock: TestClock())
                guard case .answered(.approved(24_900, _)) = await acquirer.authorize(try authorizeCall())
                else {
                    Issue.record("\(dialect) \(framing): no approval")
                    return
                }
                #expect(try await acquirer.capture(followUpCall(20_000, intent: 2)) == .answered(.accepted))
                #expect(try await acquirer.refund(followUpCall(5_000, intent: 3)) == .answered(.accepted))
                #expect(try await acquirer.reverse(followUpCall(4_900, intent: 4)) == .answered(.accepted))
                #expect(
                    await acquirer.inquire(inquiryCall(.capture, intent: 2))
                        == .answered(.followUp(.accepted)))
                #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 0)
                await acquirer.shutdown()
                await server.stop()
            }
        }
    }
}
