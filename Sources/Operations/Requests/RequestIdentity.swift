package import Notation

/// The value of an `Idempotency-Key` header, bare or as a quoted string; both spell the same key (PAY-IDEM).
package struct IdempotencyKey: Sendable, Hashable {
    /// 1 to 255 visible ASCII characters.
    package let text: String

    package init?(_ header: String) {
        guard let bytes = Self.unquoted(Array(header.utf8)), (1...255).contains(bytes.count),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The characters of an RFC 8941 section 3.3.3 string; what does not begin with a quote is taken as it
    /// is.
    private static func unquoted(_ bytes: [UInt8]) -> [UInt8]? {
        let quote = UInt8(ascii: "\"")
        let backslash = UInt8(ascii: "\\")
        guard bytes.first == quote else { return bytes }
        guard bytes.count >= 2, bytes.last == quote else { return nil }
        var text: [UInt8] = []
        var rest = bytes.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            if byte == quote { return nil }
            guard byte == backslash else {
                text.append(byte)
                continue
            }
            guard let escaped = rest.popFirst(), escaped == quote || escaped == backslash else { return nil }
            text.append(escaped)
        }
        return text
    }
}

/// One top-level parameter of a request and the keyed digest of its canonical bytes. The digest is an HMAC
/// under a key outside the database, so that a stored card number or CPR cannot be guessed from it.
package struct ParameterDigest: Sendable, Hashable {
    package let name: String
    package let digest: [UInt8]

    package init(name: String, digest: [UInt8]) {
        self.name = name
        self.digest = digest
    }
}

/// By what a request is known again: its key, its route and what it asked.
package struct RequestIdentity: Sendable, Hashable {
    package let key: IdempotencyKey?
    /// Method and path with the ids in it: `POST /v1/authorizations/auth_…/capture`.
    package let route: String
    /// Sorted by name.
    package let parameters: [ParameterDigest]

    package init(key: IdempotencyKey?, route: String, parameters: [ParameterDigest]) {
        self.key = key
        self.route = route
        self.parameters = parameters.sorted { $0.name < $1.name }
    }

    /// The identity of a request with this JSON body. `leavingOut` names what may not be kept even as a
    /// digest (the CVC, PAN-2).
    package init(
        key: IdempotencyKey?, route: String, body: JSONObject, leavingOut: Set<String> = [],
        digest: ([UInt8]) -> [UInt8]
    ) {
        let members = body.members.filter { !leavingOut.contains($0.name) }
        self.init(
            key: key, route: route,
            parameters: members.map { member in
                // A number that has no canonical form is compared as it was written.
                let bytes = (try? member.value.canonical()) ?? member.value.written()
                return ParameterDigest(name: member.name, digest: digest(bytes))
            })
    }

    /// The names of the parameters in which two requests on one key differ, sorted.
    package func differences(from first: RequestIdentity) -> [String] {
        Set(parameters).symmetricDifference(first.parameters).reduce(into: Set()) { $0.insert($1.name) }
            .sorted()
    }
}
