package import Notation
import Proofs

/// A rule set that two administrators are to agree on before a server works by it.
package struct ProposedRules: Sendable, Hashable {
    /// Where the rule set stands in the text of the request.
    static let member = "rule_set"

    /// All rules of all stages, `{rule: {version, parameters}}`. They may be those of a newer program.
    package let document: JSON
    /// SHA-256 of the RFC 8785 form.
    package let hash: [UInt8]

    /// Nil when it is no object of rules, or has no canonical form.
    package init?(_ document: JSON) {
        guard let members = document.object?.members, !members.isEmpty,
            members.allSatisfy({ $0.value.object?["version"]?.integer != nil }),
            let text = try? document.canonical()
        else { return nil }
        self.document = document
        hash = Digest.sha256(text)
    }

    /// Those of a stored request; nil when its subject is another rule set's hash.
    init?(of change: ChangeRecord) {
        guard let document = (try? JSON.parse(change.change.utf8))?.object?[Self.member],
            let rules = Self(document), rules.hashText == change.subject
        else { return nil }
        self = rules
    }

    package var hashText: String { Hex.encode(hash) }
}
