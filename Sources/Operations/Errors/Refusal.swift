/// A request that was not carried out: a word of the catalogue, and where and why.
package struct Refusal: Error, Sendable, Hashable {
    package let code: ErrorCode
    /// The path of the parameter at fault, as in `order.lines[0].quantity`.
    package let parameter: String?
    /// One sentence for the caller's developer. Never holds a value that was sent.
    package let detail: String
    /// Seconds for `Retry-After`.
    package let retryAfterSeconds: Int?

    package init(
        _ code: ErrorCode, parameter: String? = nil, detail: String? = nil, retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.parameter = parameter
        self.detail = detail ?? code.detail
        self.retryAfterSeconds = retryAfterSeconds ?? code.usualRetryAfterSeconds
    }
}

extension ErrorCode {
    /// What `Retry-After` says when the place that refuses does not know better.
    package var usualRetryAfterSeconds: Int? {
        switch self {
        case .slowDown, .overloaded, .idempotencyKeyInFlight, .captureOpen, .notYetCheckpointed: 1
        case .storageUnavailable, .outcomeOpen, .notReady: 2
        default: nil
        }
    }
}
