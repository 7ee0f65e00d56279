import Crypto
import FHIR
import Notation
import Vocabulary

/// A specimen as it is filed.
package struct SpecimenPrescription: Sendable {
    package let name: SpecimenCase
    /// What is signed: the bundle, or `{record, version, reason}`.
    package let payload: [UInt8]
    package let compact: String
    /// OCSP responses in DER, filed beside it.
    package let stapled: [[UInt8]]
}

extension SpecimenPKI {
    /// The specimen of a case, made for this PKI's moment. Its signature differs each time.
    package func prescription(_ name: SpecimenCase) throws -> SpecimenPrescription {
        let stapled = try name.stapled(moment).map { status in
            [try response(about: name.signer, status, at: moment.adding(seconds: -300))]
        }
        let (payload, compact) = try name == .cancellation ? cancellation() : record(name)
        return SpecimenPrescription(
            name: name, payload: payload, compact: compact, stapled: stapled ?? [])
    }

    private func record(_ name: SpecimenCase) throws -> (payload: [UInt8], compact: String) {
        let content = try SpecimenContent.record(name, at: moment)
        let payload = PrescriptionBundle.json(content).written()
        return (payload, try sign(payload, name))
    }

    /// Of the record of `good`, by its own signer.
    private func cancellation() throws -> (payload: [UInt8], compact: String) {
        let name = SpecimenCase.cancellation
        let content = try SpecimenContent.record(.good, at: moment)
        let (record, version, reason) = (content.identity.value, content.version, "another medicine instead")
        let compact = try cancel(
            record: record, version: version, reason: reason, by: name.signer, at: name.signedAt(moment))
        return (
            PrescriptionSigning.cancellation(record: record, version: version, reason: reason), compact
        )
    }

    private func sign(_ payload: [UInt8], _ name: SpecimenCase) throws -> String {
        let chain = chain(of: name.signer)
        var forgery = SpecimenForgery(
            payload: payload,
            header: PrescriptionSigning.header(
                kind: name.signer.kind, chain: chain, at: name.signedAt(moment)),
            key: try SpecimenKey.signing(name.signer.rawValue))
        switch name {
        case .signature: forgery.style = .flipped
        case .algorithmNone: forgery.style = .none
        case .algorithmHS256: forgery.style = .publicSecret
        case .twoCertificates: forgery.set("x5c", .array([.text(Base64.encode(chain.flatMap(\.self)))]))
        case .foreignChain:
            let foreign = [chain[0], certificate(of: .foreignIssuing)]
            forgery.set("x5c", .array(foreign.map { .text(Base64.encode($0)) }))
        default: break
        }
        return try forgery.compact()
    }
}

/// A signed text with one thing wrong.
private struct SpecimenForgery {
    enum Style {
        /// The signer's own signature.
        case right
        /// The same with its last bit flipped.
        case flipped
        /// Algorithm `none` and no signature.
        case none
        /// HS256 with the public key as its secret.
        case publicSecret

        var algorithm: String {
            switch self {
            case .right, .flipped: "ES256"
            case .none: "none"
            case .publicSecret: "HS256"
            }
        }
    }

    let payload: [UInt8]
    var header: [(String, JSON)]
    let key: P256.Signing.PrivateKey
    var style = Style.right

    mutating func set(_ name: String, _ value: JSON) {
        header = header.map { $0.0 == name ? (name, value) : $0 }
    }

    func compact() throws -> String {
        var members = JSONObject()
        members.set("alg", .text(style.algorithm))
        members.set("typ", .text(SignedObjectType.prescription.rawValue))
        for (name, value) in header { members.set(name, value) }
        let input = Base64URL.encode(JSON.object(members).written()) + "." + Base64URL.encode(payload)
        return input + "." + Base64URL.encode(try signature(over: [UInt8](input.utf8)))
    }

    private func signature(over bytes: [UInt8]) throws -> [UInt8] {
        var signature = [UInt8](try key.signature(for: bytes).rawRepresentation)
        switch style {
        case .right: return signature
        case .flipped:
            signature[signature.count - 1] ^= 1
            return signature
        case .none: return []
        case .publicSecret:
            let secret = SymmetricKey(data: [UInt8](key.publicKey.rawRepresentation))
            return authenticate(bytes, with: secret)
        }
    }
}
