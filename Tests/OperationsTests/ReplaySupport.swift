import Decisions
import Notation
import Operations
import Records
import Testing
import Vocabulary

/// A logged decision of a new payment, with what it rests on; a test changes what it is about.
struct LoggedPayment {
    static let now = Instant(milliseconds: 1_795_348_800_123)

    var amountMinor: Int64 = 24_900
    var currency = Currency.dkk
    var limitMinor: Int64?
    var isSuspended = false
    var isCardBlocked = false
    var isCustomerBlocked = false
    var isPasswordBlocked = false
    var recentRequests = 0
    var pushBudget = 3
    /// Nil: nobody's card.
    var payerBirthDate: String? = "2008-11-22"
    /// HA18 without a prescription, from a pharmacy.
    var buysForAdults = false
    var attestationSeconds = 600

    func decision() throws -> Decision {
        let today = try #require(LocalDate("2026-11-22"))
        let hasCustomer = payerBirthDate != nil
        let facts = CreateFacts(
            now: Self.now, today: today, money: try Money(amountMinor: amountMinor, currency: currency),
            isMerchantSuspended: isSuspended, isMerchantPharmacy: buysForAdults,
            merchantCurrencies: [.dkk, .sek], limitMinor: limitMinor, needsPharmacy: buysForAdults,
            prescriptions: try prescriptions(today),
            cardExpiry: try #require(CardExpiry(month: 12, year: 2030)),
            enrolment: hasCustomer ? CardEnrolment(isBlocked: isCardBlocked) : nil,
            customer: hasCustomer ? customer : nil, isConfirmationPending: false,
            recentRequests: recentRequests, pushBudget: pushBudget)
        return RuleSet.create.decide(facts, at: Self.now)
    }

    private var customer: CustomerFacts {
        CustomerFacts(
            isBlocked: isCustomerBlocked, isPasswordBlocked: isPasswordBlocked, isCertificateBlocked: false,
            isAppBlocked: false, appSuspendedUntil: nil, reportedUntil: nil, readyDevices: 1,
            devicesOnHold: 0)
    }

    private func prescriptions(_ today: LocalDate) throws -> PrescriptionFacts {
        let gln = try #require(GLN("5790000000012"))
        let product = PricedProduct(
            number: try #require(ProductNumber("012345")), drug: nil, atc: nil, name: "Examplin",
            packageSize: .one, substitutionGroup: nil, group: .haAdult, priceMinor: 4_995)
        return PrescriptionFacts(
            now: Self.now, today: today,
            pharmacy: buysForAdults ? PharmacyFacts(gln: gln, isListed: true) : nil,
            payerBirthDate: payerBirthDate.flatMap { LocalDate($0) }, guardianUntilAge: 15,
            attestationSeconds: attestationSeconds,
            lines: buysForAdults
                ? [OrderLineFacts(position: 0, quantity: 1, product: product, drawn: nil)] : [])
    }

    /// The trace as it is stored, read back from its text, and its personal inputs with it.
    func stored() throws -> (trace: JSON, personal: JSON?) {
        let decision = try decision()
        let trace = try JSON.parse(TraceDocument.json(decision).written())
        return (trace, try TraceDocument.personal(decision).map { try JSON.parse($0.written()) })
    }

    /// What a replay says of it while nothing is erased.
    func replayed(_ rules: ReplayRules) throws -> ReplayOutcome {
        let (trace, personal) = try stored()
        return Replay.judge(TraceDocument.merged(trace, personal), under: rules)
    }

    func logged(_ number: Int, isErased: Bool = false) throws -> LoggedDecision {
        let (trace, personal) = try stored()
        return LoggedDecision(
            id: Identifier(at: Self.now, random: (1, UInt64(number))),
            authorization: Identifier(at: Self.now, random: (2, UInt64(number))), stage: "create",
            reason: try decision().decline?.rawValue, trace: trace, personal: isErased ? nil : personal)
    }
}

extension ReplayRules {
    init(_ text: String) throws { try self.init(parsing: text.utf8) }

    static func cap(_ amount: Int64, _ currency: String = "DKK") throws -> ReplayRules {
        try ReplayRules(
            #"{"amount-within-limit": {"version": 2, "parameters": {"caps": {"\#(currency)": \#(amount)}}}}"#)
    }

    static func budget(_ budget: Int) throws -> ReplayRules {
        try ReplayRules(#"{"push-budget": {"version": 2, "parameters": {"budget": \#(budget)}}}"#)
    }

    static func without(_ rules: String...) throws -> ReplayRules {
        let members = try rules.map { name in
            let version = try #require(RuleBook.rule(named: name)).version
            return #""\#(name)": {"version": \#(version), "enabled": false}"#
        }
        return try ReplayRules("{" + members.joined(separator: ",") + "}")
    }
}

extension Settings {
    /// What nobody configured.
    static func standard(_ values: [SettingKey: String] = [:]) throws -> Settings {
        try Settings(values: values, isLive: false, publicURL: "http://127.0.0.1:8080")
    }
}
