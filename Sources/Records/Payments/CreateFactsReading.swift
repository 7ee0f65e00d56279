import Decisions
import Foundation
import GRDB
import Lifecycles
import Vocabulary

extension Transaction {
    /// The facts of a new authorization, read in the transaction that decides; and whose card it is.
    func createFacts(
        _ draft: AuthorizationDraft, card: MaskedCard, fingerprint: Data, merchant: MerchantTerms,
        terms: ConfirmationTerms, pharmacy: PharmacyOrder
    ) throws -> (rules: CreateFacts, customer: CustomerID?, drawn: [DrawnRecord]) {
        let enrolled = try row("SELECT customer, blocked_at FROM cards WHERE fingerprint = ?", [fingerprint])
        let customer = (enrolled?["customer"] as String?).flatMap { CustomerID($0) }
        var isPending = false
        var recent = 0
        if let customer {
            if var pending = try pendingConfirmation(of: customer) {
                if isOverdue(pending) { try expire(&pending) } else { isPending = true }
            }
            recent = try recentRequests(to: customer, within: terms.pushWindowSeconds)
        }
        let lines = draft.order.lines
        let prescriptions = try factsOfPrescriptions(
            draft.order, pharmacy, customer: customer, replaces: draft.replaces)
        let facts = CreateFacts(
            now: now, today: LocalDate(now), money: draft.money, isMerchantSuspended: merchant.isSuspended,
            isMerchantPharmacy: merchant.isPharmacy, merchantCurrencies: merchant.currencies,
            limitMinor: merchant.limitMinor,
            needsPharmacy: lines.contains { $0.kind == .medicine || $0.prescription != nil },
            prescriptions: prescriptions.facts,
            cardExpiry: card.expiry,
            enrolment: enrolled.map { CardEnrolment(isBlocked: $0["blocked_at"] as Instant? != nil) },
            customer: try customer.map(customerFacts), isConfirmationPending: isPending,
            recentRequests: recent, pushBudget: terms.pushBudget)
        return (facts, customer, prescriptions.drawn)
    }

    /// Questions of every kind put since the last one that was approved, within the window (SCA-14).
    func recentRequests(to customer: CustomerID, within seconds: Int) throws -> Int {
        let isOld = time.isOver("issued_at", plus: Int64(seconds) * 1_000, of: "issued_at")
        let row = try row(
            """
            SELECT count(*) AS requests FROM confirmations
            WHERE customer = :customer AND NOT \(isOld.sql) AND issued_at > coalesce((
                SELECT max(issued_at) FROM confirmations
                WHERE customer = :customer AND NOT \(isOld.sql) AND status = 'approved'), 0)
            """,
            ["customer": customer] &+ isOld.arguments)
        return row?["requests"] ?? 0
    }
}
