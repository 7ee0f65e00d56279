package import Notation

/// FHIR's own form of an answer that says what went wrong.
package enum OperationOutcome {
    /// An `OperationOutcome` resource (R4). An empty list becomes one information that all is well, because
    /// the resource must have an issue.
    package static func json(_ issues: [OutcomeIssue]) -> JSON {
        let issues = issues.isEmpty ? [.allWell] : issues
        return ["resourceType": "OperationOutcome", "issue": .array(issues.map(\.json))]
    }
}

/// How bad an issue is (FHIR R4, value set `issue-severity`).
package enum IssueSeverity: String, CaseIterable, Hashable, Sendable {
    case fatal, error, warning, information
}

/// One issue of an `OperationOutcome`.
package struct OutcomeIssue: Hashable, Sendable {
    package let severity: IssueSeverity
    package let code: IssueType
    /// What happened, in one sentence that repeats no value of the input.
    package let diagnostics: String
    /// FHIRPath of the element that is at fault; nil when there is none.
    package let expression: String?
    /// Our own word for it, of the list of errors (`urn:godkend:error`); nil when there is none.
    package let details: String?

    package init(
        severity: IssueSeverity, code: IssueType, diagnostics: String, expression: String? = nil,
        details: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.diagnostics = diagnostics
        self.expression = expression
        self.details = details
    }

    /// The issue of a bundle that was refused.
    package init(_ error: FHIRError) {
        self.init(
            severity: .error, code: error.issue.type, diagnostics: error.explanation, expression: error.path)
    }

    static let allWell = OutcomeIssue(
        severity: .information, code: .informational, diagnostics: "All is well.")

    var json: JSON {
        var object: JSONObject = [
            "severity": .text(severity.rawValue), "code": .text(code.rawValue),
        ]
        if let details {
            object.set("details", ["coding": [coding(CodeSystem.error, details)]])
        }
        object.set("diagnostics", .text(diagnostics))
        if let expression { object.set("expression", [.text(expression)]) }
        return .object(object)
    }
}
