import Operations
import Proofs
import Vocabulary

/// How the decision log stands, as a page.
enum LogView {
    static func page(_ status: LogStatus, _ words: LogWords, _ language: Language) -> SectionsPage {
        var facts = [
            Fact(words.origin, status.origin), Fact(words.size, String(status.size)),
            Fact(words.signed, status.latest.map { String($0.size) } ?? words.none),
        ]
        if status.latest != nil {
            facts.append(Fact(words.signedAt, status.signedAt?.local ?? words.before))
        }
        facts.append(Fact(words.key, "", word: status.verificationKey))
        return SectionsPage(
            words: ProblemWords(language), intro: words.intro,
            alarm: status.refusal.map { "\(words.refused) \($0.words(language))" },
            sections: [
                StorySection("state", words.state, facts: facts),
                StorySection(
                    "checkpoint", words.checkpoint,
                    paragraphs: status.latest == nil ? [.init(words.none)] : [],
                    quotes: status.latest.map {
                        [.init(quoteID: "note", title: status.origin, body: $0.text)]
                    } ?? []),
                StorySection(
                    "verify", words.verify, paragraphs: [.init(words.howTo)],
                    facts: [
                        Fact(words.addresses, "/log/checkpoint", link: "/log/checkpoint"),
                        Fact(words.key, "/log/vkey", link: "/log/vkey"),
                    ]),
            ])
    }
}

extension LogRefusal {
    /// Why nothing is signed, and what to do.
    fileprivate func words(_ language: Language) -> String {
        guard language == .danish else { return explanation }
        return switch self {
        case .olderDatabase(let signed, let found):
            "Kontrolpunktet dækker \(signed) blade, men databasen har \(found): en ældre database er lagt tilbage."
        case .fork(let size):
            "De første \(size) blade er ikke dem, der blev underskrevet. Kør godkend audit verify."
        case .brokenTree: "Træets hasher passer ikke sammen. Kør godkend audit verify."
        case .otherKey:
            "Det seneste kontrolpunkt er underskrevet med en anden nøgle. Læg den rigtige log.key tilbage."
        case .unreadableCheckpoints: "Filen checkpoints.log kan ikke læses."
        }
    }
}
