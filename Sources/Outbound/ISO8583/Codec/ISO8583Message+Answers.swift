package import Lifecycles
package import Operations
import Vocabulary

// The bank's answers as messages.
extension ISO8583Message {
    /// 0110 for the call with this reference. `askedMinor` tells a part from the whole; nil when it is not
    /// known.
    package init(_ answer: AuthorizeAnswer, to reference: CallReference, askedMinor: Int64?) {
        self.init(.authorizationAnswer)
        set(reference)
        set(answer)
        if case .approved(let approved, _) = answer, let askedMinor, approved < askedMinor {
            responseCode = .partial
        }
    }

    /// 0210, 0230 or 0430.
    package init(_ answer: FollowUpAnswer, to type: ISO8583MessageType, _ reference: CallReference) {
        self.init(type.answer ?? type)
        set(reference)
        responseCode = answer.code
    }

    /// 0610. The response code says whether the intent was found; its own outcome is in data element 48.
    package init(_ answer: InquiryAnswer, to call: InquiryCall) {
        self.init(.inquiryAnswer)
        set(call.reference)
        var more = ISO8583Additional()
        more.intent = call.intent
        switch answer {
        case .neverSeen:
            responseCode = .unableToLocate
        case .authorize(let answer):
            set(answer)
            more.kind = .authorize
            more.outcome = responseCode
            responseCode = .approved
        case .followUp(let answer):
            more.kind = call.kind
            more.outcome = answer.code
            responseCode = .approved
        }
        additional = more
    }

    private mutating func set(_ answer: AuthorizeAnswer) {
        switch answer {
        case .approved(let minor, let code):
            amountMinor = minor
            approvalCode = code
            responseCode = .approved
        case .declined(let code):
            responseCode = code
        }
    }
}

extension FollowUpAnswer {
    fileprivate var code: NetworkCode {
        switch self {
        case .accepted: .approved
        case .refused(let code): code
        }
    }
}

// What an answer says to us.
extension ISO8583Message {
    /// Of a 0110. Approved are the codes 00 and 10 with an amount and an approval code; all others decline.
    package func authorizeAnswer() throws(ISO8583Error) -> AuthorizeAnswer {
        try authorizeAnswer(present(responseCode, .responseCode))
    }

    /// Of a 0210, 0230 or 0430. Accepted is 00 only.
    package func followUpAnswer() throws(ISO8583Error) -> FollowUpAnswer {
        try followUpAnswer(present(responseCode, .responseCode))
    }

    /// Of a 0610; nil when the acquirer answers that it cannot say.
    package func inquiryAnswer() throws(ISO8583Error) -> InquiryAnswer? {
        switch try present(responseCode, .responseCode) {
        case .unableToLocate:
            return .neverSeen
        case .approved:
            let outcome = try present(additional?.outcome, .outcome)
            return try present(additional?.kind, .kind) == .authorize
                ? .authorize(authorizeAnswer(outcome)) : .followUp(followUpAnswer(outcome))
        default:
            return nil
        }
    }

    private func authorizeAnswer(_ code: NetworkCode) throws(ISO8583Error) -> AuthorizeAnswer {
        guard code == .approved || code == .partial else { return .declined(code) }
        let minor = try present(amountMinor, .amount)
        guard minor > 0 else { throw .badValue(element: ISO8583Element.amount.rawValue) }
        return .approved(approvedMinor: minor, approvalCode: try present(approvalCode, .approvalCode))
    }

    private func followUpAnswer(_ code: NetworkCode) -> FollowUpAnswer {
        code == .approved ? .accepted : .refused(code)
    }
}
