import Lifecycles
import Vocabulary

/// A filter's text, term by term, so that a link can change one of them and leave the others as typed.
struct FilterChips {
    private let terms: [String]

    /// Terms stand with blanks between them; a blank in quotes is part of its term.
    init(_ text: String) {
        var terms: [String] = []
        var term = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted {
                if !term.isEmpty { terms.append(term) }
                term = ""
            } else {
                term.append(character)
            }
        }
        self.terms = term.isEmpty ? terms : terms + [term]
    }

    /// A link that puts this value in the place of the key's term, or takes it away where it stands already.
    func choice(_ key: String, _ value: String, name: String) -> FindPage.Choice {
        let wanted = "\(key):\(value)"
        let isChosen = terms.contains(wanted)
        let others = terms.filter { !$0.hasPrefix("\(key):") }
        let text = (isChosen ? others : others + [wanted]).joined(separator: " ")
        return FindPage.Choice(
            href: FormFields.address("/console", [("q", text.isEmpty ? "status:any" : text)]), name: name,
            isChosen: isChosen)
    }

    /// The shortcuts over a list: by status, time, who refused, and what the page itself shows.
    func groups(
        _ language: Language, reasons: [DeclineReason], merchants: [MerchantID]
    ) -> [FindPage.ChipGroup] {
        let columns = ColumnWords(language)
        let times = [
            ("24h", language.pick("24 timer", "24 hours")), ("7d", language.pick("7 dage", "7 days")),
            ("30d", language.pick("30 dage", "30 days")),
        ]
        let statuses: [AuthorizationStatus] = [.declined, .approved, .captured, .requiresConfirmation]
        let groups: [(String, [FindPage.Choice])] = [
            (columns.time, times.map { choice("since", $0.0, name: $0.1) }),
            (
                columns.status,
                statuses.map { choice("status", $0.rawValue, name: $0.words(language)) }
                    + [choice("status", "any", name: language.pick("Alle", "All"))]
            ),
            (
                columns.by,
                DeclineParty.allCases.map { choice("by", $0.rawValue, name: $0.words(language)) }
            ),
            (columns.reason, reasons.map { choice("reason", $0.rawValue, name: $0.words(language)) }),
            (columns.merchant, merchants.map { choice("merchant", $0.text, name: $0.text) }),
        ]
        return groups.filter { !$0.1.isEmpty }.map { FindPage.ChipGroup(chipGroup: $0.0, choices: $0.1) }
    }
}
