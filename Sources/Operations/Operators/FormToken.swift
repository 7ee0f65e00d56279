import Notation
import Proofs

extension Gateway {
    /// What a form of the console carries to show that a page of this session made it: an HMAC of the
    /// session's token under a key of its own, so that neither tells the other.
    package func formToken(session token: String) -> String {
        Base64URL.encode(keys.fingerprint("console-form\n\(token)", as: .caller))
    }
}
