import Lifecycles
import Operations
import Vocabulary

/// Writes answers as words that the history reads back: nobody else ever sees them.
struct HistoryAnswers: AnswerWriter {
    func body(of answer: MerchantAnswer) -> [UInt8] {
        switch answer {
        case .authorization(let authorization, _):
            Array(
                """
                \(authorization.id.text) \(authorization.status.rawValue) \
                \(authorization.confirmation?.id.text ?? "-")
                """.utf8)
        case .cardToken(let token): Array(token.id.text.utf8)
        case .refund, .attempt, .prescription, .lookup, .handover: []
        }
    }

    /// An authorization as it was answered.
    struct Created: Sendable {
        let id: AuthorizationID
        let status: AuthorizationStatus
        let confirmation: ConfirmationID?
    }

    static func created(_ answer: Answered) throws -> Created {
        let words = String(decoding: answer.body, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 3, let id = AuthorizationID(words[0]),
            let status = AuthorizationStatus(rawValue: words[1])
        else { throw CommandFailure("The history cannot read its own answer.") }
        return Created(id: id, status: status, confirmation: ConfirmationID(words[2]))
    }

    static func token(_ answer: Answered) throws -> CardTokenID {
        guard let id = CardTokenID(String(decoding: answer.body, as: UTF8.self)) else {
            throw CommandFailure("The history cannot read its own answer.")
        }
        return id
    }
}

/// A bank that nobody calls: the history records its answers as the driver would.
struct HistoryAcquirer: Acquirer {
    let lateAnswers = AsyncStream<LateAnswer> { $0.finish() }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> { .notSent }
    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> { .notSent }
}
