import Lifecycles
import Operations
import Vocabulary

/// The sandbox bank's rules and books as a value. It knows nothing of the gateway's states and never does
/// I/O.
///
/// `line` methods say what would be written; `book` writes it. A repeat gives the line that stands already.
struct SandboxLedger: Sendable {
    /// The line by which a call is answered.
    enum Line {
        /// It stands in the books; nothing is written.
        case standing(SandboxEntry)
        /// It must be written before the answer leaves.
        case new(SandboxEntry)
    }

    let refusedReversals: Int
    private var accounts: [IntentID: SandboxAccount] = [:]
    /// The final line of every intent.
    private var finals: [IntentID: SandboxEntry] = [:]
    /// Originals that were reversed before they arrived.
    private var reversedUnseen: Set<IntentID> = []

    init(refusedReversals: Int) {
        self.refusedReversals = refusedReversals
    }

    /// The final line of an intent, nil when the bank never saw it.
    func final(of intent: IntentID) -> SandboxEntry? {
        finals[intent]
    }

    func line(for call: AuthorizeCall, at now: Instant) -> Line {
        let (booked, code) = judge(call)
        let isBooked = booked > 0
        return line(
            replacingOrRepeating: SandboxEntry(
                kind: .authorize, intent: call.intent, original: call.intent,
                outcome: isBooked ? .booked : .refused, at: now, reference: call.reference,
                merchant: call.merchant, currency: call.money.currency, askedMinor: call.money.amountMinor,
                bookedMinor: booked, code: code,
                approvalCode: isBooked ? String(call.intent.text.suffix(6)) : nil,
                card: SandboxCard(first6: call.card.first6, last4: call.card.last4)))
    }

    func line(for call: FollowUpCall, kind: AcquirerCallKind, at now: Instant) -> Line {
        let judgement = judge(call, kind: kind)
        return line(
            replacingOrRepeating: SandboxEntry(
                kind: kind, intent: call.intent, original: call.original, outcome: judgement.outcome,
                at: now, reference: call.reference, merchant: call.merchant, currency: call.money.currency,
                askedMinor: call.money.amountMinor, bookedMinor: judgement.booked, code: judgement.code,
                approvalCode: nil, card: nil))
    }

    mutating func book(_ entry: SandboxEntry) {
        switch entry.outcome {
        case .conflict:
            return
        case .refusedForNow:
            accounts[entry.original]?.refusedReversals += 1
            return
        case .booked, .refused:
            finals[entry.intent] = entry
        }
        switch entry.kind {
        case .authorize:
            accounts[entry.intent] = SandboxAccount(entry)
        case .capture:
            accounts[entry.original]?.capturedMinor += entry.bookedMinor
        case .refund:
            accounts[entry.original]?.refundedMinor += entry.bookedMinor
        case .reversal where accounts[entry.original] == nil:
            reversedUnseen.insert(entry.original)
        case .reversal:
            accounts[entry.original]?.reversedMinor += entry.bookedMinor
        }
    }

    private func line(replacingOrRepeating entry: SandboxEntry) -> Line {
        guard let standing = finals[entry.intent] else { return .new(entry) }
        return standing.asksTheSame(as: entry) ? .standing(standing) : .new(entry.asConflict())
    }

    private func judge(_ call: AuthorizeCall) -> (booked: Int64, code: NetworkCode) {
        if reversedUnseen.contains(call.intent) { return (0, .invalidTransaction) }
        let asked = call.money.amountMinor
        switch SandboxTrigger(lastFour: call.card.last4) {
        case .declines(let code):
            return (0, code)
        case .approvesHalf:
            return asked > 1 ? (asked / 2, .partial) : (0, .insufficientFunds)
        case .approves, .silent, .approvesLate, .answersTwice, .refusesReversalAtFirst:
            return (asked, .approved)
        }
    }

    private typealias Judgement = (outcome: SandboxEntry.Outcome, booked: Int64, code: NetworkCode)

    private func judge(_ call: FollowUpCall, kind: AcquirerCallKind) -> Judgement {
        guard let account = accounts[call.original] else {
            return kind == .reversal ? (.booked, 0, .approved) : (.refused, 0, .unableToLocate)
        }
        let asked = call.money.amountMinor
        if account.merchant != call.merchant { return (.refused, 0, .invalidMerchant) }
        if account.currency != call.money.currency { return (.refused, 0, .invalidTransaction) }
        switch kind {
        case .authorize:
            return (.refused, 0, .invalidTransaction)
        case .capture:
            return asked <= account.openMinor ? (.booked, asked, .approved) : (.refused, 0, .invalidAmount)
        case .refund:
            return asked <= account.refundableMinor
                ? (.booked, asked, .approved) : (.refused, 0, .invalidAmount)
        case .reversal:
            let isStubborn = account.trigger == .refusesReversalAtFirst
            return isStubborn && account.refusedReversals < refusedReversals
                ? (.refusedForNow, 0, .systemError) : (.booked, account.openMinor, .approved)
        }
    }
}

extension SandboxEntry {
    /// The line that says that this intent stands in the books with other contents.
    fileprivate func asConflict() -> SandboxEntry {
        SandboxEntry(
            kind: kind, intent: intent, original: original, outcome: .conflict, at: at, reference: reference,
            merchant: merchant, currency: currency, askedMinor: askedMinor, bookedMinor: 0,
            code: .duplicateTransmission, approvalCode: nil, card: card)
    }
}
