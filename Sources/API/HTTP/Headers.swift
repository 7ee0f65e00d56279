import HTTPTypes

// Names of header fields that HTTPTypes does not have. All are valid tokens, so `init` never gives nil.
extension HTTPField.Name {
    static let requestID = known("Request-Id")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let deviceNonce = known("Device-Nonce")
    static let leafIndex = known("Leaf-Index")
    static let referrerPolicy = known("Referrer-Policy")

    private static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .userAgent
    }
}

extension HTTPFields {
    /// What every answer carries unless it says otherwise: nothing is sniffed, framed, cached or told to
    /// others.
    mutating func addSecurity() {
        self[.xContentTypeOptions] = "nosniff"
        setDefault(.cacheControl, "no-store")
        setDefault(.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
        setDefault(.referrerPolicy, "no-referrer")
    }

    private mutating func setDefault(_ name: HTTPField.Name, _ value: String) {
        if self[name] == nil { self[name] = value }
    }
}
