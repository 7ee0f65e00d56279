import Decisions
import Testing
import Vocabulary

/// One thing that speaks against a new payment, and the reason that follows.
struct Objection: Sendable {
    let rule: String
    let reason: DeclineReason
    let spoil: @Sendable (inout GoodCreate) -> Void

    init(_ rule: String, _ reason: DeclineReason, _ spoil: @escaping @Sendable (inout GoodCreate) -> Void) {
        self.rule = rule
        self.reason = reason
        self.spoil = spoil
    }
}

@Suite struct CreateTests {
    /// All objections in order of precedence: the merchant, the card, the customer, the moment, the
    /// prescription.
    static let objections: [Objection] =
        [
            Objection("merchant-active", .merchantSuspended) { $0.isMerchantSuspended = true },
            Objection("currency-allowed", .currencyNotAllowed) { $0.currency = .eur },
            Objection("amount-within-limit", .amountOverLimit) { $0.limitMinor = 24_899 },
            Objection("pharmacy-for-medicine", .merchantNotPharmacy) {
                $0.needsPharmacy = true
                $0.isMerchantPharmacy = false
            },
            Objection("pharmacy-listed", .merchantNotPharmacy) {
                $0.isMerchantPharmacy = true
                $0.order.isListed = false
                $0.order.lines.append(GoodLine())
            },
            Objection("product-listed", .productUnknown) {
                $0.isMerchantPharmacy = true
                $0.order.pharmacy = GoodOrder.here
                $0.order.lines.append(GoodLine(product: nil, drawn: .nothing))
            },
            Objection("buyer-adult", .ageRestricted) {
                $0.isMerchantPharmacy = true
                $0.order.pharmacy = GoodOrder.here
                $0.order.payerBirthDate = "2008-11-23"
                $0.order.lines.append(GoodLine(product: Row(group: .hxAdult), drawn: .nothing))
            },
            Objection("card-enrolled", .cardNotEnrolled) { $0.enrolment = nil },
            Objection("card-not-blocked", .cardBlocked) { $0.enrolment = CardEnrolment(isBlocked: true) },
            Objection("card-not-expired", .cardExpired) { $0.expiry = (month: 10, year: 2026) },
            Objection("customer-not-blocked", .customerBlocked) { $0.customer?.isBlocked = true },
            Objection("password-usable", .customerBlocked) { $0.customer?.isPasswordBlocked = true },
            Objection("certificate-valid", .certificateBlocked) { $0.customer?.isCertificateBlocked = true },
            Objection("no-report-standing", .customerBlocked) {
                $0.customer?.reportedUntil = now.adding(seconds: 60)
            },
            Objection("app-not-blocked", .appBlocked) { $0.customer?.isAppBlocked = true },
            Objection("app-not-suspended", .tooManyAttempts) {
                $0.customer?.appSuspendedUntil = now.adding(seconds: 60)
            },
            Objection("code-app-enrolled", .noCodeApp) { $0.customer?.readyDevices = 0 },
            Objection("no-other-confirmation", .confirmationPendingElsewhere) {
                $0.isConfirmationPending = true
            },
            Objection("push-budget", .pushBudgetSpent) { $0.recentRequests = 3 },
        ] + ofPrescriptions

    /// What speaks against the prescription of an order speaks against its payment.
    private static let ofPrescriptions = PrescriptionOrderTests.objections.map { objection in
        Objection(objection.rule, objection.reason) { scene in
            (scene.needsPharmacy, scene.isMerchantPharmacy) = (true, true)
            if scene.order.lines.isEmpty { scene.order = GoodOrder() }
            objection.spoil(&scene.order)
        }
    }

    private func check(
        _ expected: DeclineReason?, _ change: (inout GoodCreate) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var scene = GoodCreate()
        change(&scene)
        #expect(try scene.decision().decline == expected, sourceLocation: sourceLocation)
    }

    @Test func `PAY-DECLINE: nothing speaks against it: the question is put`() throws {
        try check(nil) { _ in }
    }

    @Test func `PAY-DECLINE: the rules of a new payment stand in this order`() {
        #expect(RuleSet.create.rules.map(\.name) == Self.objections.map(\.rule))
    }

    @Test(arguments: objections.indices)
    func `PAY-DECLINE: each objection alone gives its reason`(index: Int) throws {
        try check(Self.objections[index].reason, Self.objections[index].spoil)
    }

    @Test(arguments: objections.indices)
    func `PAY-DECLINE: of several objections the first in order gives the reason`(index: Int) throws {
        // This one and everything after it is wrong; the first is spoilt last, so that it stands.
        var scene = GoodCreate()
        for later in Self.objections[index...].reversed() { later.spoil(&scene) }
        let decision = try scene.decision()
        #expect(decision.decline == Self.objections[index].reason)
        let first = decision.trace.first { entry in
            if case .decline = entry.verdict { true } else { false }
        }
        #expect(first?.rule == Self.objections[index].rule)
    }

    @Test(arguments: [(24_899, nil), (24_900, nil), (24_901, .amountOverLimit)] as [(Int64, DeclineReason?)])
    func `PAY-AMOUNT: the limit itself is within the limit`(amount: Int64, reason: DeclineReason?) throws {
        try check(reason) { scene in
            scene.limitMinor = 24_900
            scene.amountMinor = amount
        }
    }

    @Test func `PAY-AMOUNT: a merchant without a limit sells for any amount`() throws {
        try check(nil) { scene in
            scene.limitMinor = nil
            scene.amountMinor = Money.maximumMinor
        }
    }

    @Test(arguments: [("2026-11-30", nil), ("2026-12-01", .cardExpired)] as [(String, DeclineReason?)])
    func `PAN-4: a card is good to the last day of its month`(day: String, reason: DeclineReason?) throws {
        try check(reason) { scene in
            scene.today = LocalDate(day)
            scene.expiry = (month: 11, year: 2026)
        }
    }

    @Test(arguments: [(-1, nil), (0, nil), (1, .customerBlocked)] as [(Int64, DeclineReason?)])
    func `SCA-15: a report stands until its moment, not at it`(
        left: Int64, reason: DeclineReason?
    ) throws {
        try check(reason) { $0.customer?.reportedUntil = now.adding(milliseconds: left) }
    }

    @Test(arguments: [(-1, nil), (0, nil), (1, .tooManyAttempts)] as [(Int64, DeclineReason?)])
    func `SCA-10: a suspension stands until its moment, not at it`(
        left: Int64, reason: DeclineReason?
    ) throws {
        try check(reason) { $0.customer?.appSuspendedUntil = now.adding(milliseconds: left) }
    }

    @Test(
        arguments: [(0, nil), (2, nil), (3, .pushBudgetSpent), (4, .pushBudgetSpent)]
            as [(Int, DeclineReason?)])
    func `SCA-14: the third question is put, the fourth is not`(
        asked: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { $0.recentRequests = asked }
    }

    @Test(
        arguments: [(0, 0, .noCodeApp), (0, 1, .noCodeApp), (1, 0, nil), (1, 1, nil)]
            as [(Int, Int, DeclineReason?)])
    func `SCA-23: an app on hold is no app yet`(ready: Int, held: Int, reason: DeclineReason?) throws {
        try check(reason) { scene in
            scene.customer?.readyDevices = ready
            scene.customer?.devicesOnHold = held
        }
    }

    @Test(
        arguments: [
            (false, false, nil), (false, true, nil), (true, false, .merchantNotPharmacy), (true, true, nil),
        ]
            as [(Bool, Bool, DeclineReason?)])
    func `RX-MERCHANT: medicine is sold by pharmacies only`(
        medicine: Bool, pharmacy: Bool, reason: DeclineReason?
    ) throws {
        try check(reason) { scene in
            scene.needsPharmacy = medicine
            scene.isMerchantPharmacy = pharmacy
        }
    }

    @Test(
        arguments: [
            (false, 0, nil), (false, 1, nil), (true, 0, nil), (true, 1, .productUnknown),
            (true, 2, .productUnknown),
        ] as [(Bool, Int, DeclineReason?)])
    func `RX-GROUP: what a pharmacy sells is in the price list`(
        pharmacy: Bool, unlisted: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { scene in
            scene.isMerchantPharmacy = pharmacy
            scene.order.pharmacy = pharmacy ? GoodOrder.here : nil
            let goods = GoodLine(product: nil, drawn: .nothing)
            scene.order.lines = Array(repeating: goods, count: unlisted)
        }
    }

    @Test(
        arguments: [
            (.found, nil), (.unknown, .rxMissing), (.nothing, .rxMissing),
        ] as [(GoodLine.Drawn, DeclineReason?)])
    func `RX-COVER: a payment for a medicine on prescription needs its record`(
        drawn: GoodLine.Drawn, reason: DeclineReason?
    ) throws {
        try check(reason) { scene in
            (scene.needsPharmacy, scene.isMerchantPharmacy) = (true, true)
            scene.order = GoodOrder(lines: [GoodLine(), GoodLine(drawn: drawn)])
        }
    }

    @Test func `SCA-08: what is blocked has its own reason inside and one word outside`() throws {
        let blocks = Self.objections.filter {
            ["customer-not-blocked", "password-usable", "certificate-valid", "app-not-blocked"].contains(
                $0.rule)
        }
        #expect(Set(blocks.map(\.reason)) == [.customerBlocked, .certificateBlocked, .appBlocked])
        #expect(Set(blocks.map(\.reason.publicReason)) == ["authentication_unavailable"])
        #expect(Set(blocks.map(\.reason.message)).count == 1)
    }

    @Test func `SCA-01: a card that belongs to nobody is declined, and no rule about a customer speaks`()
        throws
    {
        var scene = GoodCreate()
        scene.enrolment = nil
        scene.customer = nil
        let decision = try scene.decision()
        #expect(decision.decline == .cardNotEnrolled)
        let about = decision.trace.filter { $0.verdict == .notApplicable }.map(\.rule)
        #expect(about.contains("customer-not-blocked") && about.contains("code-app-enrolled"))
    }
}
