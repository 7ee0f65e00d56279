import Lifecycles
import Operations
import Records
import Vocabulary

extension StoryTelling {
    /// What the acquirer was asked and answered, and its codes.
    var acquirer: StorySection {
        let money = words.money
        return StorySection(
            "acquirer", money.heading,
            tables: [
                DataTable(
                    id: "calls", caption: money.caption,
                    columns: [
                        .init(columns.time), .init(money.kind), .init(columns.amount, isNumber: true),
                        .init(columns.status), .init(columns.code), .init(money.ended),
                        .init(money.reference),
                    ],
                    rows: story.calls.map { call in
                        [
                            Cell(call.createdAt.local, isHead: true), Cell(call.kind.words(language)),
                            Cell(amount(call.amountMinor)),
                            Cell(call.status.words(language), tone: call.status.tone),
                            Cell(call.networkCode?.text ?? ""), Cell(call.endedAt?.local ?? ""),
                            Cell("", word: call.reference.retrievalReference),
                        ]
                    }, emptyText: money.none)
            ])
    }

    /// What the merchant was told; nil where there was nothing to tell.
    var notices: StorySection? {
        guard !story.notices.isEmpty else { return nil }
        let money = words.money
        return StorySection(
            "notices", money.notices,
            tables: [
                DataTable(
                    id: "told", caption: money.noticesCaption,
                    columns: [.init(columns.time), .init(money.type), .init(money.delivered)],
                    rows: story.notices.map { notice in
                        [
                            Cell(notice.createdAt.local, isHead: true), Cell("", word: notice.type),
                            notice.deliveredAt.map { Cell($0.local) }
                                ?? Cell(money.undelivered, tone: .waiting),
                        ]
                    }, emptyText: columns.none)
            ])
    }
}

extension AcquirerCallKind {
    func words(_ language: Language) -> String {
        switch self {
        case .authorize: language.pick("Reservér", "Authorize")
        case .capture: language.pick("Hæv", "Capture")
        case .refund: language.pick("Betal tilbage", "Refund")
        case .reversal: language.pick("Tilbagefør", "Reverse")
        }
    }
}

extension IntentRecord.Status {
    func words(_ language: Language) -> String {
        switch self {
        case .open: language.pick("Åben", "Open")
        case .accepted: language.pick("Godtaget", "Accepted")
        case .refused: language.pick("Afvist", "Refused")
        case .givenUp: language.pick("Opgivet", "Given up")
        }
    }

    var tone: Tone {
        switch self {
        case .open: .waiting
        case .accepted: .good
        case .refused, .givenUp: .bad
        }
    }
}
