/// One row of the catalogue of errors: everything that is published about a code.
struct ErrorEntry {
    let status: Int
    let type: ErrorType
    let isRetryable: Bool
    let whoCanFix: Fixer
    let title: String
    let detail: String

    /// The caller's program is wrong.
    static func request(_ status: Int, _ title: String, _ detail: String) -> ErrorEntry {
        ErrorEntry(
            status: status, type: .invalidRequest, isRetryable: false, whoCanFix: .developer, title: title,
            detail: detail)
    }

    /// Whoever asks did not show that he may.
    static func credential(
        _ status: Int, _ title: String, _ detail: String, by whoCanFix: Fixer = .merchant, again: Bool = false
    ) -> ErrorEntry {
        ErrorEntry(
            status: status, type: .authentication, isRetryable: again, whoCanFix: whoCanFix, title: title,
            detail: detail)
    }

    /// The request is well formed, but the object is not in a state that allows it.
    static func state(_ title: String, _ detail: String, by whoCanFix: Fixer = .merchant) -> ErrorEntry {
        ErrorEntry(
            status: 409, type: .invalidRequest, isRetryable: false, whoCanFix: whoCanFix, title: title,
            detail: detail)
    }

    /// The gateway cannot answer now.
    static func later(_ status: Int, _ type: ErrorType, _ title: String, _ detail: String) -> ErrorEntry {
        ErrorEntry(
            status: status, type: type, isRetryable: true, whoCanFix: .nobody, title: title, detail: detail)
    }

    /// A card or its token cannot be used.
    static func card(_ status: Int, _ title: String, _ detail: String) -> ErrorEntry {
        ErrorEntry(
            status: status, type: .card, isRetryable: false, whoCanFix: .customer, title: title,
            detail: detail)
    }

    /// The idempotency key cannot be used so.
    static func idempotency(
        _ status: Int, _ title: String, _ detail: String, again: Bool = false
    ) -> ErrorEntry {
        ErrorEntry(
            status: status, type: .idempotency, isRetryable: again, whoCanFix: .developer, title: title,
            detail: detail)
    }
}

extension ErrorCode {
    /// The row of this code. The catalogue is split by topic; each part is total on its own cases.
    var entry: ErrorEntry {
        protocolEntry ?? credentialEntry ?? paymentEntry ?? prescriptionEntry ?? partyEntry ?? operatorEntry
            ?? loadEntry
    }
}
