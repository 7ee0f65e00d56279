import Notation
package import Vocabulary

/// The proof that a request comes from an enrolled device (CONTRACT section 5, after RFC 9449).
package enum DeviceProof {
    /// A proof whose signature nobody has checked: good for finding the device's key, for nothing else.
    package struct Unverified: Sendable {
        /// The device that the proof names in `kid`.
        package let device: DeviceID
        private let jws: UnverifiedJWS

        /// Reads the value of the Authorization header behind `Device `.
        package init(_ compact: String) throws(ProofRefusal) {
            jws = try UnverifiedJWS(compact: compact, expecting: .deviceProof)
            guard let device = jws.keyID.flatMap({ DeviceID($0) }) else { throw .wrongDevice }
            self.device = device
        }

        /// Checks signature, method and address. The nonce's age and the `jti`'s newness are for the caller.
        package func verified(
            by key: DeviceKey, method: String, target: String
        ) throws(ProofRefusal) -> VerifiedDeviceProof {
            let payload = try Payload(parsing: jws.verified(by: key).payload)
            try payload.only(["htm", "htu", "jti", "nonce"])
            guard try payload.text("htm") == method else { throw .wrongMethod }
            guard try payload.text("htu").utf8.elementsEqual(target.utf8) else { throw .wrongTarget }
            let jti = try payload.text("jti")
            guard (1...64).contains(jti.unicodeScalars.count) else { throw .wrongMember("jti") }
            // The first request of a device has no nonce yet; the empty text is never a good one.
            let nonce = payload.object["nonce"] == nil ? "" : try payload.text("nonce")
            return VerifiedDeviceProof(
                device: device, jti: jti, nonce: nonce, keyThumbprint: key.thumbprint)
        }
    }

    /// Makes the value of the Authorization header behind `Device `, for the apps.
    package static func sign(
        device: DeviceID, method: String, target: String, jti: String, nonce: String, key: SigningKey
    ) throws -> String {
        let payload: JSON = [
            "htm": .text(method), "htu": .text(target), "jti": .text(jti), "nonce": .text(nonce),
        ]
        return try key.sign(
            type: .deviceProof, header: [("kid", .text(device.text))], payload: payload.canonical())
    }
}

/// A device request whose signature, method and address are right. Only the verifier above makes one.
package struct VerifiedDeviceProof: Hashable, Sendable {
    /// The device that signed.
    package let device: DeviceID
    /// The proof's own name; the caller takes each once per device.
    package let jti: String
    /// The server nonce that the device used, or the empty text.
    package let nonce: String
    /// The RFC 7638 thumbprint of the key that the proof was checked with.
    package let keyThumbprint: String

    fileprivate init(device: DeviceID, jti: String, nonce: String, keyThumbprint: String) {
        self.device = device
        self.jti = jti
        self.nonce = nonce
        self.keyThumbprint = keyThumbprint
    }
}
