import Decisions
import GRDB
import Lifecycles
package import Vocabulary

/// A pharmacy asks to see a patient's records: the patient is asked in the app, and may answer with a code.
///
/// Whether there is such a customer and whether they can be asked shows nowhere in the answer (SCA-09).
package struct StartLookup: Command {
    let owner: Owner
    /// Nil when what was sent can be nobody's name.
    let login: CustomerLogin?
    /// What is named where there is no key card.
    let decoyNumber: String
    let payee: DisplayName
    let terms: ConfirmationTerms
    let key: RequestKey?

    package init(
        owner: Owner, login: CustomerLogin?, decoyNumber: String, payee: DisplayName,
        terms: ConfirmationTerms, key: RequestKey?
    ) {
        self.owner = owner
        self.login = login
        self.decoyNumber = decoyNumber
        self.payee = payee
        self.terms = terms
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        let id: LookupID = transaction.makeID()
        let known = try login.flatMap { try transaction.customer($0) }
        // A customer who cannot be asked just now still has the numbers of their own card.
        let drawn = try known.flatMap { try transaction.drawKeyNumber(of: $0) }
        let number = drawn?.number ?? decoyNumber
        guard let known, try transaction.mayAskForLookup(known, terms: terms) else {
            let expiresAt = transaction.now.adding(seconds: terms.seconds)
            let nobody = ConfirmationSummary(
                id: transaction.makeID(), status: .pending, expiresAt: expiresAt)
            try insert(id, of: nil, nobody, card: nil, number: number, in: transaction)
            return try answer(id, in: transaction)
        }
        if let drawn { try transaction.noteAsked(drawn) }
        let asked = try transaction.openConfirmation(
            NewConfirmation(
                kind: .prescriptionLookup, authorization: nil, subject: id.text, customer: known,
                merchant: owner.merchant, payee: payee, seconds: terms.seconds))
        try insert(id, of: known, asked, card: drawn?.card, number: number, in: transaction)
        return try answer(id, in: transaction)
    }

    private func insert(
        _ id: LookupID, of customer: CustomerID?, _ confirmation: ConfirmationSummary, card: KeyCardID?,
        number: String, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO prescription_lookups (id, merchant, is_live, customer, confirmation, key_card,
                key_number, payee, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, owner.merchant, owner.isLive, customer, confirmation.id, card, number, payee.text,
                confirmation.expiresAt, transaction.now,
            ])
    }

    private func answer(_ id: LookupID, in transaction: Transaction) throws -> WrittenAnswer {
        guard let row = try LookupRow.find(id, of: owner, in: transaction.db) else {
            throw Rejection.notFound
        }
        return try transaction.answer(.lookup(row.lookup(at: transaction.time)), for: key)
    }
}

extension Transaction {
    /// Whether a look-up may be put to this customer. That the app is blocked or rests does not stand in its
    /// way: a code may answer it too.
    fileprivate func mayAskForLookup(_ customer: CustomerID, terms: ConfirmationTerms) throws -> Bool {
        let facts = try customerFacts(customer)
        guard !facts.isBlocked, !facts.isCertificateBlocked, !facts.isPasswordBlocked,
            facts.reportedUntil.map({ now >= $0 }) ?? true
        else { return false }
        if var pending = try pendingConfirmation(of: customer) {
            guard isOverdue(pending) else { return false }
            try expire(&pending)
        }
        return try recentRequests(to: customer, within: terms.pushWindowSeconds) < terms.pushBudget
    }
}
