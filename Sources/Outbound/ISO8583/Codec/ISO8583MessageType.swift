package import Lifecycles

/// The message types (MTI) that we exchange with an acquirer.
///
/// Source: ISO 8583:1987, message type identifiers; 0600/0610 is the administrative pair, used to inquire.
package enum ISO8583MessageType: String, Sendable, Hashable, CaseIterable {
    case authorization = "0100"
    case authorizationRepeat = "0101"
    case authorizationAnswer = "0110"
    case refund = "0200"
    case refundRepeat = "0201"
    case refundAnswer = "0210"
    case capture = "0220"
    case captureRepeat = "0221"
    case captureAnswer = "0230"
    case reversal = "0420"
    case reversalRepeat = "0421"
    case reversalAnswer = "0430"
    case inquiry = "0600"
    case inquiryAnswer = "0610"

    /// The request that asks for this kind of call.
    package init(_ kind: AcquirerCallKind, isRepeat: Bool) {
        self =
            switch kind {
            case .authorize: isRepeat ? .authorizationRepeat : .authorization
            case .capture: isRepeat ? .captureRepeat : .capture
            case .refund: isRepeat ? .refundRepeat : .refund
            case .reversal: isRepeat ? .reversalRepeat : .reversal
            }
    }

    /// The type that answers this one; of an answer itself nil.
    package var answer: ISO8583MessageType? {
        switch self {
        case .authorization, .authorizationRepeat: .authorizationAnswer
        case .refund, .refundRepeat: .refundAnswer
        case .capture, .captureRepeat: .captureAnswer
        case .reversal, .reversalRepeat: .reversalAnswer
        case .inquiry: .inquiryAnswer
        case .authorizationAnswer, .refundAnswer, .captureAnswer, .reversalAnswer, .inquiryAnswer: nil
        }
    }

    /// What is asked, or answered; nil for an inquiry, which names the kind it asks about in data element 48.
    package var kind: AcquirerCallKind? {
        switch self {
        case .authorization, .authorizationRepeat, .authorizationAnswer: .authorize
        case .refund, .refundRepeat, .refundAnswer: .refund
        case .capture, .captureRepeat, .captureAnswer: .capture
        case .reversal, .reversalRepeat, .reversalAnswer: .reversal
        case .inquiry, .inquiryAnswer: nil
        }
    }

    package var isRepeat: Bool {
        switch self {
        case .authorizationRepeat, .refundRepeat, .captureRepeat, .reversalRepeat: true
        default: false
        }
    }
}
