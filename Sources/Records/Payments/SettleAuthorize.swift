import Decisions
import GRDB
import Lifecycles
package import Vocabulary

/// What the acquirer said to an authorize call, or that it said nothing in time.
package enum AuthorizeResult: Sendable, Hashable {
    case approved(approvedMinor: Int64, code: String)
    case declined(NetworkCode)
    /// It says that something was approved, and is no approval of what was asked: it is reversed.
    case unusable(NetworkCode)
    case silent
    /// Not one byte was ever sent, for this reason: nothing is to be reversed.
    case neverSent(DeclineReason)

    var forRules: AcquirerResult {
        switch self {
        case .approved(let amount, _): .approved(approvedMinor: amount)
        case .declined(let code): .declined(code)
        case .unusable(let code): .unusable(code)
        case .silent: .silent
        case .neverSent(let reason): .neverSent(reason)
        }
    }

    /// Whether the issuer may hold money after it, as far as its own words go. A no holds nothing, but for
    /// one whose own code says that something was approved.
    var mayHoldMoney: Bool {
        switch self {
        case .declined(let code): code.answer != .refuses
        case .approved, .unusable, .silent: true
        case .neverSent: false
        }
    }

    /// Whether it says that something was approved.
    package var saysApproved: Bool { self != .silent && mayHoldMoney }
}

/// T3: the acquirer's result decides. Device and customer are read again; a yes that may not stand is
/// reversed in the same transaction, and so is a silence, since the bank may have said yes.
package struct SettleAuthorize: Command {
    package let intent: IntentID
    package let result: AuthorizeResult
    /// How long an approval stands, by brand.
    package let daysToCapture: [CardBrand: Int]
    /// How long after the intent a yes still counts; nil: however long.
    package let secondsToAnswer: Int?
    /// False for an answer that was matched by its retrieval reference alone: it decides nothing, and only
    /// makes sure that a declined payment has a reversal.
    package let isCertain: Bool

    package init(
        intent: IntentID, result: AuthorizeResult, daysToCapture: [CardBrand: Int],
        secondsToAnswer: Int? = nil, isCertain: Bool = true
    ) {
        self.isCertain = isCertain
        self.intent = intent
        self.result = result
        self.daysToCapture = daysToCapture
        self.secondsToAnswer = secondsToAnswer
    }

    /// What the result led to.
    package enum Outcome: Sendable, Hashable {
        case approved
        case declined
        /// The same answer came before: nothing to do.
        case duplicate
        /// A yes that came after our no: it is being reversed (ACQ-LATE).
        case late
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        let intent = try transaction.intent(intent)
        guard intent.kind == .authorize else { throw Rejection.notFound }
        var authorization = try transaction.authorization(intent.authorization)
        guard intent.status == .open else {
            return try late(authorization: authorization, in: transaction)
        }
        // An uncertain answer to what is still open: the inquiry, or the end of the time, decides.
        guard isCertain else { return .duplicate }
        let facts = ResultFacts(
            askedMinor: intent.amountMinor, result: result.forRules,
            isInTime: secondsToAnswer.map {
                transaction.time.now(for: intent.createdAt) < intent.createdAt.adding(seconds: $0)
            } ?? true,
            isDeviceGood: try transaction.isAnsweringDeviceGood(for: authorization),
            isCardBlocked: try transaction.isCardBlocked(for: authorization.id),
            customer: try transaction.customerFacts(of: authorization),
            pharmacy: try transaction.pharmacyStanding(of: authorization.id))
        let decision = RuleSet.result.decide(facts, at: transaction.now)
        let draft = try DecisionDraft(.result, decision, otherwise: "approved")
        let code = networkCode(asked: intent.amountMinor)
        _ = try transaction.endIntent(intent.id, as: ending, networkCode: code)
        if let reason = decision.decline {
            let decline = Decline.afterTheQuestion(reason, networkCode: code)
            try transaction.apply(.decline(decline), to: &authorization, decision: draft)
            if result.mayHoldMoney { try transaction.openReversal(of: authorization) }
            return .declined
        }
        try approve(&authorization, draft: draft, in: transaction)
        return .approved
    }

    private func approve(
        _ authorization: inout Authorization, draft: DecisionDraft, in transaction: Transaction
    ) throws {
        guard case .approved(_, let code) = result else { throw Rejection.authorization(.notProcessing) }
        let days = daysToCapture[authorization.card.brand] ?? 7
        let approval = Approval(
            code: code, at: transaction.now, captureBefore: transaction.now.adding(days: days))
        try transaction.apply(.approve(approval), to: &authorization, decision: draft)
        if authorization.capture == .automatic {
            _ = try transaction.beginCapture(
                authorization.money.amountMinor, isFinal: true, of: &authorization)
        }
    }

    /// An answer to an intent that has ended. A yes of any kind to what we declined is money held for nobody.
    private func late(authorization: Authorization, in transaction: Transaction) throws -> Outcome {
        guard result.saysApproved, authorization.status == .declined else { return .duplicate }
        if !isCertain, try transaction.hasReversal(authorization.id) { return .duplicate }
        try transaction.openReversal(of: authorization)
        try transaction.recordNote("late_approval_reversed", of: authorization)
        return .late
    }

    private var ending: IntentRecord.Status {
        switch result {
        case .approved: .accepted
        case .declined, .unusable: .refused
        case .silent, .neverSent: .givenUp
        }
    }

    private func networkCode(asked askedMinor: Int64) -> NetworkCode? {
        switch result {
        case .declined(let code), .unusable(let code): code
        // Approved for less than was asked: field 39 says so.
        case .approved(let approved, _): approved < askedMinor ? .partial : nil
        case .silent, .neverSent: nil
        }
    }
}

extension Transaction {
    /// Whether anything was ever taken back, or is being.
    fileprivate func hasReversal(_ id: AuthorizationID) throws -> Bool {
        try row("SELECT 1 FROM intents WHERE authorization = ? AND kind = 'reversal' LIMIT 1", [id]) != nil
    }

    /// The device whose answer stands is still active.
    fileprivate func isAnsweringDeviceGood(for authorization: Authorization) throws -> Bool {
        guard let confirmation = authorization.confirmation else { return false }
        let row = try row(
            """
            SELECT d.status FROM answers a JOIN devices d ON d.id = a.device WHERE a.confirmation = ?
            """,
            [confirmation.id])
        return row?["status"] == "active"
    }

    fileprivate func customerFacts(of authorization: Authorization) throws -> CustomerFacts {
        guard let customer = authorization.customer else { throw Rejection.notFound }
        return try customerFacts(customer)
    }
}
