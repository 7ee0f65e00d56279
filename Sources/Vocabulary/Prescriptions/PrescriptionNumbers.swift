/// A prescriber's *autorisations-ID* in the Danish register (`https://autregweb.sst.dk`): five characters,
/// digits and consonants with Y, kept in upper case.
package struct AuthorisationID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        let upper = text.utf8.map { isLowerCaseLetter($0) ? $0 - 32 : $0 }
        guard upper.count == 5, upper.allSatisfy({ isDigit($0) || Self.consonants.contains($0) }) else {
            return nil
        }
        self.text = String(decoding: upper, as: UTF8.self)
    }

    private static let consonants = Set("BCDFGHJKLMNPQRSTVWXYZ".utf8)

    package var description: String { text }
}

/// A *DrugID* of the Danish price list: the drug in one form and strength, eleven digits.
package struct DrugID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == 11, text.utf8.allSatisfy(isDigit) else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// A code of the Anatomical Therapeutic Chemical classification (WHO), of any of its five levels.
package struct ATCCode: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// `N`, `N02`, `N02B`, `N02BE` or `N02BE01`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard [1, 3, 4, 5, 7].contains(bytes.count) else { return nil }
        for (offset, byte) in bytes.enumerated() {
            let isNumber = [1, 2, 5, 6].contains(offset)
            guard isNumber ? isDigit(byte) : isUpperCaseLetter(byte) else { return nil }
        }
        self.text = text
    }

    /// Whether this code is the other one or stands below it.
    package func belongs(to other: ATCCode) -> Bool { text.hasPrefix(other.text) }

    package var description: String { text }
}

/// Which system gave a prescription its id.
package enum RecordSystem: String, CaseIterable, Hashable, Sendable {
    /// *Fælles Medicinkort*: up to 64 bits in decimal.
    case fmk = "urn:oid:1.2.208.176.7.2.2"
    /// A record of a signer who has no FMK id: 1 to 64 characters.
    case godkend = "urn:godkend:record"
}

/// The id of a prescription as its signer gave it.
package struct RecordIdentity: Hashable, Sendable {
    package let system: RecordSystem
    package let value: String

    package init?(system: RecordSystem, value: String) {
        switch system {
        case .fmk: guard let number = UInt64(value), String(number) == value else { return nil }
        case .godkend: guard (try? PlainText(value, maximum: 64)) != nil else { return nil }
        }
        self.system = system
        self.value = value
    }
}
