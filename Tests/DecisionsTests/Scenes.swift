import Decisions
import Vocabulary

/// Noon, 22 November 2026, in Greenwich.
let now = Instant(milliseconds: 1_795_348_800_000)

/// A customer with whom nothing is wrong; a test spoils what it is about.
struct GoodCustomer {
    var isBlocked = false
    var isPasswordBlocked = false
    var isCertificateBlocked = false
    var isAppBlocked = false
    var appSuspendedUntil: Instant?
    var reportedUntil: Instant?
    var readyDevices = 1
    var devicesOnHold = 0

    var facts: CustomerFacts {
        CustomerFacts(
            isBlocked: isBlocked, isPasswordBlocked: isPasswordBlocked,
            isCertificateBlocked: isCertificateBlocked, isAppBlocked: isAppBlocked,
            appSuspendedUntil: appSuspendedUntil, reportedUntil: reportedUntil, readyDevices: readyDevices,
            devicesOnHold: devicesOnHold)
    }
}

/// A new payment that nothing speaks against.
struct GoodCreate {
    var today = LocalDate(year: 2026, month: 11, day: 22)
    var amountMinor: Int64 = 24_900
    var currency = Currency.dkk
    var isMerchantSuspended = false
    var isMerchantPharmacy = false
    var limitMinor: Int64? = 100_000
    var needsPharmacy = false
    /// Its products and prescriptions: none.
    var order = GoodOrder(pharmacy: nil, lines: [])
    var expiry = (month: 12, year: 2030)
    var enrolment: CardEnrolment? = CardEnrolment(isBlocked: false)
    var customer: GoodCustomer? = GoodCustomer()
    var isConfirmationPending = false
    var recentRequests = 0
    var pushBudget = 3

    func facts() throws -> CreateFacts {
        guard let today, let expiry = CardExpiry(month: expiry.month, year: expiry.year) else {
            throw BadScene()
        }
        return CreateFacts(
            now: now, today: today, money: try Money(amountMinor: amountMinor, currency: currency),
            isMerchantSuspended: isMerchantSuspended, isMerchantPharmacy: isMerchantPharmacy,
            merchantCurrencies: [.dkk, .sek], limitMinor: limitMinor, needsPharmacy: needsPharmacy,
            prescriptions: try order.facts(), cardExpiry: expiry, enrolment: enrolment,
            customer: customer?.facts,
            isConfirmationPending: isConfirmationPending, recentRequests: recentRequests,
            pushBudget: pushBudget)
    }

    func decision() throws -> Decision { RuleSet.create.decide(try facts(), at: now) }
}

/// A signed answer that lets a payment go on.
struct GoodAnswer {
    var verdict = Verdict.approve
    var isMatchCodeRight: Bool? = true
    var isPayeeUnchanged = true
    var isCardBlocked = false
    var customer = GoodCustomer()
    var pharmacy: PharmacyStanding?

    var decision: Decision {
        RuleSet.answer.decide(
            AnswerFacts(
                verdict: verdict, isMatchCodeRight: isMatchCodeRight, isPayeeUnchanged: isPayeeUnchanged,
                isCardBlocked: isCardBlocked, customer: customer.facts, pharmacy: pharmacy),
            at: now)
    }
}

/// A bank's yes to the whole amount.
struct GoodResult {
    var result = AcquirerResult.approved(approvedMinor: 24_900)
    var isDeviceGood = true
    var isInTime = true
    var isCardBlocked = false
    var customer = GoodCustomer()
    var pharmacy: PharmacyStanding?

    var decision: Decision {
        RuleSet.result.decide(
            ResultFacts(
                askedMinor: 24_900, result: result, isInTime: isInTime, isDeviceGood: isDeviceGood,
                isCardBlocked: isCardBlocked, customer: customer.facts, pharmacy: pharmacy),
            at: now)
    }
}

/// A test's own facts are not in order.
struct BadScene: Error {}
