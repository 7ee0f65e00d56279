package import Vocabulary

/// What a customer is asked to confirm: every member that the device will sign (SCA-01, CONTRACT section 5).
///
/// A card payment has amount, authorization, card, currency, order, order digest and payee; a prescription
/// look-up and a sign-in have none of them.
package struct Statement: Hashable, Sendable {
    /// One handover of a prescription line that the payment would use.
    package struct PrescriptionUse: Hashable, Sendable {
        /// The record.
        package let record: PrescriptionID
        /// The record's version.
        package let version: Int64
        /// The line within the record.
        package let line: String
        /// The number of the handover, from 1.
        package let handover: Int64

        /// The four as they are.
        package init(record: PrescriptionID, version: Int64, line: String, handover: Int64) {
            self.record = record
            self.version = version
            self.line = line
            self.handover = handover
        }
    }

    /// The amount in minor units of the currency.
    package let amount: Int64?
    /// The authorization that asks.
    package let authorization: AuthorizationID?
    /// The masked card, as in `visa ••4242`.
    package let card: String?
    /// The confirmation that this statement belongs to.
    package let confirmation: ConfirmationID
    /// The currency of the amount.
    package let currency: Currency?
    /// Who is asked.
    package let customer: CustomerID
    /// The device that will sign.
    package let device: DeviceID
    /// What approving will do besides paying, one sentence each.
    package let effect: [String]
    /// From when an answer is refused.
    package let expiresAt: Instant
    /// When the confirmation was made.
    package let issuedAt: Instant
    /// What is confirmed.
    package let kind: ConfirmationKind
    /// Who asks.
    package let merchant: MerchantID
    /// A random text that makes this statement unlike any other.
    package let nonce: String
    /// The merchant's order reference.
    package let order: String?
    /// base64url of the SHA-256 of the order's canonical form.
    package let orderDigest: String?
    /// The patient's initials when it is not the payer, else empty.
    package let patientInitials: String
    /// The merchant's displayed name.
    package let payee: String?
    /// The prescription lines used.
    package let prescriptions: [PrescriptionUse]

    /// All members, in their order of RFC 8785.
    package init(
        amount: Int64?, authorization: AuthorizationID?, card: String?, confirmation: ConfirmationID,
        currency: Currency?, customer: CustomerID, device: DeviceID, effect: [String], expiresAt: Instant,
        issuedAt: Instant, kind: ConfirmationKind, merchant: MerchantID, nonce: String, order: String?,
        orderDigest: String?, patientInitials: String, payee: String?, prescriptions: [PrescriptionUse]
    ) {
        self.amount = amount
        self.authorization = authorization
        self.card = card
        self.confirmation = confirmation
        self.currency = currency
        self.customer = customer
        self.device = device
        self.effect = effect
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
        self.kind = kind
        self.merchant = merchant
        self.nonce = nonce
        self.order = order
        self.orderDigest = orderDigest
        self.patientInitials = patientInitials
        self.payee = payee
        self.prescriptions = prescriptions
    }
}
