/// How slow and how stubborn the sandbox bank is.
package struct SandboxBehaviour: Sendable, Hashable {
    /// Milliseconds before any answer.
    package var answerMilliseconds: Int64
    /// Milliseconds from the booking of a late approval (card ending 7205) to its answer. Must be longer than
    /// the gateway waits (`acquirer.timeout_seconds`), or it is not late.
    package var lateApprovalMilliseconds: Int64
    /// Milliseconds from the first answer to the second one (card ending 7304).
    package var secondAnswerMilliseconds: Int64
    /// How many times a reversal is refused before it is accepted (card ending 7403).
    package var refusedReversals: Int

    package init(
        answerMilliseconds: Int64 = 0, lateApprovalMilliseconds: Int64 = 25_000,
        secondAnswerMilliseconds: Int64 = 100, refusedReversals: Int = 2
    ) {
        self.answerMilliseconds = answerMilliseconds
        self.lateApprovalMilliseconds = lateApprovalMilliseconds
        self.secondAnswerMilliseconds = secondAnswerMilliseconds
        self.refusedReversals = refusedReversals
    }
}
