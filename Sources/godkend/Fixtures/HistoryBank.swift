import Lifecycles
import Operations
import Proofs
import Records
import Vocabulary

/// The bank of the history: it answers every recorded intent as the payment's fate wants, and the answers are
/// recorded as the driver records them.
struct HistoryBank: Sendable {
    let gateway: Gateway
    let fates: [AuthorizationID: HistoryFate]
    /// Whether the calls that get no answer are given up now.
    let answersSilent: Bool

    /// Works until nothing is open that has an answer; `wait` lets the bank take its time.
    func settle(after wait: () -> Void) async throws {
        while true {
            let open = try await gateway.ledger.read { db in
                try IntentRecord.open(in: db).compactMap { try IntentRecord.find($0, in: db) }
            }
            let ready = open.filter { answersSilent || !isSilent($0) }
            guard !ready.isEmpty else { return }
            wait()
            _ = try await HistoryCrowd.together(ready) { try await settle($0) }
        }
    }

    private func isSilent(_ intent: IntentRecord) -> Bool {
        intent.kind == .authorize && fates[intent.authorization] == .bankSilent
    }

    private func settle(_ intent: IntentRecord) async throws {
        guard intent.kind == .authorize else {
            try await gateway.ledger.submit(SettleFollowUp(intent: intent.id, isAccepted: true))
            return
        }
        _ = try await gateway.ledger.submit(
            SettleAuthorize(
                intent: intent.id, result: result(of: intent),
                daysToCapture: gateway.settings.authorizationDays,
                secondsToAnswer: gateway.settings.acquirerTimeoutSeconds))
    }

    private func result(of intent: IntentRecord) -> AuthorizeResult {
        switch fates[intent.authorization] {
        case .refusedByBank(let code): .declined(code)
        case .bankSilent: .silent
        case .partOnly:
            .approved(approvedMinor: max(intent.amountMinor / 2, 1), code: approvalCode(of: intent))
        default: .approved(approvedMinor: intent.amountMinor, code: approvalCode(of: intent))
        }
    }

    private func approvalCode(of intent: IntentRecord) -> String { String(intent.id.text.suffix(6)) }
}

/// A customer's answer, ready to be signed.
struct HistoryReply: Sendable {
    let question: ConfirmationID
    let device: DeviceID
    let key: SigningKey
    let verdict: Verdict
    let isNumberRight: Bool
    let verifiedBy: VerifiedBy

    /// Fetches the text, signs it and sends the answer.
    ///
    /// - Returns: the word of a refusal; nil when the answer was taken.
    func send(to gateway: Gateway) async throws -> String? {
        do {
            let pending = try await gateway.pendingConfirmations(for: device)
            guard let text = pending.first(where: { $0.id == question }) else { return "not_asked" }
            let compact = try AnswerDraft.sign(
                statement: Array(text.statement.utf8), verdict: verdict, verifiedBy: verifiedBy,
                matchCode: verdict == .approve ? number(in: gateway) : nil, device: device, key: key)
            _ = try await gateway.answer(question, compact: compact, from: device)
            return nil
        } catch let refusal as Refusal {
            return refusal.code.rawValue
        }
    }

    private func number(in gateway: Gateway) -> MatchCode? {
        let right = gateway.presenter.matchCode(question)
        return isNumberRight ? right : MatchCode(right.text == "00" ? "01" : "00")
    }
}
