import Lifecycles
import Testing
import Vocabulary

@Suite struct ConfirmationTests {
    static let expiresAt = today.adding(seconds: 300)

    static let commands: [(ConfirmationCommand, ConfirmationStatus, DeclineReason?)] = [
        (.answer(.approve, decline: nil), .approved, nil),
        (.answer(.approve, decline: .matchCodeWrong), .denied, .matchCodeWrong),
        (.answer(.approve, decline: .confirmationMismatch), .canceled, .confirmationMismatch),
        (.answer(.approve, decline: .customerBlocked), .canceled, .customerBlocked),
        (.answer(.deny, decline: .confirmationDenied), .denied, .confirmationDenied),
        (.answer(.report, decline: .confirmationReported), .reported, .confirmationReported),
        (.refuseFactor, .denied, .codeAppRequired), (.withdraw(.appBlocked), .canceled, .appBlocked),
        (.cancel, .canceled, nil), (.supersede, .superseded, nil),
    ]

    private func confirmation(_ status: ConfirmationStatus = .pending) -> ConfirmationLifecycle {
        ConfirmationLifecycle(status: status, reason: nil, expiresAt: Self.expiresAt)
    }

    private func check(
        _ command: ConfirmationCommand, at now: Instant, from status: ConfirmationStatus = .pending,
        is expected: Result<ConfirmationStatus, ConfirmationRejection>
    ) {
        let before = confirmation(status)
        var after = before
        do throws(ConfirmationRejection) {
            try after.handle(command, at: now)
            #expect(expected == .success(after.status))
        } catch {
            #expect(expected == .failure(error))
            #expect(after == before)
        }
    }

    @Test(arguments: commands)
    func `SCA-21: a question ends as the table says, with its reason`(
        command: ConfirmationCommand, status: ConfirmationStatus, reason: DeclineReason?
    ) throws {
        var asked = confirmation()
        try asked.handle(command, at: today)
        #expect(asked.status == status)
        #expect(asked.reason == reason)
    }

    @Test(arguments: ConfirmationStatus.allCases)
    func `SCA-21: only a pending question has a way out`(status: ConfirmationStatus) {
        #expect(status.isTerminal == (status != .pending))
        let others = Set(ConfirmationStatus.allCases).subtracting([.pending])
        #expect(status.successors == (status == .pending ? others : []))
    }

    static let illegal = ConfirmationStatus.allCases.filter { $0 != .pending }.flatMap { status in
        (commands.map(\.0) + [.expire]).map { (status, $0) }
    }

    @Test(arguments: illegal)
    func `SCA-21: a question that has ended takes nothing any more`(
        status: ConfirmationStatus, command: ConfirmationCommand
    ) {
        check(command, at: today, from: status, is: .failure(.over(status)))
        check(command, at: Self.expiresAt, from: status, is: .failure(.over(status)))
    }

    @Test(arguments: commands.map { ($0.0, $0.1) })
    func `SCA-16: a millisecond before the end an answer counts, at the end and after it is refused`(
        command: ConfirmationCommand, status: ConfirmationStatus
    ) {
        check(command, at: Self.expiresAt.adding(milliseconds: -1), is: .success(status))
        check(command, at: Self.expiresAt, is: .failure(.over(.expired)))
        check(command, at: Self.expiresAt.adding(milliseconds: 1), is: .failure(.over(.expired)))
    }

    @Test func `SCA-16: the sweeper ends a question at its moment, not a millisecond before`() {
        check(.expire, at: Self.expiresAt.adding(milliseconds: -1), is: .failure(.notDue))
        check(.expire, at: Self.expiresAt, is: .success(.expired))
        check(.expire, at: Self.expiresAt.adding(milliseconds: 1), is: .success(.expired))
    }

    @Test(arguments: [(-1, false), (0, true), (1, true)] as [(Int64, Bool)])
    func `SCA-16: overdue is the same moment for whoever asks`(milliseconds: Int64, isOverdue: Bool) {
        let now = Self.expiresAt.adding(milliseconds: milliseconds)
        #expect(confirmation().isOverdue(at: now) == isOverdue)
        #expect(!confirmation(.approved).isOverdue(at: now))
    }

    @Test func `PAY-EXPIRE: an unanswered question ends with confirmation_expired`() throws {
        var asked = confirmation()
        try asked.handle(.expire, at: Self.expiresAt)
        #expect(asked.reason == .confirmationExpired)
    }

    @Test func `SCA-13: one wrong number ends the question; the right one after it is refused`() throws {
        var asked = confirmation()
        try asked.handle(.answer(.approve, decline: .matchCodeWrong), at: today)
        #expect(throws: ConfirmationRejection.over(.denied)) {
            try asked.handle(.answer(.approve, decline: nil), at: today)
        }
        #expect(asked.reason == .matchCodeWrong)
    }
}
