package import Vocabulary

/// The gateway's signed word on one authorization, checked without asking it (CONTRACT section 8, SCA-30).
package struct Receipt: Hashable, Sendable {
    /// Which authorization.
    package let authorization: AuthorizationID
    /// Whose.
    package let merchant: MerchantID
    /// The authorization's status on the wire.
    package let status: String
    /// The public decline reason on the wire, when declined.
    package let reason: String?
    /// What was asked for.
    package let money: Money
    /// What was captured, in minor units.
    package let capturedMinor: Int64
    /// What was refunded, in minor units.
    package let refundedMinor: Int64
    /// base64url of the SHA-256 of the order's canonical form.
    package let orderDigest: String
    /// The masked card, as in `visa ••4242`.
    package let card: String
    /// What the customer answered with, when there was an answer.
    package let factor: Factor?
    /// How the device knew its customer, when there was an answer.
    package let verifiedBy: VerifiedBy?
    /// SHA-256 of the answer as it came, when there was one.
    package let answerDigest: [UInt8]?
    /// The customer's pseudonym at this merchant.
    package let customer: String?
    /// The device's pseudonym at this merchant.
    package let device: String?
    /// base64url of the SHA-256 of each prescription record's payload.
    package let recordDigests: [String]
    /// The handovers that stand.
    package let handovers: [HandoverID]
    /// When the last of them was made.
    package let handedOverAt: Instant?
    /// The pharmacy, when the order draws on prescriptions.
    package let pharmacy: GLN?
    /// `patientDigest` of the patient; its salt is only in the patient's copy.
    package let patient: String?
    /// When the result was decided.
    package let decidedAt: Instant
    /// The index of the decision's leaf in the log.
    package let leaf: Int64
    /// The origin of the log.
    package let log: String

    /// All members.
    package init(
        authorization: AuthorizationID, merchant: MerchantID, status: String, reason: String?, money: Money,
        capturedMinor: Int64, refundedMinor: Int64, orderDigest: String, card: String, factor: Factor?,
        verifiedBy: VerifiedBy?, answerDigest: [UInt8]?, customer: String?, device: String?,
        recordDigests: [String], handovers: [HandoverID], handedOverAt: Instant?, pharmacy: GLN?,
        patient: String?, decidedAt: Instant, leaf: Int64, log: String
    ) {
        self.authorization = authorization
        self.merchant = merchant
        self.status = status
        self.reason = reason
        self.money = money
        self.capturedMinor = capturedMinor
        self.refundedMinor = refundedMinor
        self.orderDigest = orderDigest
        self.card = card
        self.factor = factor
        self.verifiedBy = verifiedBy
        self.answerDigest = answerDigest
        self.customer = customer
        self.device = device
        self.recordDigests = recordDigests
        self.handovers = handovers
        self.handedOverAt = handedOverAt
        self.pharmacy = pharmacy
        self.patient = patient
        self.decidedAt = decidedAt
        self.leaf = leaf
        self.log = log
    }
}
