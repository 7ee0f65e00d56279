package import Lifecycles
package import Operations
package import Vocabulary

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
        case .declined(let code), .unusable(let code):
            responseCode = code
        }
    }
}

extension FollowUpAnswer {
    fileprivate var code: NetworkCode {
        switch self {
        case .accepted: .approved
        case .acceptedInPart(let code), .refused(let code): code
        }
    }
}

// What an answer says to us.
extension ISO8583Message {
    /// Of a 0110 to a call for `money`; nil where that is not known, and the currency is not compared.
    ///
    /// Approved is code 00 with an amount and an approval code. Everything else that says that something was
    /// approved is unusable: an approving code that is not 00 (`ResponseCode.table`), any code with an
    /// approval code in element 38, 00 without one, another currency. The amount is compared where the
    /// payment is decided. An approval without an amount leaves the outcome unknown.
    package func authorizeAnswer(asked money: Money? = nil) throws(ISO8583Error) -> AuthorizeAnswer {
        try authorizeAnswer(present(responseCode, .responseCode), asked: money)
    }

    /// Of a 0210, 0230 or 0430, by the table of response codes.
    package func followUpAnswer() throws(ISO8583Error) -> FollowUpAnswer {
        try followUpAnswer(present(responseCode, .responseCode))
    }

    /// Of a 0610; nil when the acquirer answers that it cannot say.
    package func inquiryAnswer(asked money: Money? = nil) throws(ISO8583Error) -> InquiryAnswer? {
        switch try present(responseCode, .responseCode) {
        case .unableToLocate:
            return .neverSeen
        case .approved:
            let outcome = try present(additional?.outcome, .outcome)
            return try present(additional?.kind, .kind) == .authorize
                ? .authorize(authorizeAnswer(outcome, asked: money)) : .followUp(followUpAnswer(outcome))
        default:
            return nil
        }
    }

    private func authorizeAnswer(
        _ code: NetworkCode, asked money: Money?
    ) throws(ISO8583Error) -> AuthorizeAnswer {
        if code == .partial, let part = part(of: money) { return part }
        guard code == .approved else {
            return approvalCode == nil && code.answer == .refuses ? .declined(code) : .unusable(code)
        }
        guard let approvalCode else { return .unusable(code) }
        if let currency, let money, currency != money.currency { return .unusable(code) }
        let minor = try present(amountMinor, .amount)
        guard minor > 0 else { throw .badValue(element: ISO8583Element.amount.rawValue) }
        return .approved(approvedMinor: minor, approvalCode: approvalCode)
    }

    /// Code 10 with an amount below what was asked; an amount that is not below says nothing of the part.
    private func part(of money: Money?) -> AuthorizeAnswer? {
        guard let approvalCode, let amountMinor, amountMinor > 0, amountMinor < money?.amountMinor ?? .max,
            currency == nil || money == nil || currency == money?.currency
        else { return nil }
        return .approved(approvedMinor: amountMinor, approvalCode: approvalCode)
    }

    private func followUpAnswer(_ code: NetworkCode) -> FollowUpAnswer {
        switch code.ending {
        case .accepted: .accepted
        case .acceptedInPart: .acceptedInPart(code)
        case .passing, .unsettled, .refused: .refused(code)
        }
    }
}
