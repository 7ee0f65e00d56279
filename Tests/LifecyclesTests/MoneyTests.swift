import Lifecycles
import Testing
import Vocabulary

/// A life, what is done to it, and what comes of it.
struct Step: Sendable {
    let name: String
    let before: AuthorizationLifecycle
    let command: AuthorizationCommand
    let outcome: Outcome
    /// captured+capturing/authorized refunded+refunding, afterwards.
    let figures: String

    init(
        _ name: String, _ before: AuthorizationLifecycle, _ command: AuthorizationCommand, _ outcome: Outcome,
        _ figures: String
    ) {
        self.name = name
        self.before = before
        self.command = command
        self.outcome = outcome
        self.figures = figures
    }
}

extension Step: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite struct MoneyTests {
    private func check(_ step: Step) {
        var after = step.before
        #expect(after.outcome(of: step.command) == step.outcome)
        #expect(after.figures == step.figures)
    }

    static let captures = [
        Step(
            "one unit", life(.approved), .beginCapture(amountMinor: 1, isFinal: false),
            .to(.approved, [.captureStarted]), "0+1/100 0+0"),
        Step(
            "all of it", life(.approved), .beginCapture(amountMinor: 100, isFinal: true),
            .to(.approved, [.captureStarted]), "0+100/100 0+0"),
        Step(
            "one unit too much", life(.approved), .beginCapture(amountMinor: 101, isFinal: true),
            .no(.captureAboveAuthorized(capturable: 100)), "0+0/100 0+0"),
        Step(
            "all that a part left", life(.approved, captured: 60),
            .beginCapture(amountMinor: 40, isFinal: true), .to(.approved, [.captureStarted]),
            "60+40/100 0+0"),
        Step(
            "more than a part left", life(.approved, captured: 60),
            .beginCapture(amountMinor: 41, isFinal: true), .no(.captureAboveAuthorized(capturable: 40)),
            "60+0/100 0+0"),
        Step(
            "nothing", life(.approved), .beginCapture(amountMinor: 0, isFinal: true), .no(.amountNotPositive),
            "0+0/100 0+0"),
        Step(
            "less than nothing", life(.approved), .beginCapture(amountMinor: -1, isFinal: true),
            .no(.amountNotPositive), "0+0/100 0+0"),
        Step(
            "the largest number", life(.approved), .beginCapture(amountMinor: .max, isFinal: true),
            .no(.captureAboveAuthorized(capturable: 100)), "0+0/100 0+0"),
        Step(
            "the smallest number", life(.approved), .beginCapture(amountMinor: .min, isFinal: true),
            .no(.amountNotPositive), "0+0/100 0+0"),
        Step(
            "accepted, final, in part", life(.approved, capturing: 30, isFinalOpen: true),
            .endCapture(amountMinor: 30, isFinal: true, accepted: true),
            .to(.captured, [.captured, .released]), "30+0/100 0+0"),
        Step(
            "accepted, final, in full", life(.approved, capturing: 100, isFinalOpen: true),
            .endCapture(amountMinor: 100, isFinal: true, accepted: true), .to(.captured, [.captured]),
            "100+0/100 0+0"),
        Step(
            "accepted, more to come", life(.approved, capturing: 30),
            .endCapture(amountMinor: 30, isFinal: false, accepted: true), .to(.approved, [.partCaptured]),
            "30+0/100 0+0"),
        Step(
            "accepted, in full, though more was to come", life(.approved, captured: 70, capturing: 30),
            .endCapture(amountMinor: 30, isFinal: false, accepted: true), .to(.captured, [.captured]),
            "100+0/100 0+0"),
        Step(
            "refused, final", life(.approved, captured: 10, capturing: 30, isFinalOpen: true),
            .endCapture(amountMinor: 30, isFinal: true, accepted: false), .to(.approved, [.captureFailed]),
            "10+0/100 0+0"),
        Step(
            "refused, more to come", life(.approved, capturing: 30),
            .endCapture(amountMinor: 30, isFinal: false, accepted: false), .to(.approved, [.captureFailed]),
            "0+0/100 0+0"),
    ]

    @Test(arguments: captures)
    func `PAY-CAPTURE: in full or in part, never above what was authorized`(step: Step) { check(step) }

    static let onces = [
        Step(
            "a capture under way uses its amount", life(.approved, capturing: 70),
            .beginCapture(amountMinor: 31, isFinal: false), .no(.captureAboveAuthorized(capturable: 30)),
            "0+70/100 0+0"),
        Step(
            "what it leaves may be captured beside it", life(.approved, capturing: 70),
            .beginCapture(amountMinor: 30, isFinal: false), .to(.approved, [.captureStarted]), "0+100/100 0+0"
        ),
        Step(
            "nothing is left beside it", life(.approved, capturing: 100),
            .beginCapture(amountMinor: 0, isFinal: true), .no(.captureAboveAuthorized(capturable: 0)),
            "0+100/100 0+0"),
        Step(
            "nothing beside a final one", life(.approved, capturing: 10, isFinalOpen: true),
            .beginCapture(amountMinor: 1, isFinal: false), .no(.captureOpen), "0+10/100 0+0"),
        Step(
            "no result without an intent", life(.approved),
            .endCapture(amountMinor: 1, isFinal: false, accepted: true), .no(.notCapturable), "0+0/100 0+0"),
        Step(
            "no result above the intent", life(.approved, capturing: 10),
            .endCapture(amountMinor: 11, isFinal: false, accepted: true), .no(.notCapturable),
            "0+10/100 0+0"),
        Step(
            "no final result of what was not final", life(.approved, capturing: 10),
            .endCapture(amountMinor: 10, isFinal: true, accepted: true), .no(.notCapturable), "0+10/100 0+0"),
        Step(
            "a refund under way uses its amount", life(.captured, captured: 60, refunding: 50),
            .beginRefund(amountMinor: 11), .no(.refundAboveCaptured(refundable: 10)), "60+0/100 0+50"),
        Step(
            "no refund result without an intent", life(.captured, captured: 60),
            .endRefund(amountMinor: 1, accepted: true), .no(.notRefundable), "60+0/100 0+0"),
        Step(
            "no refund result above the intent", life(.captured, captured: 60, refunding: 5),
            .endRefund(amountMinor: 6, accepted: true), .no(.notRefundable), "60+0/100 0+5"),
    ]

    @Test(arguments: onces)
    func `ACQ-ONCE: an amount counts as used from its intent on`(step: Step) { check(step) }

    static let refunds = [
        Step(
            "one unit", life(.captured, captured: 60), .beginRefund(amountMinor: 1),
            .to(.captured, [.refundStarted]), "60+0/100 0+1"),
        Step(
            "all of it", life(.captured, captured: 60), .beginRefund(amountMinor: 60),
            .to(.captured, [.refundStarted]), "60+0/100 0+60"),
        Step(
            "one unit too much", life(.captured, captured: 60), .beginRefund(amountMinor: 61),
            .no(.refundAboveCaptured(refundable: 60)), "60+0/100 0+0"),
        Step(
            "of the authorized sum, when less was captured", life(.captured, captured: 60),
            .beginRefund(amountMinor: 100), .no(.refundAboveCaptured(refundable: 60)), "60+0/100 0+0"),
        Step(
            "the last of many", life(.captured, captured: 60, refunded: 59), .beginRefund(amountMinor: 1),
            .to(.captured, [.refundStarted]), "60+0/100 59+1"),
        Step(
            "after the last", life(.captured, captured: 60, refunded: 60), .beginRefund(amountMinor: 1),
            .no(.refundAboveCaptured(refundable: 0)), "60+0/100 60+0"),
        Step(
            "nothing", life(.captured, captured: 60), .beginRefund(amountMinor: 0), .no(.amountNotPositive),
            "60+0/100 0+0"),
        Step(
            "less than nothing", life(.captured, captured: 60), .beginRefund(amountMinor: .min),
            .no(.amountNotPositive), "60+0/100 0+0"),
        Step(
            "of a part, while more may be captured", life(.approved, captured: 60),
            .beginRefund(amountMinor: 60), .to(.approved, [.refundStarted]), "60+0/100 0+60"),
        Step(
            "of what is only being captured", life(.approved, capturing: 60), .beginRefund(amountMinor: 1),
            .no(.notRefundable), "0+60/100 0+0"),
        Step(
            "accepted", life(.captured, captured: 60, refunding: 20),
            .endRefund(amountMinor: 20, accepted: true), .to(.captured, [.refunded]), "60+0/100 20+0"),
        Step(
            "refused", life(.captured, captured: 60, refunding: 20),
            .endRefund(amountMinor: 20, accepted: false), .to(.captured, [.refundFailed]), "60+0/100 0+0"),
    ]

    @Test(arguments: refunds)
    func `PAY-REFUND: many parts, their sum never above what was captured`(step: Step) { check(step) }

    static let cancels = [
        Step(
            "nothing captured", life(.approved), .cancel, .to(.canceled, [.canceled, .released]),
            "0+0/100 0+0"),
        Step(
            "a part captured", life(.approved, captured: 60), .cancel,
            .to(.captured, [.captured, .released]),
            "60+0/100 0+0"),
        Step(
            "a capture open", life(.approved, capturing: 1), .cancel, .no(.captureOpen), "0+1/100 0+0"),
        Step(
            "a part captured and another open", life(.approved, captured: 60, capturing: 1), .cancel,
            .no(.captureOpen), "60+1/100 0+0"),
        Step("the bank is being asked", life(.processing), .cancel, .no(.notCancelable), "0+0/100 0+0"),
    ]

    @Test(arguments: cancels)
    func `PAY-CANCEL: what is not captured is released, after a part capture too`(step: Step) { check(step) }

    @Test(
        arguments: [
            (-1, .no(.notDue)), (0, .to(.expired, [.expired, .released])),
            (1, .to(.expired, [.expired, .released])),
        ] as [(Int64, Outcome)])
    func `PAY-EXPIRE: an approval ends at its moment, not a millisecond before`(
        milliseconds: Int64, expected: Outcome
    ) {
        var lived = life(.approved)
        #expect(lived.outcome(of: .expire, at: captureBefore.adding(milliseconds: milliseconds)) == expected)
    }

    @Test(
        arguments: [
            (-1, .to(.approved, [.captureStarted])), (0, .no(.notCapturable)), (1, .no(.notCapturable)),
        ] as [(Int64, Outcome)])
    func `PAY-EXPIRE: nothing is captured from the moment on, swept or not`(
        milliseconds: Int64, expected: Outcome
    ) {
        var lived = life(.approved)
        let command = AuthorizationCommand.beginCapture(amountMinor: 100, isFinal: true)
        #expect(lived.outcome(of: command, at: captureBefore.adding(milliseconds: milliseconds)) == expected)
    }

    @Test func `PAY-EXPIRE: what was captured stays, the rest is released`() {
        var lived = life(.approved, captured: 60)
        #expect(lived.outcome(of: .expire, at: captureBefore) == .to(.captured, [.captured, .released]))
    }

    @Test func `PAY-EXPIRE: no timer ends a payment while a capture is open; its result still counts`() {
        var lived = life(.approved, capturing: 60)
        #expect(lived.outcome(of: .expire, at: captureBefore) == .no(.captureOpen))
        let end = AuthorizationCommand.endCapture(amountMinor: 60, isFinal: false, accepted: true)
        #expect(lived.outcome(of: end, at: captureBefore) == .to(.approved, [.partCaptured]))
        #expect(lived.outcome(of: .expire, at: captureBefore) == .to(.captured, [.captured, .released]))
    }

    /// How a part and a final capture, open side by side, end: in which order, and whether each is accepted.
    static let sideBySide:
        [(finalFirst: Bool, final: Bool, part: Bool, end: AuthorizationStatus, figures: String)] = [
            (true, true, true, .captured, "80+0/100 0+0"), (true, true, false, .captured, "30+0/100 0+0"),
            (false, true, true, .captured, "80+0/100 0+0"), (false, true, false, .captured, "30+0/100 0+0"),
            (true, false, true, .approved, "50+0/100 0+0"), (false, false, true, .approved, "50+0/100 0+0"),
            (true, false, false, .approved, "0+0/100 0+0"),
        ]

    @Test(arguments: sideBySide)
    func `PAY-CAPTURE: an accepted final capture closes, whichever of two open captures ends last`(
        finalFirst: Bool, final: Bool, part: Bool, end: AuthorizationStatus, figures: String
    ) throws {
        var lived = life(.approved)
        _ = try lived.handle(.beginCapture(amountMinor: 50, isFinal: false), at: today)
        _ = try lived.handle(.beginCapture(amountMinor: 30, isFinal: true), at: today)
        let ends: [AuthorizationCommand] = [
            .endCapture(amountMinor: 30, isFinal: true, accepted: final),
            .endCapture(amountMinor: 50, isFinal: false, accepted: part),
        ]
        let first = try lived.handle(finalFirst ? ends[0] : ends[1], at: today)
        #expect(!first.contains(.released))
        // While an accepted final one waits for the other, nothing more may be captured.
        if finalFirst && final {
            #expect(lived.outcome(of: .beginCapture(amountMinor: 1, isFinal: false)) == .no(.captureOpen))
        }
        let last = try lived.handle(finalFirst ? ends[1] : ends[0], at: today)
        #expect(lived.state.status == end)
        #expect(lived.figures == figures)
        #expect(last.contains(.released) == (end == .captured))
        #expect(!lived.isFinalCaptureOpen)
    }
}
