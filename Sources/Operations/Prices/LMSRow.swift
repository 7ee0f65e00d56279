/// One row of the Danish price list's fixed columns, counted in characters from 0.
///
/// | file | columns | field |
/// |---|---|---|
/// | LMS01 | 0-10 | drug id |
/// | LMS01 | 29-58 | name |
/// | LMS01 | 59-78 | form, in words |
/// | LMS01 | 93-112 | strength, in words |
/// | LMS01 | 138-145 | ATC code, with blanks before it |
/// | LMS02 | 0-10 | drug id |
/// | LMS02 | 11-16 | varenummer |
/// | LMS02 | 59-66 | package size in hundredths of a unit |
/// | LMS02 | 73-77 | dispensing group |
///
/// The numbers of LMS02 and the drug id of LMS01 are public in the import of the Danish national connector;
/// name, form, strength and ATC code are read off its sample rows. Blanks at the end of a row may be missing.
struct LMSRow {
    /// A field by its first column and its length.
    struct Field {
        let start: Int
        let length: Int

        init(_ start: Int, _ length: Int) {
            self.start = start
            self.length = length
        }

        var column: String { "\(start)-\(start + length - 1)" }
    }

    private let scalars: [Unicode.Scalar]

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.scalars = Array(scalars)
    }

    /// The field without the blanks around it.
    func text(_ field: Field) -> String {
        let end = min(field.start + field.length, scalars.count)
        guard field.start < end else { return "" }
        let content = scalars[field.start..<end].drop { $0 == " " }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: content.reversed().drop { $0 == " " }.reversed())
        return String(text)
    }

    /// LMS02 has a varenummer where LMS01 has letters.
    static func isPackage(_ row: some Sequence<Unicode.Scalar>) -> Bool {
        let number = LMSRow(row).text(LMSPackages.number)
        return number.utf8.count == 6 && number.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// The rows of a file with their line numbers. A last line break and empty lines at the end are no rows;
    /// some editions end with the control character SUB.
    static func rows(of file: PriceFile) -> [(line: Int, row: LMSRow)] {
        let lines = file.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().compactMap { index, line in
            let content = line.filter { $0 != "\r" && $0 != "\u{1A}" && $0 != "\u{FEFF}" }
            return content.isEmpty ? nil : (index + 1, LMSRow(content))
        }
    }
}
