package import Notation

/// Why a price list was not taken: every problem of its files. Nothing of it is used.
package struct PriceListFailure: Error, Sendable, Hashable {
    /// In the order of the files and their lines; at least one.
    package let problems: [PriceListProblem]

    /// The first twenty problems, one a line, and how many more there are.
    package var explanation: String {
        let shown = problems.prefix(20).map(\.description)
        let rest = problems.count - shown.count
        return (shown + (rest > 0 ? ["and \(rest) more problems."] : [])).joined(separator: "\n")
    }
}

/// One thing that is wrong with a file of a price list, and what to do.
package struct PriceListProblem: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    /// From 1; nil where the file as a whole is at fault.
    package let line: Int?
    /// The name of the column, or the fixed columns from 0: `138-145`.
    package let column: String?
    package let flaw: PriceListFlaw

    init(_ file: String, line: Int? = nil, column: String? = nil, _ flaw: PriceListFlaw) {
        self.file = file
        self.line = line
        self.column = column
        self.flaw = flaw
    }

    package var description: String {
        let place = [file, line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap(\.self)
        return place.joined(separator: ", ") + ": " + flaw.explanation
    }
}

/// What can be wrong with a price list.
package enum PriceListFlaw: Sendable, Hashable {
    case notATable(CSVFlaw)
    case numberInvalid
    case numberRepeated(firstLine: Int)
    /// The number stands in another file of the list too.
    case numberRepeatedElsewhere(file: String)
    case drugInvalid
    case drugRepeated(firstLine: Int)
    /// A package of a drug that the file of drugs does not have.
    case drugUnknown
    case atcInvalid
    case nameInvalid
    case packageSizeInvalid
    /// The group as it was written, or nil where it cannot be repeated.
    case groupUnknown(String?)
    case substitutionGroupInvalid
    case priceInvalid
    /// A substitution group for a package that the list does not have.
    case productUnknown
    case noProduct
    case fileUnknown
    case fileRepeated
    case fileMissing(String)
    case layoutsMixed
}
