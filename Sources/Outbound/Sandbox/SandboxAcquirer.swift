import Lifecycles
package import Operations
import Vocabulary

/// A bank for tests and demonstrations, inside this process: the default acquirer (ACQ-PORT, PAY-TEST).
///
/// It keeps books of its own, judges by rules of its own and knows a repeat by its intent id: the same
/// answer, nothing booked twice. What it does with a card is chosen by the card's last four digits.
///
/// The books are a file of JSON lines, one object a line, written by one write(2) before the answer leaves;
/// a torn last line (no newline) is dropped when the file is opened. Members of a line, all present unless
/// said:
///
/// | member | meaning |
/// |---|---|
/// | `v` | 1 |
/// | `kind` | `authorize`, `capture`, `refund`, `reversal` |
/// | `intent` | id of the intent that was asked |
/// | `original` | id of the authorize intent it follows; for `authorize` the same as `intent` |
/// | `outcome` | `booked`, `refused`, `refused_for_now` (a reversal that may be tried again), `conflict` (the intent came again with other contents) |
/// | `at` | when the line was written, RFC 3339 |
/// | `transmitted_at`, `trace`, `retrieval`, `terminal` | ISO 8583 data elements 7, 11, 37 and 41 of the message |
/// | `merchant`, `currency` | slug of the merchant, ISO 4217 code |
/// | `asked` | minor units that were asked for |
/// | `booked` | minor units approved, captured, refunded or released; 0 unless `outcome` is `booked` |
/// | `code` | data element 39 of the answer |
/// | `approval_code` | data element 38, of a booked `authorize` only |
/// | `first6`, `last4` | of the card, of an `authorize` only; the number itself is never written |
package final class SandboxAcquirer: Acquirer {
    package let lateAnswers: AsyncStream<LateAnswer>

    private let bank: SandboxBank
    private let clock: any Clock
    private let behaviour: SandboxBehaviour
    private let fault: SandboxFault
    private let late: AsyncStream<LateAnswer>.Continuation

    /// Opens the books at `path`, or begins new ones there. Only one bank may have them open.
    package init(
        booksAt path: String, clock: any Clock, behaviour: SandboxBehaviour = SandboxBehaviour(),
        fault: SandboxFault = .none
    ) throws(SandboxBooksError) {
        bank = try SandboxBank(booksAt: path, behaviour: behaviour)
        self.clock = clock
        self.behaviour = behaviour
        self.fault = fault
        (lateAnswers, late) = AsyncStream.makeStream(of: LateAnswer.self)
    }

    /// Ends `lateAnswers`. Calls still work, so that a shutdown can drain.
    package func shutdown() {
        late.finish()
    }

    package func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        if await fault.cuts(.beforeSend, .authorize, call.intent) { return .notSent }
        guard let entry = try? await bank.authorize(call, at: clock.now()) else { return .sentUnknown }
        if await fault.cuts(.afterBooking, .authorize, call.intent) { return .sentUnknown }
        let answer = LateAnswer(reference: call.reference, answer: entry.authorizeAnswer)
        switch entry.outcome == .booked ? entry.card?.trigger : nil {
        case .silent:
            _ = await pause(.max)
            return .sentUnknown
        case .approvesLate:
            deliver(answer, after: behaviour.lateApprovalMilliseconds)
            _ = await pause(behaviour.lateApprovalMilliseconds)
            return .sentUnknown
        case .answersTwice:
            deliver(answer, after: behaviour.answerMilliseconds + behaviour.secondAnswerMilliseconds)
            return await answered(answer.answer)
        case .approves, .declines, .refusesReversalAtFirst, .approvesHalf, nil:
            return await answered(answer.answer)
        }
    }

    package func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, kind: .capture, as: .capture)
    }

    package func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, kind: .refund, as: .refund)
    }

    package func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, kind: .reversal, as: .reversal)
    }

    package func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> {
        if await fault.cuts(.beforeSend, .inquiry, call.intent) { return .notSent }
        guard let answer = await bank.inquire(call.intent, at: clock.now()) else { return .sentUnknown }
        if await fault.cuts(.afterBooking, .inquiry, call.intent) { return .sentUnknown }
        return await answered(answer)
    }

    private func followUp(
        _ call: FollowUpCall, kind: AcquirerCallKind, as faultCall: SandboxFault.Call
    ) async -> AcquirerReply<FollowUpAnswer> {
        if await fault.cuts(.beforeSend, faultCall, call.intent) { return .notSent }
        guard let entry = try? await bank.followUp(call, kind: kind, at: clock.now()) else {
            return .sentUnknown
        }
        if await fault.cuts(.afterBooking, faultCall, call.intent) { return .sentUnknown }
        return await answered(entry.followUpAnswer)
    }

    /// The answer after the bank's usual delay; unknown when the caller gave up meanwhile.
    private func answered<Answer>(_ answer: Answer) async -> AcquirerReply<Answer> {
        await pause(behaviour.answerMilliseconds) ? .answered(answer) : .sentUnknown
    }

    /// An answer that comes by itself, whether or not its caller still waits.
    private func deliver(_ answer: LateAnswer, after milliseconds: Int64) {
        Task { [late] in
            if await pause(milliseconds) { late.yield(answer) }
        }
    }
}

/// Waits, at most a day; false as soon as the task is cancelled.
private func pause(_ milliseconds: Int64) async -> Bool {
    guard milliseconds > 0 else { return true }
    do {
        try await Task.sleep(for: .milliseconds(min(milliseconds, 86_400_000)))
        return true
    } catch {
        return false
    }
}
