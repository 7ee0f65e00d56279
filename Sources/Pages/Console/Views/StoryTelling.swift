import Decisions
import Lifecycles
import Operations
import Records
import Vocabulary

/// Tells the story of one authorization as a page: the answer first, then how it came to that.
struct StoryTelling {
    let story: AuditStory
    let language: Language
    let words: StoryWords
    let columns: ColumnWords

    init(_ story: AuditStory, in language: Language) {
        self.story = story
        self.language = language
        words = StoryWords(language)
        columns = ColumnWords(language)
    }

    var page: StoryPage {
        let row = story.row
        return StoryPage(
            words: words, back: "/console", erased: story.erasedAt.map { "\(words.erased) (\($0.local))" },
            tone: row.status.tone.rawValue,
            answer: row.reason?.words(language) ?? row.status.words(language), because: because,
            advice: row.reason.map { "\(words.shopSees): \($0.publicReason)" },
            summary: FactList(facts: summary),
            sections: [order, rules, app, prescription, acquirer, notices, proof, reads].compactMap { $0 })
    }

    /// The rule that decided, in one line.
    private var because: String? {
        guard let (_, rule) = story.declining else { return nil }
        let line = rule.line.map { ", \(words.rules.onLine.lowercased()) \($0)" } ?? ""
        let source = rule.citation.map { " – \($0)" } ?? ""
        return "\(words.decidingRule): \(rule.name)\(line)\(source)"
    }

    private var summary: [Fact] {
        let row = story.row
        return [
            Fact(columns.time, row.createdAt.local),
            Fact(columns.merchant, row.merchant.text),
            Fact(columns.order, row.order),
            Fact(columns.amount, row.money.words(language)),
            Fact(columns.card, row.card),
            Fact(columns.status, row.status.words(language), tone: row.status.tone),
            row.reason.map { Fact(columns.by, $0.by.words(language), word: $0.rawValue) },
            row.reason.map {
                Fact(words.mayFix, DeclineFixer(rawValue: $0.whoCanFix)?.words(language) ?? $0.whoCanFix)
            },
            row.networkCode.map { Fact(columns.code, $0.text) },
            Fact(words.factor, row.factor.words(language)),
            story.customer.map { Fact(words.customer, $0.text, link: "/console/customers/\($0.text)") },
        ].compactMap { $0 }
    }

    private var order: StorySection {
        let order = words.order
        let lines = story.lines.map { line in
            [
                Cell(String(line.position), isHead: true), Cell(line.kind.words(language)),
                Cell(line.description ?? "–"), Cell(String(line.quantity)),
                Cell(line.unitAmountMinor.map { amount($0) } ?? "–"),
                Cell(line.isPrescribed ? columns.yes : columns.no),
            ]
        }
        var facts = [
            Fact(order.captured, amount(story.sums.captured)),
            Fact(order.refunded, amount(story.sums.refunded)),
        ]
        if let before = story.captureBefore { facts.append(Fact(order.captureBefore, before.local)) }
        return StorySection(
            "order", order.heading,
            paragraphs: story.isOrderErased ? [.init(order.erased, mood: "quiet")] : [],
            facts: story.row.status == .declined ? [] : facts,
            tables: [
                DataTable(
                    id: "order-lines", caption: order.caption,
                    columns: [
                        .init(order.line), .init(order.kind), .init(order.what),
                        .init(order.quantity, isNumber: true), .init(order.price, isNumber: true),
                        .init(order.prescribed),
                    ], rows: lines, emptyText: order.erased)
            ])
    }

    /// An amount in the payment's currency; nothing where it is nothing.
    func amount(_ minor: Int64) -> String {
        (try? Money(amountMinor: minor, currency: story.row.money.currency))?.words(language) ?? "0"
    }
}
