/// Why bytes are not a prescription that we read, and where.
package struct FHIRError: Error, Hashable, Sendable {
    /// A FHIRPath with indexes: `Bundle.entry[2].resource.status`. It holds names of FHIR elements only.
    package let path: String
    package let issue: FHIRIssue
    /// One sentence that says what to do. It never repeats a value of the input.
    package let explanation: String

    package init(path: String, issue: FHIRIssue, explanation: String) {
        self.path = path
        self.issue = issue
        self.explanation = explanation
    }
}

/// The ways in which a bundle is refused.
package enum FHIRIssue: String, CaseIterable, Hashable, Sendable {
    /// Not JSON as `Notation` reads it, a repeated member included.
    case notJSON
    /// A JSON value of another kind than the element has.
    case wrongKind
    /// An element that the bundle cannot do without.
    case missing
    /// An element that FHIR has not, or that changes the meaning in a way we cannot honour.
    case unknownElement
    /// A resource of a type that has no place here.
    case unknownResource
    /// A `modifierExtension`: we know none, and FHIR forbids to ignore one.
    case modifierExtension
    /// One of our own extensions, unknown, in the wrong place, twice, or without its value.
    case badExtension
    /// Two where one may stand.
    case repeated
    /// More elements than we take.
    case tooMany
    /// A text that is too long to be shown.
    case tooLong
    /// A value that the element cannot have.
    case badValue
    /// A code or code system outside the list.
    case unknownCode
    /// Two elements that contradict each other.
    case disagreement
    /// A reference that leads nowhere, or to the wrong place.
    case unresolvedReference
    /// An element that only a register may send.
    case registryOnly

    /// The code of FHIR's own list that says it best.
    package var type: IssueType {
        switch self {
        case .notJSON, .wrongKind, .unknownElement: .structure
        case .missing: .required
        case .unknownResource: .notSupported
        case .modifierExtension, .badExtension: .extension
        case .repeated: .duplicate
        case .tooMany, .tooLong: .tooLong
        case .badValue: .value
        case .unknownCode: .codeInvalid
        case .disagreement: .invariant
        case .unresolvedReference: .notFound
        case .registryOnly: .businessRule
        }
    }
}
