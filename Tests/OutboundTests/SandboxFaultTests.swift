import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

/// The line is cut once, at one moment of one call.
@Suite(.timeLimit(.minutes(5))) struct SandboxFaultTests {
    @Test(arguments: [SandboxFault.Moment.beforeSend, .afterBooking])
    func `ACQ-INTENT: a cut line is not_sent before and sent_unknown after the booking of a payment`(
        moment: SandboxFault.Moment
    ) async throws {
        let fault = SandboxFault { at, call, _ in at == moment && call == .authorize }
        try await withBank(.inProcess, fault: fault) { acquirer, path in
            let reply = await acquirer.authorize(try authorizeCall())
            #expect(reply == (moment == .beforeSend ? .notSent : .sentUnknown))
            let books = try SandboxBooks(at: path)
            #expect(books.lines.count == (moment == .beforeSend ? 0 : 1))
        }
    }

    @Test(arguments: [SandboxFault.Call.capture, .refund, .reversal])
    func `ACQ-ONCE: a follow-up whose answer was lost is booked once, also when it is sent again`(
        cut: SandboxFault.Call
    ) async throws {
        let cuts = CutOnce(.afterBooking, cut)
        try await withBank(.inProcess, fault: cuts.fault) { acquirer, path in
            _ = await acquirer.authorize(try authorizeCall())
            _ = await acquirer.capture(try followUpCall(100, intent: 9))
            let first = try followUpCall(100, intent: 2)
            let again = try followUpCall(100, intent: 2, isRepeat: true)
            await cuts.arm()
            #expect(await send(first, cut, acquirer) == .sentUnknown)
            #expect(await send(again, cut, acquirer) == .answered(.accepted))
            let books = try SandboxBooks(at: path)
            #expect(books.lines(of: intent(2)).count == 1)
            #expect(books.violations == [])
        }
    }

    @Test(arguments: SandboxFault.Call.allCases)
    func `ACQ-INTENT: what never left is not_sent, and not in the books`(cut: SandboxFault.Call) async throws
    {
        let fault = SandboxFault { at, call, _ in at == .beforeSend && call == cut }
        try await withBank(.inProcess, fault: fault) { acquirer, path in
            let call = try followUpCall(100, intent: 2)
            switch cut {
            case .authorize: #expect(try await acquirer.authorize(authorizeCall()) == .notSent)
            case .inquiry: #expect(await acquirer.inquire(inquiryCall(.capture, intent: 2)) == .notSent)
            case .capture, .refund, .reversal: #expect(await send(call, cut, acquirer) == .notSent)
            }
            let books = try SandboxBooks(at: path)
            #expect(books.lines == [])
        }
    }

    private func send(
        _ call: FollowUpCall, _ kind: SandboxFault.Call, _ acquirer: any Acquirer
    ) async -> AcquirerReply<FollowUpAnswer> {
        switch kind {
        case .refund: await acquirer.refund(call)
        case .reversal: await acquirer.reverse(call)
        case .authorize, .capture, .inquiry: await acquirer.capture(call)
        }
    }
}

/// Cuts the next call of its kind after it was armed.
private actor CutOnce {
    private let moment: SandboxFault.Moment
    private let call: SandboxFault.Call
    private var isArmed = false

    init(_ moment: SandboxFault.Moment, _ call: SandboxFault.Call) {
        self.moment = moment
        self.call = call
    }

    nonisolated var fault: SandboxFault {
        SandboxFault { [self] moment, call, _ in await cuts(moment, call) }
    }

    func arm() {
        isArmed = true
    }

    private func cuts(_ moment: SandboxFault.Moment, _ call: SandboxFault.Call) -> Bool {
        guard isArmed, moment == self.moment, call == self.call else { return false }
        isArmed = false
        return true
    }
}
