import Notation
import Vocabulary

extension PriceListFlaw {
    /// What is wrong and what to do, as a sentence.
    package var explanation: String {
        switch self {
        case .notATable(let flaw): flaw.explanation
        case .numberInvalid: "A varenummer has six digits: write all of them, leading zeros too."
        case .numberRepeated(let line): "This varenummer stands in line \(line) already: remove one of them."
        case .numberRepeatedElsewhere(let file):
            "This varenummer stands in \(file) already: remove one of them."
        case .drugInvalid: "A drug id has eleven digits."
        case .drugRepeated(let line): "This drug id stands in line \(line) already: remove one of them."
        case .drugUnknown: "LMS01 has no drug with this id: take both files from the same edition."
        case .atcInvalid: "An ATC code is written like N02BE01, or left out."
        case .nameInvalid:
            "A name has 1 to 200 characters, no blank at either end and no control characters: "
                + "mend it, or save the file as UTF-8 or ISO 8859-1."
        case .packageSizeInvalid:
            "A package size is above 0, at most 1000000, and has at most three decimals: 100 or 2.5."
        case .groupUnknown(let group): Self.unknownGroup(group)
        case .substitutionGroupInvalid: "A substitution group has 1 to 32 characters, or is left out."
        case .priceInvalid: "A price is a whole number of øre: 2495 for 24,95 kr., or is left out."
        case .productUnknown: "The list has no product with this varenummer: remove the row."
        default: ofFiles
        }
    }

    private var ofFiles: String {
        switch self {
        case .noProduct: "The list has no product: nothing could be sold by it."
        case .fileUnknown:
            "Its name does not say what it is: name it .csv, LMS01… or LMS02…, or state the layout."
        case .fileRepeated: "There are two files of this kind: give one."
        case .fileMissing(let name): "\(name) is missing: a list in the fixed layout has LMS01 and LMS02."
        case .layoutsMixed:
            "This file does not go with the others: give either comma-separated files, or LMS01, LMS02 and "
                + "their substitution.csv."
        default: ""
        }
    }

    private static func unknownGroup(_ group: String?) -> String {
        let known = DispensingGroup.allCases.map(\.rawValue).joined(separator: ", ")
        let name = group.map { "The dispensing group \($0)" } ?? "The dispensing group"
        return "\(name) is not known: known are \(known)."
    }
}
