package import Vocabulary
import Proofs
import Records

extension Gateway {
    /// Checks the proof that a device sends with each request (CONTRACT section 5, after RFC 9449):
    /// signature, method, address, a nonce of ours, and that it was not used before. The device's own clock
    /// says nothing (SCA-25).
    ///
    /// `path` is without query. Whether the device may confirm is read again where it confirms.
    package func authenticateDevice(
        authorization header: String?, method: String, path: String
    ) async throws(Refusal) -> DeviceID {
        guard let header, header.hasPrefix("Device ") else {
            throw Refusal(.deviceProofInvalid, detail: "Send Authorization: Device and a signed proof.")
        }
        let unverified = try proof { () throws(ProofRefusal) in
            try DeviceProof.Unverified(String(header.dropFirst(7)))
        }
        let key = try await refusing { try await deviceKey(unverified.device) }
        let verified = try proof { () throws(ProofRefusal) in
            try unverified.verified(by: key, method: method, target: settings.publicURL + path)
        }
        let now = clock.even()
        guard nonces.isGood(verified.nonce, at: now) else { throw Refusal(.useDeviceNonce) }
        switch deviceDoor.enter(verified, at: now, lifetimeSeconds: Self.nonceSeconds) {
        case .first: return verified.device
        case .again: throw Refusal(.deviceProofInvalid, detail: "This proof was used before: take a new jti.")
        case .full: throw Refusal(.overloaded)
        }
    }

    /// The value of `Device-Nonce` on every answer to a device.
    package func freshDeviceNonce() -> String { nonces.nonce(at: clock.even()) }

    private func proof<Value>(_ check: () throws(ProofRefusal) -> Value) throws(Refusal) -> Value {
        do throws(ProofRefusal) {
            return try check()
        } catch {
            throw Refusal(.deviceProofInvalid, detail: error.explanation)
        }
    }

    private func deviceKey(_ id: DeviceID) async throws -> DeviceKey {
        if let key = deviceDoor.key(of: id) { return key }
        guard let device = try await ledger.device(id) else { throw Refusal(.deviceUnknown) }
        guard device.isActive else { throw Refusal(.deviceBlocked) }
        let key = try DeviceKey(raw64: device.publicKey)
        deviceDoor.keep(key, of: id)
        return key
    }
}
