import Notation
import Proofs
import Records
import Vocabulary

extension SealingContext {
    /// The place of an order with product numbers: found by the order's digest.
    static func order(_ digest: String, of merchant: MerchantID) -> SealingContext {
        SealingContext(table: "authorizations.order", row: digest, owner: merchant.text)
    }

    /// The place of a filed text: found by the SHA-256 of the text.
    static func filing(_ textDigest: [UInt8]) -> SealingContext {
        SealingContext(table: "prescription_filings", row: Hex.encode(textDigest), owner: "gateway")
    }

    /// The place of what was handed over.
    static func handover(of authorization: AuthorizationID, _ merchant: MerchantID) -> SealingContext {
        SealingContext(table: "handover_parts", row: authorization.text, owner: merchant.text)
    }
}

/// What rests of a filing under the seal: the compact JWS as it came, and the answers stapled to it.
struct FiledText: Sendable, Hashable {
    let compact: String
    /// OCSP responses, DER.
    let stapled: [[UInt8]]

    var bytes: [UInt8] {
        let json: JSON = [
            "jws": .text(compact), "ocsp": .array(stapled.map { .text(Base64.encode($0)) }),
        ]
        return json.written()
    }

    init(compact: String, stapled: [[UInt8]]) {
        self.compact = compact
        self.stapled = stapled
    }

    /// SHA-256 of the first certificate that a text carries, as its header says; checked elsewhere.
    static func leafDigest(of compact: String) -> [UInt8]? {
        guard let header = compact.split(separator: ".").first.flatMap({ Base64URL.decode($0) }),
            let chain = (try? JSON.parse(header))?.object?["x5c"]?.array,
            let leaf = chain.first?.text.flatMap({ Base64.decode($0) })
        else { return nil }
        return Digest.sha256(leaf)
    }

    /// Nil for bytes that `bytes` did not write.
    init?(_ bytes: [UInt8]) {
        guard let object = (try? JSON.parse(bytes))?.object, let compact = object["jws"]?.text,
            let answers = object["ocsp"]?.array
        else { return nil }
        let stapled = answers.compactMap { $0.text.flatMap { Base64.decode($0) } }
        guard stapled.count == answers.count else { return nil }
        self.init(compact: compact, stapled: stapled)
    }
}

extension KeyRing {
    /// By what a record is found again without its id standing in the database.
    func recordKey(of identity: RecordIdentity) -> [UInt8] {
        fingerprint("\(identity.system.rawValue)|\(identity.value)", as: .record)
    }

    /// By what a signer is known again: a prescriber by the authorisation, a register by its subject.
    func signerHash(of signer: SignerIdentity) -> [UInt8] {
        fingerprint(signer.lastingName, as: .signer)
    }

    func patientHash(of person: PersonNumber) -> [UInt8] {
        fingerprint(person.exposed(), as: .personNumber)
    }
}
