package import Notation

/// A compact JWS (RFC 7515 section 7.1) of the expected kind whose signature nobody has checked yet.
package struct UnverifiedJWS: Sendable {
    /// The kind it says it is, which is the kind that was asked for.
    package let type: SignedObjectType
    /// The header; all its members are allowed for the kind, none is repeated.
    package let unverifiedHeader: JSONObject
    /// The payload as sent. Nothing vouches for it yet: use it for look-ups only.
    package let unverifiedPayload: [UInt8]
    /// The text as it came.
    package let compact: String

    private let signingInput: [UInt8]
    private let signature: [UInt8]

    /// Takes the text apart, strictly, and checks the header against the table of kinds.
    package init(compact: String, expecting type: SignedObjectType) throws(ProofRefusal) {
        let parts = try JWSParts(compact: compact, maximumBytes: type.maximumBytes)
        guard let typ = parts.header["typ"], typ == .text(type.rawValue) else { throw .wrongType }
        try parts.checkHeader(allowed: type.allowedHeaders, required: type.requiredHeaders)
        self.type = type
        self.compact = compact
        unverifiedHeader = parts.header
        unverifiedPayload = parts.payload
        signingInput = parts.signingInput
        signature = parts.signature
    }

    /// The header's `kid`, to look a key up with.
    package var keyID: String? { unverifiedHeader["kid"]?.text }

    /// Checks the signature; the result is the only way to a payload one may believe.
    package func verified(by key: DeviceKey) throws(ProofRefusal) -> VerifiedJWS {
        guard key.accepts(signature: signature, over: signingInput) else { throw .badSignature }
        return VerifiedJWS(
            type: type, header: unverifiedHeader, payload: unverifiedPayload, compact: compact, key: key)
    }
}

/// A compact JWS whose signature was checked with a key. Only `UnverifiedJWS.verified(by:)` makes one.
package struct VerifiedJWS: Sendable {
    /// The kind.
    package let type: SignedObjectType
    /// The signed header.
    package let header: JSONObject
    /// The signed payload.
    package let payload: [UInt8]
    /// The text as it came.
    package let compact: String
    /// The key that it was checked with.
    package let key: DeviceKey

    fileprivate init(
        type: SignedObjectType, header: JSONObject, payload: [UInt8], compact: String, key: DeviceKey
    ) {
        self.type = type
        self.header = header
        self.payload = payload
        self.compact = compact
        self.key = key
    }
}
