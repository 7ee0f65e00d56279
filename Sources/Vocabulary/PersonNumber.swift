/// Why a text is not a CPR number.
package enum PersonNumberError: Error, Hashable, Sendable {
    /// Not ten digits, with at most one hyphen, after the sixth.
    case notTenDigits
    /// The first seven digits name no day of the calendar.
    case impossibleDate
}

/// The sex that the CPR register records in the last digit.
package enum Sex: String, CaseIterable, Sendable {
    case female, male
}

/// A Danish personal identification number (CPR): birth date and four digits of sequence. Prints as `[cpr]`.
///
/// Modulus 11 is not required: the CPR office has issued numbers without it since 2007 (SCA-29).
package struct PersonNumber: Masked, Hashable, Sendable {
    package static var mask: String { "[cpr]" }

    private let digits: Redacted<String>
    package let birthDate: LocalDate
    package let sex: Sex

    /// Reads `DDMMYYSSSS` or `DDMMYY-SSSS`.
    package init(_ text: String) throws(PersonNumberError) {
        guard let values = tenDigits(of: text) else { throw .notTenDigits }
        let twoDigitYear = values[4] * 10 + values[5]
        let year = Self.century(seventhDigit: values[6], twoDigitYear: twoDigitYear) + twoDigitYear
        guard
            let birthDate = LocalDate(
                year: year, month: values[2] * 10 + values[3], day: values[0] * 10 + values[1])
        else { throw .impossibleDate }
        self.birthDate = birthDate
        sex = values[9].isMultiple(of: 2) ? .female : .male
        digits = Redacted(values.map(String.init).joined())
    }

    /// The ten digits without hyphen. Whoever calls this answers for where they go.
    package func exposed() -> String {
        digits.exposed()
    }

    /// The first year of the century in which somebody was born, by the table of the CPR register.
    private static func century(seventhDigit: Int, twoDigitYear: Int) -> Int {
        switch seventhDigit {
        case 0...3: 1900
        case 4, 9: twoDigitYear <= 36 ? 2000 : 1900
        default: twoDigitYear <= 57 ? 2000 : 1800
        }
    }
}

/// The ten digits of a text that looks like a CPR number, whatever date they name; else nil.
func tenDigits(of text: String) -> [Int]? {
    var bytes = Array(text.utf8)
    if bytes.count == 11, bytes[6] == UInt8(ascii: "-") { bytes.remove(at: 6) }
    guard bytes.count == 10, bytes.allSatisfy(isDigit) else { return nil }
    return bytes.map { Int($0) - 48 }
}
