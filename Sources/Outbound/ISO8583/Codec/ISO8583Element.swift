/// The data elements that we write and read, with their formats.
///
/// Source: ISO 8583:1987, data element directory. Element 49 is alphanumeric there; we write the letters.
enum ISO8583Element: Int, Sendable, Hashable, CaseIterable {
    case cardNumber = 2
    case processingCode = 3
    case amount = 4
    case transmittedAt = 7
    case traceNumber = 11
    case localTime = 12
    case localDate = 13
    case expiry = 14
    case entryMode = 22
    case institution = 32
    case retrievalReference = 37
    case approvalCode = 38
    case responseCode = 39
    case terminal = 41
    case acceptor = 42
    case additionalData = 48
    case currency = 49
    case originalData = 90

    enum Length: Sendable, Hashable {
        case fixed(Int)
        /// Preceded by its length in this many digits.
        case upTo(Int, lengthDigits: Int)
    }

    enum Content: Sendable, Hashable {
        /// `0`–`9`
        case digits
        /// Digits, letters and blank
        case lettersAndDigits
        /// Any printable ASCII character
        case printable

        func allows(_ byte: UInt8) -> Bool {
            switch self {
            case .digits:
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            case .lettersAndDigits:
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || byte == UInt8(ascii: " ")
            case .printable:
                (0x20...0x7E).contains(byte)
            }
        }
    }

    var length: Length {
        switch self {
        case .cardNumber: .upTo(19, lengthDigits: 2)
        case .processingCode, .traceNumber, .localTime, .approvalCode: .fixed(6)
        case .amount, .retrievalReference: .fixed(12)
        case .transmittedAt: .fixed(10)
        case .localDate, .expiry: .fixed(4)
        case .entryMode, .currency: .fixed(3)
        case .institution: .upTo(11, lengthDigits: 2)
        case .responseCode: .fixed(2)
        case .terminal: .fixed(8)
        case .acceptor: .fixed(15)
        case .additionalData: .upTo(999, lengthDigits: 3)
        case .originalData: .fixed(42)
        }
    }

    var content: Content {
        switch self {
        case .cardNumber, .processingCode, .amount, .transmittedAt, .traceNumber, .localTime, .localDate,
            .expiry, .entryMode, .institution, .originalData:
            .digits
        case .retrievalReference, .approvalCode, .responseCode, .currency: .lettersAndDigits
        case .terminal, .acceptor, .additionalData: .printable
        }
    }
}

extension ISO8583MessageType {
    /// The elements that must be there, and those that may.
    var elements: (required: Set<ISO8583Element>, optional: Set<ISO8583Element>) {
        let matching: Set<ISO8583Element> = [.transmittedAt, .traceNumber, .retrievalReference, .terminal]
        let asking = matching.union([
            .processingCode, .amount, .localTime, .localDate, .institution, .acceptor, .additionalData,
            .currency,
        ])
        switch self {
        case .authorization, .authorizationRepeat:
            return (asking.union([.cardNumber, .expiry, .entryMode]), [])
        case .refund, .refundRepeat, .capture, .captureRepeat, .reversal, .reversalRepeat:
            return (asking.union([.originalData]), [])
        case .inquiry:
            return (matching.union([.institution, .additionalData]), [])
        case .authorizationAnswer, .inquiryAnswer:
            return (
                matching.union([.responseCode]),
                [.processingCode, .amount, .institution, .approvalCode, .additionalData, .currency]
            )
        case .refundAnswer, .captureAnswer, .reversalAnswer:
            return (
                matching.union([.responseCode]),
                [.processingCode, .amount, .institution, .additionalData, .currency]
            )
        }
    }
}
