import Decisions
import Testing
import Vocabulary

@Suite struct AnswerTests {
    typealias Case = (rule: String, reason: DeclineReason, spoil: @Sendable (inout GoodAnswer) -> Void)

    /// In order of precedence; a verdict is spoilt by another verdict, so the two first exclude each other.
    static let objections: [Case] = [
        ("verdict-not-reported", .confirmationReported, { $0.verdict = .report }),
        ("verdict-approves", .confirmationDenied, { $0.verdict = .deny }),
        ("payee-unchanged", .confirmationMismatch, { $0.isPayeeUnchanged = false }),
        ("match-code-right", .matchCodeWrong, { $0.isMatchCodeRight = false }),
        ("answering-customer-good", .customerBlocked, { $0.customer.isBlocked = true }),
        ("answered-card-good", .cardBlocked, { $0.isCardBlocked = true }),
        (
            "answered-signers-good", .rxRevoked,
            {
                $0.pharmacy = PharmacyStanding(
                    isRelationGood: false, areHoldsActive: false, areSignersGood: false)
            }
        ),
        (
            "answered-relation-good", .rxProxyMissing,
            { $0.pharmacy = PharmacyStanding(isRelationGood: false, areHoldsActive: false) }
        ),
        (
            "answered-holds-active", .rxHeldElsewhere,
            { $0.pharmacy = PharmacyStanding(isRelationGood: true, areHoldsActive: false) }
        ),
    ]

    @Test func `SCA-02: an approval with nothing against it lets the payment go on`() {
        #expect(GoodAnswer().decision.decline == nil)
    }

    @Test func `PAY-DECLINE: the rules of an answer stand in this order`() {
        #expect(RuleSet.answer.rules.map(\.name) == Self.objections.map(\.rule))
    }

    @Test(arguments: objections.indices)
    func `PAY-DECLINE: of several objections to an answer the first in order gives the reason`(index: Int) {
        var alone = GoodAnswer()
        Self.objections[index].spoil(&alone)
        #expect(alone.decision.decline == Self.objections[index].reason)
        var together = GoodAnswer()
        for later in Self.objections[index...].reversed() { later.spoil(&together) }
        #expect(together.decision.decline == Self.objections[index].reason)
    }

    @Test(arguments: [(true, nil), (false, .matchCodeWrong)] as [(Bool, DeclineReason?)])
    func `SCA-13: the number on the shop's page must be the one typed`(isRight: Bool, reason: DeclineReason?)
    {
        #expect(GoodAnswer(isMatchCodeRight: isRight).decision.decline == reason)
    }

    @Test func `SCA-13: who says no need not type a number`() {
        let decision = GoodAnswer(verdict: .deny, isMatchCodeRight: nil).decision
        #expect(decision.decline == .confirmationDenied)
    }

    @Test func `SCA-03: a shop that changed its name meanwhile gets nothing`() {
        #expect(GoodAnswer(isPayeeUnchanged: false).decision.decline == .confirmationMismatch)
    }

    typealias Block = (
        spoil: @Sendable (inout GoodCustomer) -> Void, reason: DeclineReason?
    )

    /// What counts once the question was put: blocks do, budgets and holds of other devices do not.
    static let customers: [Block] = [
        ({ _ in }, nil), ({ $0.isBlocked = true }, .customerBlocked),
        ({ $0.isPasswordBlocked = true }, .customerBlocked),
        ({ $0.isCertificateBlocked = true }, .certificateBlocked), ({ $0.isAppBlocked = true }, .appBlocked),
        ({ ($0.isBlocked, $0.isCertificateBlocked, $0.isAppBlocked) = (true, true, true) }, .customerBlocked),
        ({ ($0.isCertificateBlocked, $0.isAppBlocked) = (true, true) }, .certificateBlocked),
        ({ $0.devicesOnHold = 2 }, nil),
    ]

    @Test(arguments: customers.indices)
    func `SCA-08: what was blocked while the question was open confirms and pays nothing`(index: Int) {
        var customer = GoodCustomer()
        Self.customers[index].spoil(&customer)
        #expect(GoodAnswer(customer: customer).decision.decline == Self.customers[index].reason)
        #expect(GoodResult(customer: customer).decision.decline == Self.customers[index].reason)
    }

    // MARK: Without an answer

    private func check(
        _ expected: DeclineReason?, at moment: Instant = now, kind: ConfirmationKind = .cardPayment,
        offered: Factor? = nil, withdrawnFor: DeclineReason? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let facts = EndingFacts(
            now: moment, expiresAt: now.adding(seconds: 300), kind: kind, factorOffered: offered,
            withdrawnFor: withdrawnFor)
        #expect(
            RuleSet.ending.decide(facts, at: moment).decline == expected, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [(299_999, nil), (300_000, .confirmationExpired), (300_001, .confirmationExpired)]
            as [(Int64, DeclineReason?)])
    func `SCA-16: a question is over at its moment, not a millisecond before`(
        milliseconds: Int64, reason: DeclineReason?
    ) {
        check(reason, at: now.adding(milliseconds: milliseconds))
    }

    @Test(arguments: Factor.allCases)
    func `SCA-06: no factor but the code app confirms a card payment`(factor: Factor) {
        check(factor == .app ? nil : .codeAppRequired, offered: factor)
    }

    @Test(arguments: [ConfirmationKind.signIn, .prescriptionLookup])
    func `SCA-07: a key card may answer what is no payment`(kind: ConfirmationKind) {
        check(nil, kind: kind, offered: .keyCard)
    }

    @Test func `PAY-DECLINE: a refused factor goes before a withdrawal, a withdrawal before the time`() {
        let late = now.adding(seconds: 301)
        check(.codeAppRequired, at: late, offered: .keyCard, withdrawnFor: .appBlocked)
        check(.appBlocked, at: late, withdrawnFor: .appBlocked)
        check(.confirmationExpired, at: late)
    }
}
