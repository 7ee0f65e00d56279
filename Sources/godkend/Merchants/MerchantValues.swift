import Notation
import Operations
import Vocabulary

/// The single values of a merchant file. Each function says by a sentence what a wrong one should be.
enum MerchantValues {
    static func kind(_ text: String) throws(WrongValue) -> MerchantKind {
        guard let kind = MerchantKind(rawValue: text) else {
            throw WrongValue("write webshop, pharmacy or filer.")
        }
        return kind
    }

    static func name(_ text: String) throws(WrongValue) -> DisplayName {
        do {
            return try DisplayName(text)
        } catch {
            throw WrongValue(error.explanation)
        }
    }

    static func gln(_ text: String) throws(WrongValue) -> GLN {
        guard let gln = GLN(text) else {
            throw WrongValue(
                "write the 13 digits of the GLN in quotes; its check digit is wrong or one is missing.")
        }
        return gln
    }

    static func truth(_ text: String) throws(WrongValue) -> Bool {
        switch text {
        case "true": true
        case "false": false
        default: throw WrongValue("write true or false.")
        }
    }

    static func currency(_ text: String) throws(WrongValue) -> Currency {
        guard let currency = Currency(code: text) else {
            throw WrongValue("write three capital letters of ISO 4217, for example DKK.")
        }
        return currency
    }

    static func amount(_ text: String) throws(WrongValue) -> Int64 {
        guard let amount = Int64(text), (1...999_999_999_999).contains(amount) else {
            throw WrongValue("write a whole number of minor units (øre, cent), 1 to 999999999999.")
        }
        return amount
    }

    /// A web origin as a browser sends it: RFC 6454 section 6.2.
    static func origin(_ text: String) throws(WrongValue) -> String {
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        let host = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2)
        guard isWeb, host.count == 1, let name = host.first, !name.isEmpty,
            name.utf8.allSatisfy({ isHostByte($0) })
        else {
            throw WrongValue("write https://host or https://host:port, in small letters, without a path.")
        }
        return text
    }

    static func keyID(_ text: String) throws(WrongValue) -> KeyID {
        guard let id = KeyID(text) else { throw WrongValue("this is no key id; it begins with key_.") }
        return id
    }

    static func keyKind(_ text: String) throws(WrongValue) -> KeyKind {
        guard let kind = KeyKind(rawValue: text) else { throw WrongValue("write secret or publishable.") }
        return kind
    }

    /// True for live.
    static func mode(_ text: String) throws(WrongValue) -> Bool {
        switch text {
        case "live": true
        case "test": false
        default: throw WrongValue("write test or live.")
        }
    }

    static func digest(_ text: String) throws(WrongValue) -> [UInt8] {
        guard let bytes = Hex.decode(text), bytes.count == 32 else {
            throw WrongValue("write the key's SHA-256 in 64 hexadecimal digits, never the key itself.")
        }
        return bytes
    }

    static func instant(_ text: String) throws(WrongValue) -> Instant {
        guard let instant = Instant(rfc3339: text) else {
            throw WrongValue("write a time like 2026-11-22T12:00:00Z.")
        }
        return instant
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
