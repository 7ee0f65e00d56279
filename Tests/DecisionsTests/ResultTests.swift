import Decisions
import Testing
import Vocabulary

@Suite struct ResultTests {
    @Test func `ACQ-PORT: a yes to the whole amount approves`() {
        #expect(GoodResult().decision.decline == nil)
    }

    @Test func `PAY-DECLINE: the rules of a result stand in this order`() {
        let names = [
            "acquirer-answered", "issuer-approves", "whole-amount-approved", "customer-still-good",
            "card-still-good", "signers-still-good", "relation-still-stands", "holds-still-stand",
        ]
        #expect(RuleSet.result.rules.map(\.name) == names)
    }

    @Test func `ACQ-INTENT: silence is a decline, whatever else is wrong`() {
        #expect(GoodResult(result: .silent).decision.decline == .acquirerUnavailable)
        let worse = GoodResult(result: .silent, isDeviceGood: false, customer: GoodCustomer(isBlocked: true))
        #expect(worse.decision.decline == .acquirerUnavailable)
    }

    @Test func `ACQ-LATE: a yes after our deadline is a no, and a bank's no stays what it is`() {
        #expect(GoodResult(isInTime: false).decision.decline == .acquirerUnavailable)
        let refused = GoodResult(result: .declined(.lostCard), isInTime: false)
        #expect(refused.decision.decline == .lostCard)
    }

    @Test func `PAY-DECLINE: a card blocked while the bank was asked pays nothing`() {
        #expect(GoodResult(isCardBlocked: true).decision.decline == .cardBlocked)
    }

    @Test(
        arguments: [
            (24_900, nil), (24_899, .partialApproval), (24_901, .partialApproval), (0, .partialApproval),
        ]
            as [(Int64, DeclineReason?)])
    func `ACQ-PORT: a yes to another amount is no yes`(approved: Int64, reason: DeclineReason?) {
        #expect(GoodResult(result: .approved(approvedMinor: approved)).decision.decline == reason)
    }

    /// The network's code, our reason, who refused, and what the shop had better do.
    static let codes: [(String, DeclineReason, DeclineParty, DeclineAdvice)] = [
        ("05", .doNotHonor, .issuer, .contactIssuer), ("51", .insufficientFunds, .issuer, .useAnotherCard),
        ("41", .lostCard, .issuer, .doNotRetry), ("43", .stolenCard, .issuer, .doNotRetry),
        ("54", .expiredCard, .issuer, .useAnotherCard), ("N7", .incorrectCvc, .issuer, .retryLater),
        ("96", .processingError, .acquirer, .retryLater), ("91", .processingError, .acquirer, .retryLater),
        // A code that nobody knows is a no; so is a "no" with the code for yes.
        ("ZZ", .doNotHonor, .issuer, .contactIssuer), ("00", .doNotHonor, .issuer, .contactIssuer),
    ]

    @Test(arguments: codes)
    func `PAY-DECLINE: a bank's no has the network's code, our reason, who refused and an advice`(
        text: String, reason: DeclineReason, by: DeclineParty, advice: DeclineAdvice
    ) throws {
        let code = try #require(NetworkCode(text))
        let decision = GoodResult(result: .declined(code)).decision
        #expect(decision.decline == reason)
        #expect(reason.by == by)
        #expect(reason.advice == advice)
        let entry = try #require(decision.trace.first { $0.rule == "issuer-approves" })
        #expect(entry.inputs == [RuleInput("network_code", .word(text))])
    }

    @Test func `PAY-DECLINE: the bank's no goes before what became of the customer`() {
        let both = GoodResult(
            result: .declined(.insufficientFunds), isDeviceGood: false,
            customer: GoodCustomer(isBlocked: true))
        #expect(both.decision.decline == .insufficientFunds)
        let partial = GoodResult(result: .approved(approvedMinor: 1), isDeviceGood: false)
        #expect(partial.decision.decline == .partialApproval)
    }

    @Test func `SCA-24: a device revoked while the bank was asked pays nothing`() {
        #expect(GoodResult(isDeviceGood: false).decision.decline == .appBlocked)
    }
}
