/// The data elements that mean something to us; their formats stand in `ISO8583Directory`.
enum ISO8583Element: Int, Sendable, Hashable, CaseIterable {
    case cardNumber = 2
    case processingCode = 3
    case amount = 4
    case transmittedAt = 7
    case traceNumber = 11
    case localTime = 12
    case localDate = 13
    case expiry = 14
    case merchantType = 18
    case entryMode = 22
    case conditionCode = 25
    case institution = 32
    case retrievalReference = 37
    case approvalCode = 38
    case responseCode = 39
    case terminal = 41
    case acceptor = 42
    case acceptorLocation = 43
    case additionalData = 48
    case currency = 49
    case originalData = 90
}

extension ISO8583MessageType {
    /// The elements that must be there, and those that may.
    ///
    /// An answer may have any element of the directory; those that are not named here are stepped over.
    var elements: (required: Set<ISO8583Element>, optional: Set<ISO8583Element>) {
        let matching: Set<ISO8583Element> = [.transmittedAt, .traceNumber, .retrievalReference, .terminal]
        let asking = matching.union([
            .processingCode, .amount, .localTime, .localDate, .institution, .acceptor, .additionalData,
            .currency,
        ])
        let bySetting: Set<ISO8583Element> = [.merchantType, .conditionCode, .acceptorLocation]
        switch self {
        case .authorization, .authorizationRepeat:
            return (asking.union([.cardNumber, .expiry, .entryMode]), bySetting)
        case .refund, .refundRepeat, .capture, .captureRepeat, .reversal, .reversalRepeat:
            return (asking.union([.originalData]), bySetting)
        case .inquiry:
            return (matching.union([.institution, .additionalData]), [])
        case .authorizationAnswer, .inquiryAnswer, .refundAnswer, .captureAnswer, .reversalAnswer:
            return (
                [.responseCode],
                matching.union([
                    .processingCode, .amount, .institution, .approvalCode, .additionalData, .currency,
                ])
            )
        }
    }
}
