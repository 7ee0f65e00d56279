import Notation

/// The three parts of a compact JWS, decoded. It says nothing about who signed, or whether anybody did.
struct JWSParts {
    let header: JSONObject
    let payload: [UInt8]
    let signature: [UInt8]
    /// What the signature is over: the first two parts as sent, with the dot between them.
    let signingInput: [UInt8]

    /// `allowsNoSignature` lets `alg: none` be read, so that it can be refused for what it is.
    init(
        compact: String, maximumBytes: Int, allowsNoSignature: Bool = false
    ) throws(ProofRefusal) {
        let bytes = [UInt8](compact.utf8)
        guard bytes.count <= maximumBytes else { throw .tooLarge }
        let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
        guard dots.count == 2 else { throw .malformed }
        signingInput = Array(bytes[..<dots[1]])
        let header = try Self.decoded(bytes[..<dots[0]])
        payload = try Self.decoded(bytes[(dots[0] + 1)..<dots[1]])
        signature = try Self.decoded(bytes[(dots[1] + 1)...])
        guard !payload.isEmpty, allowsNoSignature || !signature.isEmpty else { throw .malformed }
        self.header = try parsedObject(header)
    }

    /// ES256 and nothing but the members allowed; `kid` is a text where it stands.
    func checkHeader(allowed: Set<String>, required: [String]) throws(ProofRefusal) {
        guard header["alg"] == "ES256" else { throw .wrongAlgorithm }
        for name in header.names where !allowed.contains(name) { throw .forbiddenHeader(name) }
        for name in required where header[name] == nil { throw .missingHeader(name) }
        if let kid = header["kid"], kid.text == nil { throw .missingHeader("kid") }
    }

    private static func decoded(_ part: ArraySlice<UInt8>) throws(ProofRefusal) -> [UInt8] {
        guard let bytes = Base64URL.decode(String(decoding: part, as: UTF8.self)) else { throw .malformed }
        return bytes
    }
}

/// The JSON object that the bytes hold; anything else is malformed.
func parsedObject(_ bytes: [UInt8]) throws(ProofRefusal) -> JSONObject {
    guard let object = (try? JSON.parse(bytes, maximumDepth: 8))?.object else { throw .malformed }
    return object
}
