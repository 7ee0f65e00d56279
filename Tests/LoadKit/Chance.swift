import Notation

/// Random texts for keys and names.
package enum Chance {
    /// base64url of so many random bytes.
    package static func text(_ bytes: Int) -> String {
        Base64URL.encode((0..<bytes).map { _ in UInt8.random(in: 0...255) })
    }
}
