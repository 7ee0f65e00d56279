/// What a merchant's POST is answered with: the object as it stood in the transaction that made it.
package enum MerchantAnswer: Sendable, Hashable {
    case authorization(Authorization, isNew: Bool)
    case refund(Refund)
    case cardToken(CardToken)
    case attempt(FactorAttempt)
    case prescription(FiledPrescription, isNew: Bool)
    case lookup(PrescriptionLookup)
    /// One handover of an authorization that was recorded or undone.
    case handover(HandoverSummary, isNew: Bool)

    /// The HTTP status that goes with it (RFC 9110 section 15.3).
    package var isCreation: Bool {
        switch self {
        case .authorization(_, let isNew), .prescription(_, let isNew), .handover(_, let isNew): isNew
        case .refund, .cardToken, .lookup: true
        case .attempt: false
        }
    }
}

/// Writes an answer down as the bytes that the client gets. Called in the transaction, so that the
/// first answer can be given again byte for byte (PAY-IDEM).
package protocol AnswerWriter: Sendable {
    func body(of answer: MerchantAnswer) -> [UInt8]
}
