package import Notation

/// The published set of receipt keys (RFC 7517 section 5), retired ones included.
package enum JWKS {
    /// The document of `/.well-known/jwks.json`: each key with `use`, `alg` and its thumbprint as `kid`.
    package static func document(_ keys: [DeviceKey]) -> JSON {
        let published = keys.map { key -> JSON in
            var members = key.jwk.object ?? [:]
            members.set("use", "sig")
            members.set("alg", "ES256")
            members.set("kid", .text(key.thumbprint))
            return .object(members)
        }
        return ["keys": .array(published)]
    }

    /// The keys of such a document, for whoever checks a receipt offline.
    package static func keys(in document: JSON) throws(ProofRefusal) -> [DeviceKey] {
        guard let published = document.object?["keys"]?.array else { throw .malformed }
        var keys: [DeviceKey] = []
        for jwk in published { keys.append(try DeviceKey(jwk: jwk)) }
        return keys
    }
}
