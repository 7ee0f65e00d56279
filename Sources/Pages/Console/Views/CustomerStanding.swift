import Lifecycles
import Operations
import Vocabulary

/// One customer as the console shows them: what is blocked, and what may be asked for. Cards and user ID
/// are masked.
struct CustomerStanding {
    private let customer: CustomerView
    private let language: Language
    private let words: CustomerWords
    private let columns: ColumnWords

    init(_ customer: CustomerView, in language: Language) {
        self.customer = customer
        self.language = language
        words = CustomerWords(language)
        columns = ColumnWords(language)
    }

    /// - Parameters:
    ///   - mayAsk: whether the reader may ask for this kind of change.
    ///   - showsName: whether the reader may know the person's name.
    func page(mayAsk: (ChangeKind) -> Bool, showsName: Bool) -> CustomerPage {
        var facts = [
            Fact(words.since, customer.createdAt.local),
            Fact(words.customer, blocked(customer.isBlocked), tone: tone(customer.isBlocked)),
            Fact(
                words.certificate, blocked(!customer.isCertificateValid),
                tone: tone(!customer.isCertificateValid)),
        ]
        if let until = customer.reportedUntil {
            facts.append(Fact(words.reportedUntil, until.local, tone: .bad))
        }
        // An erased customer has no name any more.
        let isErased = customer.name.exposed().isEmpty
        if showsName, !isErased { facts.insert(Fact(words.name, customer.name.exposed()), at: 0) }
        let offers = (isErased ? [] : offers).filter { mayAsk($0) }.map {
            CustomerPage.Offer(kind: $0.rawValue, subject: customer.id.text, name: $0.words(language))
        }
        return CustomerPage(
            words: words, erased: isErased ? words.erased : nil,
            sections: [
                StorySection("standing", words.standing, facts: facts, tables: [factors, cards]),
                StorySection("alerts", words.alerts, tables: [alerts]),
            ], requests: offers.isEmpty ? nil : CustomerPage.Requests(offers: offers))
    }

    private var offers: [ChangeKind] {
        (customer.isBlocked || customer.reportedUntil != nil ? [.unblockCustomer] : [])
            + (customer.isCertificateValid ? [] : [.unblockCertificate]) + [.eraseCustomer]
    }

    private var factors: DataTable {
        DataTable(
            id: "factors", caption: words.factors,
            columns: [
                .init(words.factor), .init(columns.status), .init(words.since), .init(words.confirmsFrom),
            ],
            rows: customer.factors.map { factor in
                [
                    Cell(factor.factor.words(language), isHead: true),
                    Cell(status(factor.status), tone: factor.status == "active" ? .good : .bad),
                    Cell(factor.since.local), Cell(factor.mayConfirmFrom?.local ?? ""),
                ]
            }, emptyText: columns.none)
    }

    private var cards: DataTable {
        DataTable(
            id: "cards", caption: words.cards, columns: [.init(columns.card), .init(columns.status)],
            rows: customer.cards.map { card in
                [
                    Cell("\(card.brand) ••\(card.last4)", isHead: true),
                    Cell(blocked(card.isBlocked), tone: tone(card.isBlocked)),
                ]
            }, emptyText: columns.none)
    }

    private var alerts: DataTable {
        DataTable(
            id: "told", caption: words.alertsCaption, columns: [.init(columns.time), .init(words.alert)],
            rows: customer.alerts.map {
                [Cell($0.at.local, isHead: true), Cell("", word: $0.kind.rawValue)]
            },
            emptyText: columns.none)
    }

    private func status(_ word: String) -> String {
        switch word {
        case "active": words.active
        case "blocked": words.blocked
        default: word
        }
    }

    private func blocked(_ isBlocked: Bool) -> String { isBlocked ? words.blocked : words.good }
    private func tone(_ isBlocked: Bool) -> Tone { isBlocked ? .bad : .good }
}
