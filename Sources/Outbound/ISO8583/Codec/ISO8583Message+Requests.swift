package import Lifecycles
package import Operations
package import Vocabulary

// Our calls as messages.
extension ISO8583Message {
    /// 0100 or 0101. `institution` is the acquirer's own number, data element 32.
    package init(_ call: AuthorizeCall, institution: String) {
        self.init(ISO8583MessageType(.authorize, isRepeat: call.isRepeat))
        set(call.reference)
        cardNumber = call.card
        expiry = call.expiry
        entryMode = .electronicCommerce
        var more = ISO8583Additional()
        more.intent = call.intent
        more.evidence = call.evidence
        more.verificationCode = (call.verificationCode?.exposed()).map { Redacted($0) }
        setPayment(.purchase, call.money, call.merchant, more, institution: institution)
    }

    /// 0200, 0220 or 0420 and their repeats; `kind` must not be `authorize`.
    package init(_ call: FollowUpCall, kind: AcquirerCallKind, institution: String) {
        self.init(ISO8583MessageType(kind, isRepeat: call.isRepeat))
        set(call.reference)
        original = ISO8583Original(
            type: .authorization, traceNumber: call.originalReference.traceNumber,
            transmittedAt: ISO8583Moment(call.originalReference.transmittedAt), institution: institution)
        var more = ISO8583Additional()
        more.intent = call.intent
        more.original = call.original
        setPayment(
            kind == .refund ? .refund : .purchase, call.money, call.merchant, more, institution: institution)
    }

    /// 0600, with the reference of the call it asks about.
    package init(_ call: InquiryCall, institution: String) {
        self.init(.inquiry)
        set(call.reference)
        self.institution = institution
        var more = ISO8583Additional()
        more.intent = call.intent
        more.kind = call.kind
        additional = more
    }

    private mutating func setPayment(
        _ processing: ISO8583Processing, _ money: Money, _ merchant: MerchantID, _ more: ISO8583Additional,
        institution: String
    ) {
        self.processing = processing
        amountMinor = money.amountMinor
        currency = money.currency
        local = transmittedAt
        self.institution = institution
        acceptor = String(merchant.text.prefix(15))
        additional = more
        additional?.merchant = merchant
    }
}

// The same way back, for the bank's side.
extension ISO8583Message {
    /// The call that a 0100 or 0101 makes.
    package func authorizeCall(at now: Instant) throws(ISO8583Error) -> AuthorizeCall {
        let card = try present(cardNumber, .cardNumber)
        var code: CardVerificationCode?
        if let digits = additional?.verificationCode?.exposed() {
            code = CardVerificationCode(digits, brand: card.brand)
            guard code != nil else { throw .badSubfield(ISO8583Additional.Tag.verificationCode.rawValue) }
        }
        return try AuthorizeCall(
            intent: present(additional?.intent, .intent), reference: reference(at: now),
            merchant: present(additional?.merchant, .merchant), money: money(), card: card,
            expiry: present(expiry, .expiry), verificationCode: code,
            evidence: present(additional?.evidence, .indicator), isRepeat: type.isRepeat)
    }

    /// The call that a refund, capture or reversal makes. The original has the retrieval reference and the
    /// terminal of this message: both are kept over the life of the payment.
    package func followUpCall(at now: Instant) throws(ISO8583Error) -> FollowUpCall {
        let own = try reference(at: now)
        let followed = try present(original, .originalData)
        return try FollowUpCall(
            intent: present(additional?.intent, .intent), reference: own,
            merchant: present(additional?.merchant, .merchant), money: money(),
            original: present(additional?.original, .original),
            originalReference: CallReference(
                transmittedAt: instant(followed.transmittedAt, .originalData, at: now),
                traceNumber: followed.traceNumber, retrievalReference: own.retrievalReference,
                terminal: own.terminal),
            isRepeat: type.isRepeat)
    }

    package func inquiryCall(at now: Instant) throws(ISO8583Error) -> InquiryCall {
        try InquiryCall(
            intent: present(additional?.intent, .intent), kind: present(additional?.kind, .kind),
            reference: reference(at: now))
    }

    private func money() throws(ISO8583Error) -> Money {
        let minor = try present(amountMinor, .amount)
        let currency = try present(currency, .currency)
        guard let money = try? Money(amountMinor: minor, currency: currency) else {
            throw .badValue(element: ISO8583Element.amount.rawValue)
        }
        return money
    }
}
