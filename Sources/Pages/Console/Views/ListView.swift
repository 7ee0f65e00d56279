import Lifecycles
import Records
import Vocabulary

/// The lists as sections of a page.
struct ListView {
    private let lists: AuditLists
    private let language: Language
    private let words: ListWords
    private let columns: ColumnWords
    /// Whether the reader may open single payments.
    private let mayOpen: Bool

    init(_ lists: AuditLists, in language: Language, mayOpen: Bool) {
        self.lists = lists
        self.language = language
        self.mayOpen = mayOpen
        words = ListWords(language)
        columns = ColumnWords(language)
    }

    var sections: [StorySection] {
        [notHandedOver, notCaptured, expiring, rising, undelivered, unknownOutcomes, abandoned]
    }

    private var notHandedOver: StorySection {
        section(
            "owed", words.notHandedOver, lists.notHandedOver,
            [.init(words.authorization), .init(columns.merchant), .init(words.since)]
        ) { item in
            [payment(item.authorization), Cell(item.merchant.text), Cell(item.since.local)]
        }
    }

    private var notCaptured: StorySection {
        section(
            "unpaid", words.notCaptured, lists.notCaptured,
            [
                .init(words.authorization), .init(columns.merchant), .init(words.handedOver),
                .init(columns.amount, isNumber: true), .init(words.captured, isNumber: true),
                .init(words.refunded, isNumber: true),
            ]
        ) { item in
            [
                payment(item.authorization), Cell(item.merchant.text), Cell(item.handedOverAt.local),
                Cell(item.money.words(language)), Cell(amount(item.capturedMinor, item.money.currency)),
                Cell(amount(item.refundedMinor, item.money.currency)),
            ]
        }
    }

    private var expiring: StorySection {
        section(
            "expiring", words.expiring, lists.expiring,
            [
                .init(words.authorization), .init(columns.merchant), .init(words.captureBefore),
                .init(columns.amount, isNumber: true), .init(words.captured, isNumber: true),
            ]
        ) { item in
            [
                payment(item.authorization), Cell(item.merchant.text), Cell(item.captureBefore.local),
                Cell(item.money.words(language)), Cell(amount(item.capturedMinor, item.money.currency)),
            ]
        }
    }

    private var rising: StorySection {
        section(
            "rising", words.rising, lists.rising,
            [
                .init(columns.merchant), .init(words.weekBefore, isNumber: true),
                .init(words.thisWeek, isNumber: true),
            ]
        ) { item in
            let link = FormFields.address(
                "/console", [("q", "status:declined merchant:\(item.merchant.text) since:7d")])
            return [
                Cell(item.merchant.text, link: link, isHead: true), Cell(share(item.before)),
                Cell(share(item.now)),
            ]
        }
    }

    private var undelivered: StorySection {
        section(
            "undelivered", words.undelivered, lists.undelivered,
            [.init(columns.merchant), .init(words.waiting, isNumber: true), .init(words.oldest)]
        ) { item in
            [
                Cell(item.merchant.text, isHead: true), Cell(String(item.count)), Cell(item.oldest.local),
            ]
        }
    }

    private var unknownOutcomes: StorySection {
        section(
            "unknown", words.unknownOutcomes, lists.unknownOutcomes,
            [.init(words.authorization), .init(words.call), .init(words.since)]
        ) { item in
            [
                payment(item.authorization), Cell(item.kind.words(language), word: item.intent.text),
                Cell(item.since.local),
            ]
        }
    }

    private var abandoned: StorySection {
        section(
            "abandoned", words.abandoned, lists.abandoned,
            [
                .init(words.authorization), .init(words.call), .init(columns.amount, isNumber: true),
                .init(columns.status), .init(columns.code), .init(words.ended),
            ]
        ) { item in
            [
                payment(item.authorization), Cell(item.kind.words(language), word: item.intent.text),
                Cell(item.money.words(language)),
                Cell(item.status.words(language), tone: item.status.tone),
                Cell(item.networkCode?.text ?? ""), Cell(item.endedAt.local),
            ]
        }
    }

    private func section<Element>(
        _ id: String, _ heading: String, _ list: AuditLists.List<Element>, _ columns: [DataTable.Column],
        _ row: (Element) -> [Cell]
    ) -> StorySection {
        let count = list.hasMore ? "\(list.items.count)+" : String(list.items.count)
        let table = DataTable(
            id: "\(id)-table", caption: "\(heading): \(count)", columns: columns, rows: list.items.map(row),
            emptyText: words.nothing)
        return StorySection(
            id, heading,
            paragraphs: list.items.isEmpty
                ? [.init(words.nothing, mood: "quiet")] : list.hasMore ? [.init(words.more)] : [],
            tables: list.items.isEmpty ? [] : [table])
    }

    private func payment(_ id: AuthorizationID) -> Cell {
        Cell(id.text, link: mayOpen ? "/console/authorizations/\(id.text)" : nil, isHead: true)
    }

    /// `12.5 % (5 of 40)`.
    private func share(_ share: AuditLists.Share) -> String {
        let all = share.declined + share.approved
        return "\(Percent.text(share.permille, of: 1_000)) % (\(share.declined) \(words.ofAll) \(all))"
    }

    private func amount(_ minor: Int64, _ currency: Currency) -> String {
        (try? Money(amountMinor: minor, currency: currency))?.words(language) ?? "0"
    }
}
