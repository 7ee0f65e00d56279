import Notation
import Operations

/// The address of a web page that a browser may be sent to.
enum WebAddress {
    static let maximumLength = 2048

    /// `https://host…`; in test mode `http://` too. No user info, only visible ASCII.
    static func optional(_ fields: Fields, _ name: String, isLive: Bool) throws(Refusal) -> String? {
        guard fields.object[name] != nil else { return nil }
        let text = try fields.rawText(name, maximum: maximumLength)
        guard isGood(text, isLive: isLive) else {
            throw fields.invalid(
                name, "Send an absolute https address in ASCII, without user name and password.")
        }
        return text
    }

    static func isGood(_ text: String, isLive: Bool) -> Bool {
        let schemes = isLive ? ["https://"] : ["https://", "http://"]
        guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return false }
        let allowed = text.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
        }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return allowed && !authority.isEmpty && !authority.contains("@") && !authority.hasPrefix(":")
    }
}
