import Notation
import Proofs
import Records
import Vocabulary

extension Gateway {
    /// How long a nonce of the device routes is good; a proof's mark lives as long.
    static let nonceSeconds = 300

    var signInTerms: SignInTerms {
        SignInTerms(
            wrongAnswers: settings.wrongAnswers, keyCardReorderAt: settings.keyCardReorderAt,
            confirmationSeconds: settings.confirmationSeconds, pushBudget: settings.pushBudget,
            pushWindowSeconds: settings.pushWindowSeconds)
    }

    /// What a customer typed to say who they are; nil when it can be nobody's name.
    func login(_ text: String) -> CustomerLogin? {
        switch try? LoginName(text) {
        case .userID(let id): .userID(id)
        case .personNumber(let number):
            .personNumber(hash: keys.fingerprint(number.exposed(), as: .personNumber))
        case nil: nil
        }
    }

    /// The HMAC under which one printed code is stored: bound to its card and its number.
    func keyCardMAC(card: KeyCardID, number: String, code: String) -> [UInt8] {
        keys.fingerprint("\(card.text)\n\(number)\n\(code)", as: .keyCardCode)
    }

    /// The HMAC under which an activation code is stored.
    func activationMAC(_ code: String) -> [UInt8] {
        keys.fingerprint(ActivationCodeText.normalised(code), as: .activationCode)
    }

    func sessionDigest(_ token: String) -> [UInt8] { keys.fingerprint(token, as: .session) }

    /// A key number for whoever has no key card. Each name has 148 of them that stay the same, like a real
    /// card, so asking again and again does not tell the two apart (SCA-09). A CPR number is one name with
    /// and without its hyphen, as it is for a real card.
    func decoyKeyNumber(for login: CustomerLogin?, typed: String) -> String {
        let name =
            switch login {
            case .userID(let id): id.text
            case .personNumber(let hash): Base64URL.encode(hash)
            case nil: typed.lowercased()
            }
        let draw = entropy.bytes(4).reduce(0) { $0 << 8 | Int($1) } % IssueKeyCard.codeCount
        let bytes = keys.fingerprint("key-number\n\(name)\n\(draw)", as: .caller)
        return DecimalText.padded(bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } % 10_000, digits: 4)
    }
}

extension SealingContext {
    /// The place of a customer's name.
    static func name(of customer: CustomerID) -> SealingContext {
        SealingContext(table: "customers.name", row: customer.text, owner: customer.text)
    }

    /// The place of a customer's CPR number.
    static func personNumber(of customer: CustomerID) -> SealingContext {
        SealingContext(table: "customers.person_number", row: customer.text, owner: customer.text)
    }

    /// The place of a code token's secret.
    static func codeToken(of customer: CustomerID) -> SealingContext {
        SealingContext(table: "authenticators.code_token", row: customer.text, owner: customer.text)
    }

    /// The place of an enrolled card's number.
    static func enrolledCard(_ id: CardID, of customer: CustomerID) -> SealingContext {
        SealingContext(table: "cards", row: id.text, owner: customer.text)
    }
}

/// Activation codes as people read and type them: 80 bits in Crockford's base 32, four groups of four.
enum ActivationCodeText {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Writes ten bytes.
    static func text(_ bytes: [UInt8]) -> String {
        var (rest, bits, digits) = (0, 0, "")
        for byte in bytes {
            rest = rest << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                if digits.utf8.count % 5 == 4 { digits += "-" }
                digits.append(alphabet[rest >> bits & 31])
                rest &= 1 << bits - 1
            }
        }
        return digits
    }

    /// The letters and digits alone; what is easily misread is taken for what was meant.
    static func normalised(_ text: String) -> String {
        String(
            text.uppercased().filter { $0 != "-" && $0 != " " }.map { letter -> Character in
                switch letter {
                case "O": "0"
                case "I", "L": "1"
                default: letter
                }
            })
    }
}

/// Numbers with leading zeros, and evenly drawn ones.
enum DecimalText {
    static func padded(_ number: Int, digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// A number below `limit`, every one equally likely.
    static func draw(below limit: UInt32, from entropy: any Entropy) -> Int {
        let even = UInt32.max - UInt32.max % limit
        while true {
            let value = entropy.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if value < even { return Int(value % limit) }
        }
    }
}
