package import Lifecycles
package import Vocabulary

/// The bank that takes the card payment, behind a port (ACQ-PORT).
///
/// Every call carries the id of an intent that is already committed. An acquirer must treat a second call
/// with the same id as a repeat: the same answer, no second effect. No call throws: what can go wrong is in
/// the reply.
package protocol Acquirer: Sendable {
    /// Asks for the whole amount (0100, or 0101 when it is a repeat).
    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer>
    /// Moves money that was authorized (0220).
    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer>
    /// Gives back money that was captured (0200 with a refund processing code).
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer>
    /// Takes back what is authorized and not captured (0420, repeated as 0421).
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer>
    /// Asks what became of an intent.
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer>
    /// Answers that arrive after their call was given up, and second answers to the same call.
    /// One reader; ends when the acquirer is shut down.
    var lateAnswers: AsyncStream<LateAnswer> { get }
}

/// What became of one call. The cases decide what may happen next (ACQ-INTENT).
package enum AcquirerReply<Answer: Sendable & Hashable>: Sendable, Hashable {
    /// Nothing left this machine: the call may be made again.
    case notSent
    /// A value of the call does not fit into a message: nothing left this machine, and nothing ever will.
    case unwritable
    /// It may have arrived. Only an inquiry, or the same call under the same id, may follow.
    case sentUnknown
    case answered(Answer)
}

/// What the customer proved, in the fields that 3-D Secure uses (ACQ-SCA).
package struct AuthenticationEvidence: Sendable, Hashable {
    /// Electronic commerce indicator: "05" (Visa, Amex, Dankort) or "02" (Mastercard): fully authenticated.
    package let indicator: String
    /// 20 bytes, derived from the signed answer.
    package let authenticationValue: [UInt8]
    /// Directory-server transaction id: the UUID of the confirmation.
    package let transactionID: String
    /// Protocol version the fields follow, "2.2.0".
    package let version: String
    /// Transaction status: "Y".
    package let result: String

    package init(
        indicator: String, authenticationValue: [UInt8], transactionID: String, version: String,
        result: String
    ) {
        self.indicator = indicator
        self.authenticationValue = authenticationValue
        self.transactionID = transactionID
        self.version = version
        self.result = result
    }
}

/// Asks for the whole amount of one payment.
package struct AuthorizeCall: Sendable {
    package let intent: IntentID
    package let reference: CallReference
    package let merchant: MerchantID
    package let money: Money
    package let card: CardNumber
    package let expiry: CardExpiry
    /// Nil after a restart: the code lives in memory only (PAN-2).
    package let verificationCode: CardVerificationCode?
    package let evidence: AuthenticationEvidence
    /// True from the second attempt on.
    package let isRepeat: Bool

    package init(
        intent: IntentID, reference: CallReference, merchant: MerchantID, money: Money, card: CardNumber,
        expiry: CardExpiry, verificationCode: CardVerificationCode?, evidence: AuthenticationEvidence,
        isRepeat: Bool
    ) {
        self.intent = intent
        self.reference = reference
        self.merchant = merchant
        self.money = money
        self.card = card
        self.expiry = expiry
        self.verificationCode = verificationCode
        self.evidence = evidence
        self.isRepeat = isRepeat
    }
}

/// A capture, refund or reversal of an earlier authorization.
package struct FollowUpCall: Sendable, Hashable {
    package let intent: IntentID
    package let reference: CallReference
    package let merchant: MerchantID
    package let money: Money
    /// The authorize intent that this one follows, and its reference (DE 90).
    package let original: IntentID
    package let originalReference: CallReference
    package let isRepeat: Bool

    package init(
        intent: IntentID, reference: CallReference, merchant: MerchantID, money: Money, original: IntentID,
        originalReference: CallReference, isRepeat: Bool
    ) {
        self.intent = intent
        self.reference = reference
        self.merchant = merchant
        self.money = money
        self.original = original
        self.originalReference = originalReference
        self.isRepeat = isRepeat
    }
}

/// A question about an intent of ours.
package struct InquiryCall: Sendable, Hashable {
    package let intent: IntentID
    package let kind: AcquirerCallKind
    package let reference: CallReference
    /// What was asked; nil where it is not known: the currency of the answer is not compared then.
    package let money: Money?

    package init(intent: IntentID, kind: AcquirerCallKind, reference: CallReference, money: Money? = nil) {
        self.intent = intent
        self.kind = kind
        self.reference = reference
        self.money = money
    }
}

/// What the bank says to an authorize call.
package enum AuthorizeAnswer: Sendable, Hashable {
    /// `approved` may be less than what was asked: a partial approval, which we reverse. DE 38 is the code.
    case approved(approvedMinor: Int64, approvalCode: String)
    case declined(NetworkCode)
    /// It says that something was approved, and is no approval of what was asked: another code than 00 with
    /// an approval code, 00 without one, another currency. We decline and reverse.
    case unusable(NetworkCode)
}

/// What the bank says to a capture, refund or reversal.
package enum FollowUpAnswer: Sendable, Hashable {
    case accepted
    /// A yes that may be to less than was asked: 10 and 32. An operator must look.
    case acceptedInPart(NetworkCode)
    case refused(NetworkCode)
}

/// What the bank knows of an intent.
package enum InquiryAnswer: Sendable, Hashable {
    /// The acquirer never saw the intent: it may be sent under its id.
    case neverSeen
    case authorize(AuthorizeAnswer)
    case followUp(FollowUpAnswer)
}

/// An answer without a waiting call, matched by its reference (ACQ-LATE).
package struct LateAnswer: Sendable, Hashable {
    package let reference: CallReference
    package let answer: AuthorizeAnswer
    /// In which the answer counts; nil when it does not say.
    package let currency: Currency?

    package init(reference: CallReference, answer: AuthorizeAnswer, currency: Currency? = nil) {
        self.reference = reference
        self.answer = answer
        self.currency = currency
    }
}
