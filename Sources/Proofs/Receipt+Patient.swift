import Crypto
import Notation
package import Vocabulary

extension KeyRing {
    /// The salt of the patient in one receipt, 32 bytes: the same each time, and given to the patient only.
    package func patientSalt(for authorization: AuthorizationID) -> [UInt8] {
        fingerprint("receipt|\(authorization.text)", as: .patient)
    }
}

extension Receipt {
    /// The patient in a receipt: base64url of the HMAC-SHA256 of the ten digits of the CPR number under the
    /// salt (RX-RECEIPT). Whoever has both checks it with nothing else; without the salt it tells nothing.
    package static func patientDigest(of person: PersonNumber, salt: [UInt8]) -> String {
        Base64URL.encode(authenticate([UInt8](person.exposed().utf8), with: SymmetricKey(data: salt)))
    }
}
