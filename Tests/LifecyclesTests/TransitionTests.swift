import Lifecycles
import Testing
import Vocabulary

/// The table of CONTRACT section 4: each state, each command, and what comes of it.
@Suite struct TransitionTests {
    /// The edges that there are; every other pair of states has none.
    static let edges: [AuthorizationStatus: Set<AuthorizationStatus>] = [
        .requiresConfirmation: [.processing, .declined, .canceled],
        .processing: [.approved, .declined],
        .approved: [.captured, .canceled, .expired],
        .captured: [], .declined: [], .canceled: [], .expired: [],
    ]

    static let pairs = AuthorizationStatus.allCases.flatMap { from in
        AuthorizationStatus.allCases.map { (from, $0) }
    }

    @Test(arguments: pairs)
    func `PAY-STATE: the table allows exactly the edges of the contract`(
        from: AuthorizationStatus, to: AuthorizationStatus
    ) throws {
        let allowed = try #require(Self.edges[from])
        #expect(from.successors.contains(to) == allowed.contains(to))
    }

    @Test(arguments: AuthorizationStatus.allCases)
    func `PAY-STATE: a terminal state is one that has no way out`(status: AuthorizationStatus) {
        #expect(status.isTerminal == status.successors.isEmpty)
    }

    static let capture = AuthorizationCommand.beginCapture(amountMinor: 100, isFinal: true)
    static let endCapture = AuthorizationCommand.endCapture(amountMinor: 100, isFinal: true, accepted: true)
    static let refund = AuthorizationCommand.beginRefund(amountMinor: 10)
    static let endRefund = AuthorizationCommand.endRefund(amountMinor: 10, accepted: true)

    /// One row a state, one cell a command.
    static let matrix: [(AuthorizationStatus, [(AuthorizationCommand, Outcome)])] = [
        (
            .requiresConfirmation,
            [
                (.confirm, .to(.processing, [.processing])),
                (.decline(decline), .to(.declined, [.declined])),
                (.cancel, .to(.canceled, [.canceled])), (.approve(approval), .no(.notProcessing)),
                (capture, .no(.notCapturable)), (endCapture, .no(.notCapturable)),
                (refund, .no(.notRefundable)), (endRefund, .no(.notRefundable)), (.expire, .no(.notDue)),
            ]
        ),
        (
            .processing,
            [
                (.confirm, .no(.notAwaitingConfirmation)),
                (.decline(decline), .to(.declined, [.declined])), (.cancel, .no(.notCancelable)),
                (.approve(approval), .to(.approved, [.approved])), (capture, .no(.notCapturable)),
                (endCapture, .no(.notCapturable)), (refund, .no(.notRefundable)),
                (endRefund, .no(.notRefundable)), (.expire, .no(.notDue)),
            ]
        ),
        (
            .approved,
            [
                (.confirm, .no(.notAwaitingConfirmation)), (.decline(decline), .no(.notDeclinable)),
                (.cancel, .to(.canceled, [.canceled, .released])), (.approve(approval), .no(.notProcessing)),
                (capture, .to(.approved, [.captureStarted])), (endCapture, .no(.notCapturable)),
                (refund, .no(.notRefundable)), (endRefund, .no(.notRefundable)), (.expire, .no(.notDue)),
            ]
        ),
        (
            .captured,
            [
                (.confirm, .no(.notAwaitingConfirmation)), (.decline(decline), .no(.notDeclinable)),
                (.cancel, .no(.notCancelable)), (.approve(approval), .no(.notProcessing)),
                (capture, .no(.notCapturable)), (endCapture, .no(.notCapturable)),
                (refund, .to(.captured, [.refundStarted])), (endRefund, .no(.notRefundable)),
                (.expire, .no(.notDue)),
            ]
        ),
        (.declined, dead), (.canceled, dead), (.expired, dead),
    ]

    /// Where nothing was ever captured and nothing may happen any more.
    static let dead: [(AuthorizationCommand, Outcome)] = [
        (.confirm, .no(.notAwaitingConfirmation)), (.decline(decline), .no(.notDeclinable)),
        (.cancel, .no(.notCancelable)), (.approve(approval), .no(.notProcessing)),
        (capture, .no(.notCapturable)), (endCapture, .no(.notCapturable)), (refund, .no(.notRefundable)),
        (endRefund, .no(.notRefundable)), (.expire, .no(.notDue)),
    ]

    static let cells = matrix.flatMap { row in row.1.map { (row.0, $0.0, $0.1) } }

    @Test(arguments: cells)
    func `PAY-STATE: each command in each state leads where the contract says, or changes nothing`(
        from: AuthorizationStatus, command: AuthorizationCommand, expected: Outcome
    ) {
        let before = usualLife(from)
        var after = before
        #expect(after.outcome(of: command) == expected)
        if case .no = expected { #expect(after == before) }
    }

    @Test func `PAY-STATE: a state carries what it knows and nothing else`() throws {
        var lived = life(.requiresConfirmation)
        _ = try lived.handle(.confirm, at: today)
        #expect(lived.state == .processing(since: today))
        _ = try lived.handle(.approve(approval), at: today)
        #expect(lived.state == .approved(approval))
        _ = try lived.handle(.beginCapture(amountMinor: 100, isFinal: true), at: today)
        _ = try lived.handle(.endCapture(amountMinor: 100, isFinal: true, accepted: true), at: today)
        #expect(lived.state == .captured(approval))
    }

    @Test func `PAY-DECLINE: a decline keeps its reason and the network's code`() throws {
        var lived = life(.processing)
        _ = try lived.handle(.decline(decline), at: today)
        #expect(lived.state == .declined(decline))
    }
}
