import Lifecycles
import Notation
import Operations
import Records
import Vocabulary

extension StoryTelling {
    /// What the customer was asked, what the app showed, and what came back.
    var app: StorySection {
        guard let question = story.question else {
            return StorySection(
                "app", words.app.heading, paragraphs: [.init(words.app.notAsked)], tables: offerTables)
        }
        var facts = [
            Fact(words.app.payee, question.payee), Fact(words.app.asked, question.issuedAt.local),
            Fact(words.app.expires, question.expiresAt.local),
            Fact(words.app.outcome, question.status.words(language), word: question.id.text),
        ]
        if let ended = question.endedAt { facts.insert(Fact(words.app.ended, ended.local), at: 3) }
        return StorySection(
            "app", words.app.heading,
            paragraphs: story.shown.isEmpty ? [.init(words.app.neverShown, mood: "quiet")] : [],
            facts: facts, quotes: quotes, tables: offerTables, folds: answer.map { [$0] } ?? [])
    }

    private var quotes: [StorySection.Quote] {
        story.shown.enumerated().map { index, shown in
            StorySection.Quote(
                quoteID: "shown-\(index)",
                title:
                    "\(words.app.shown) – \(shown.device.text), \(words.app.shownAt) \(shown.fetchedAt.local)",
                body: String(decoding: shown.statement, as: UTF8.self))
        }
    }

    private var answer: StorySection.Fold? {
        guard let answer = story.answer else { return nil }
        return StorySection.Fold(
            words.app.answer, isOpen: true, state: answer.verdict.words(words.app),
            tone: answer.verdict == .approve ? .good : .bad,
            facts: [
                Fact(words.app.answeredAt, answer.answeredAt.local),
                Fact(words.app.verifiedBy, answer.verifiedBy.rawValue),
                Fact(words.app.device, "", word: answer.device.text),
                Fact(words.app.certificate, answer.certificate),
                Fact(words.app.digest, "", word: Hex.encode(answer.digest)),
            ],
            quotes: [
                StorySection.Quote(quoteID: "signed", title: words.app.signed, body: answer.compact)
            ])
    }

    /// Other factors, which were refused without a look.
    private var offerTables: [DataTable] {
        guard !story.offers.isEmpty else { return [] }
        return [
            DataTable(
                id: "offers", caption: words.app.offers,
                columns: [.init(words.factor), .init(words.app.offered)],
                rows: story.offers.map { offer in
                    [Cell(offer.factor.words(language), isHead: true), Cell(offer.offeredAt.local)]
                }, emptyText: columns.none)
        ]
    }
}

extension Verdict {
    func words(_ words: AppWords) -> String {
        switch self {
        case .approve: words.approve
        case .deny: words.deny
        case .report: words.report
        }
    }
}

extension ConfirmationStatus {
    func words(_ language: Language) -> String {
        switch self {
        case .pending: language.pick("Venter på svar", "Waits for an answer")
        case .approved: language.pick("Godkendt", "Approved")
        case .denied: language.pick("Afvist af kunden", "Declined by the customer")
        case .reported: language.pick("Meldt af kunden", "Reported by the customer")
        case .expired: language.pick("Udløbet", "Expired")
        case .canceled: language.pick("Annulleret", "Canceled")
        case .superseded: language.pick("Afløst af en nyere", "Replaced by a newer one")
        }
    }
}
