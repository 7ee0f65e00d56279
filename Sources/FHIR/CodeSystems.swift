import Notation
import Vocabulary

/// The code and identifier systems of the record (CONTRACT section 7).
enum CodeSystem {
    /// Danish personal identification number.
    static let personNumber = "urn:oid:1.2.208.176.1.2"
    static let productNumber = "urn:oid:1.2.208.176.3.2"
    static let drug = "urn:oid:1.2.208.176.3.1"
    static let authorisation = "https://autregweb.sst.dk"
    static let atc = "http://www.whocc.no/atc"
    static let gln = "http://www.gs1.org/gln"
    static let ucum = "http://unitsofmeasure.org"
    static let role = "urn:godkend:role"
    static let handover = "urn:godkend:handover"
    /// Our list of error codes.
    static let error = "urn:godkend:error"
}

/// Our extensions. Each has one value of one kind, and each stands once.
enum OurExtension: String, CaseIterable {
    case packageSize = "package-size"
    case dispensingGroup = "dispensing-group"
    case urgent
    case handedOver = "handed-over"
    case lastHandover = "last-handover"
    case residual
    case batch
    case handoverNumber = "handover-number"
    case line = "prescription-line"

    static let prefix = "urn:godkend:"

    /// What a `MedicationRequest` may carry. The others belong to a `MedicationDispense`, written only.
    static let ofRequest: [OurExtension] = [
        .packageSize, .dispensingGroup, .urgent, .handedOver, .lastHandover, .residual,
    ]

    var url: String { Self.prefix + rawValue }

    /// The member that holds the value.
    var member: String {
        switch self {
        case .packageSize: "valueQuantity"
        case .dispensingGroup: "valueCode"
        case .urgent: "valueBoolean"
        case .handedOver, .handoverNumber: "valueInteger"
        case .lastHandover: "valueDate"
        case .residual: "valueDecimal"
        case .batch, .line: "valueString"
        }
    }

    /// The extension with its value, which must be of the kind of `member`.
    func json(_ value: JSON) -> JSON {
        .object(["url": .text(url), member: value])
    }
}

/// An `Identifier`.
func identifier(_ system: String, _ value: String) -> JSON {
    ["system": .text(system), "value": .text(value)]
}

/// A `Coding`.
func coding(_ system: String, _ code: String) -> JSON {
    ["system": .text(system), "code": .text(code)]
}

extension Quantity {
    /// The number with its exact decimals.
    var json: JSON {
        thousandths.isMultiple(of: 1_000) ? .integer(thousandths / 1_000) : .decimal(description)
    }
}
