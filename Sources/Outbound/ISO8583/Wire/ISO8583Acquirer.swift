import Lifecycles
package import Operations
import Vocabulary

/// The real acquirer: ISO 8583:1987 messages over TCP or TLS (ACQ-PORT).
///
/// One connection, opened at the first call and again at the first call after it was lost. A call that is
/// cancelled answers `sentUnknown`, or `notSent` when no connection had taken a byte of it. Authorization
/// answers that nobody waits for go to `lateAnswers`; their moment has whole seconds, and the year that
/// brings it nearest to now. A capture, refund or reversal answered late is sent again under its id instead.
package final class ISO8583Acquirer: Acquirer {
    package let lateAnswers: AsyncStream<LateAnswer>

    private let institution: String
    private let exchange: ISO8583Exchange
    private let late: AsyncStream<LateAnswer>.Continuation
    private let observe: @Sendable (ISO8583Incident) -> Void

    /// `observe` is told what an operator should know of the line.
    package init(
        link: ISO8583Link, clock: any Clock, observe: @escaping @Sendable (ISO8583Incident) -> Void = { _ in }
    ) {
        let (lateAnswers, late) = AsyncStream.makeStream(of: LateAnswer.self)
        self.lateAnswers = lateAnswers
        self.late = late
        self.observe = observe
        institution = link.address.institution
        let exchange = ISO8583Exchange(link: link, clock: clock, observe: observe) { message in
            guard message.type == .authorizationAnswer, let answer = try? message.authorizeAnswer(),
                let reference = try? message.reference(at: clock.now())
            else { return }
            late.yield(LateAnswer(reference: reference, answer: answer, currency: message.currency))
        }
        self.exchange = exchange
        Task { await exchange.run() }
    }

    package convenience init(address: ISO8583Address, clock: any Clock) {
        self.init(link: ISO8583Link(address: address), clock: clock)
    }

    /// Ends the connection, every waiting call and `lateAnswers`. Nothing is sent afterwards.
    package func shutdown() async {
        await exchange.shutDown()
        late.finish()
    }

    package func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        await exchange.ask(ISO8583Message(call, institution: institution)).read(observe) {
            try $0.authorizeAnswer(asked: call.money)
        }
    }

    package func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, .capture)
    }

    package func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, .refund)
    }

    package func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> {
        await followUp(call, .reversal)
    }

    package func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> {
        await exchange.ask(ISO8583Message(call, institution: institution)).read(observe) {
            try $0.inquiryAnswer(asked: call.money)
        }
    }

    private func followUp(_ call: FollowUpCall, _ kind: AcquirerCallKind) async -> AcquirerReply<
        FollowUpAnswer
    > {
        await exchange.ask(ISO8583Message(call, kind: kind, institution: institution))
            .read(observe) { try $0.followUpAnswer() }
    }
}

extension AcquirerReply<ISO8583Message> {
    /// What the message says; an answer that makes no sense leaves the outcome unknown.
    fileprivate func read<Meaning>(
        _ observe: (ISO8583Incident) -> Void, _ meaning: (ISO8583Message) throws -> Meaning?
    ) -> AcquirerReply<Meaning> {
        switch self {
        case .notSent: return .notSent
        case .unwritable: return .unwritable
        case .sentUnknown: return .sentUnknown
        case .answered(let message):
            if let meaning = (try? meaning(message)).flatMap({ $0 }) { return .answered(meaning) }
            observe(.undecided(message))
            return .sentUnknown
        }
    }
}
