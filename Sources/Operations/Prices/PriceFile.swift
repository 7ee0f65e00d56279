import Notation

/// A file of a price list as it was given, before anybody looked into it.
package struct PriceFile: Sendable, Hashable {
    /// The last part of its path; tells which file of a list it is, and stands in complaints.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The text: UTF-8 where the bytes are that, else ISO 8859-1, in which the Danish list is published.
    ///
    /// Any bytes are ISO 8859-1. What is neither, such as code page 850, has control characters where the
    /// letters should be, and a name with one is refused.
    var text: String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return String(text)
    }
}

/// How the files of a price list are laid out.
package enum PriceLayout: String, CaseIterable, Sendable, Hashable {
    /// Comma-separated, with the header of `PriceTable`.
    case csv
    /// Fixed columns, as the Danish Medicines Agency publishes its list: `LMS01.txt` and `LMS02.txt`.
    case lms
}

/// Which part of a list a file holds.
enum PriceFileRole: Hashable {
    case table, drugs, packages, substitutions

    /// What a file is by its name, or by its content where the layout was stated and the name says nothing;
    /// nil: nobody can tell.
    init?(of file: PriceFile, layout: PriceLayout?) {
        let name = file.name.lowercased()
        if name == "substitution.csv" {
            self = .substitutions
        } else if layout != .csv, name.hasPrefix("lms01") {
            self = .drugs
        } else if layout != .csv, name.hasPrefix("lms02") {
            self = .packages
        } else if layout != .lms, layout == .csv || name.hasSuffix(".csv") {
            self = .table
        } else if layout == .lms {
            self = LMSRow.isPackage(file.text.unicodeScalars.prefix { $0 != "\n" }) ? .packages : .drugs
        } else {
            return nil
        }
    }
}
