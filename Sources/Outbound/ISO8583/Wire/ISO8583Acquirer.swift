import Lifecycles
package import Operations
import Vocabulary

/// The real acquirer: ISO 8583:1987 messages over TCP, each behind its length in two bytes (ACQ-PORT).
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

    package init(address: ISO8583Address, clock: any Clock) {
        let (lateAnswers, late) = AsyncStream.makeStream(of: LateAnswer.self)
        self.lateAnswers = lateAnswers
        self.late = late
        institution = address.institution
        let exchange = ISO8583Exchange(address: address) { message in
            guard message.type == .authorizationAnswer, let answer = try? message.authorizeAnswer(),
                let reference = try? message.reference(at: clock.now())
            else { return }
            late.yield(LateAnswer(reference: reference, answer: answer))
        }
        self.exchange = exchange
        Task { await exchange.run() }
    }

    /// Ends the connection, every waiting call and `lateAnswers`. Nothing is sent afterwards.
    package func shutdown() async {
        await exchange.shutDown()
        late.finish()
    }

    package func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        await exchange.ask(ISO8583Message(call, institution: institution)).read { try $0.authorizeAnswer() }
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
        await exchange.ask(ISO8583Message(call, institution: institution)).read { try $0.inquiryAnswer() }
    }

    private func followUp(_ call: FollowUpCall, _ kind: AcquirerCallKind) async -> AcquirerReply<
        FollowUpAnswer
    > {
        await exchange.ask(ISO8583Message(call, kind: kind, institution: institution))
            .read { try $0.followUpAnswer() }
    }
}

extension AcquirerReply<ISO8583Message> {
    /// What the message says; an answer that makes no sense leaves the outcome unknown.
    fileprivate func read<Meaning>(
        _ meaning: (ISO8583Message) throws -> Meaning?
    ) -> AcquirerReply<Meaning> {
        switch self {
        case .notSent: .notSent
        case .sentUnknown: .sentUnknown
        case .answered(let message):
            (try? meaning(message)).flatMap { $0 }.map { .answered($0) } ?? .sentUnknown
        }
    }
}
