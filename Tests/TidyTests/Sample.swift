/// A made-up file for a rule to look at.
func sample(_ text: String, at path: String = "Sources/Decisions/Sample.swift") -> SourceFile {
    SourceFile(path: path, text: text)
}

/// The complaints of all files as one text, empty when there are none: what a failing test should print.
func complaints(_ findings: [Finding]) -> String {
    findings.map(\.description).joined(separator: "\n")
}
