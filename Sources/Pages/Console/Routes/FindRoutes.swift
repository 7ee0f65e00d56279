import Hummingbird
import Lifecycles
import Operations
import Records
import Vocabulary

extension ConsoleRoute {
    /// The list of payments and the views of it that an operator keeps.
    static let findRoutes: [ConsoleRoute] = [
        .get("/console", .role(.viewer), find),
        .post("/console/views", .role(.viewer), fields: ["name", "q"]) { visit in
            let text = visit.form["q"] ?? ""
            if let name = visit.form["name"] {
                try await visit.gateway.saveView(name, filter: text, by: try visit.actor())
            }
            return visit.redirect(FormFields.address("/console", [("q", text)]))
        },
        .post("/console/views/delete", .role(.viewer), fields: ["name", "q"]) { visit in
            if let name = visit.form["name"] {
                try await visit.gateway.deleteView(name, by: try visit.actor())
            }
            return visit.redirect(FormFields.address("/console", [("q", visit.form["q"])]))
        },
    ]

    private static let rowsOnPage = 50

    private static func find(_ visit: ConsoleVisit) async throws -> Response {
        let words = FindWords(visit.language)
        let text = visit.query["q"] ?? "status:declined"
        var page = FindPage(words: words, query: text, help: help(visit.language))
        let gateway = visit.gateway
        page.views = try await gateway.savedViews(by: try visit.actor()).map {
            FindPage.View(href: FormFields.address("/console", [("q", $0.filter)]), name: $0.name)
        }
        var reasons: [DeclineReason] = []
        switch try await gateway.auditFilter(text) {
        case .failure(let flaw): page.flaw = shown(flaw, in: text, visit.language)
        case .success(let filter):
            let request = PageRequest(
                limit: rowsOnPage, startingAfter: visit.query["after"], endingBefore: visit.query["before"])
            let found = try await gateway.auditList(filter, page: request, by: try visit.actor())
            page.canSave = true
            page.table = table(found, visit.language, mayOpen: visit.may(.auditor))
            page.searchedTo = found.searchedTo.map {
                FindPage.Horizon(moment: $0.instant.local, href: address(text, ("after", $0.text)))
            }
            page.pager = pager(found, request, text)
            if visit.may(.auditor) { page.export = links(text) }
            if visit.may(.auditor), let customer = customer(in: text) {
                page.customer = "/console/customers/\(customer.text)"
            }
            reasons = distinct(found.rows.compactMap(\.reason))
        }
        let merchants = try await gateway.auditMerchants()
        page.chips = FilterChips(text).groups(
            visit.language, reasons: Array(reasons.prefix(6)), merchants: Array(merchants.prefix(8)))
        return try visit.page(page, heading: words.title, at: .declines)
    }

    private static func table(_ found: AuditPage, _ language: Language, mayOpen: Bool) -> DataTable {
        let columns = ColumnWords(language)
        let rows = found.rows.map { row in
            [
                Cell(
                    row.createdAt.local, link: mayOpen ? "/console/authorizations/\(row.id.text)" : nil,
                    isHead: true, keep: true),
                Cell(row.merchant.text, keep: true), Cell(row.order), Cell(row.money.words(language)),
                Cell(row.card, keep: true), Cell(row.status.words(language), tone: row.status.tone),
                Cell(row.reason?.words(language) ?? "", word: row.reason?.rawValue),
                Cell(row.by?.words(language) ?? ""), Cell(row.networkCode?.text ?? ""),
            ]
        }
        return DataTable(
            id: "found", caption: FindWords(language).caption,
            columns: [
                .init(columns.time), .init(columns.merchant), .init(columns.order),
                .init(columns.amount, isNumber: true), .init(columns.card), .init(columns.status),
                .init(columns.reason), .init(columns.by), .init(columns.code),
            ], rows: rows, emptyText: FindWords(language).nothing)
    }

    /// Links to the pages before and after. Going back from a page there is always one after it.
    private static func pager(_ found: AuditPage, _ request: PageRequest, _ text: String) -> FindPage.Pager? {
        let isBackwards = request.endingBefore != nil
        let hasNewer = isBackwards ? found.hasMore : request.startingAfter != nil
        let hasOlder = isBackwards || (found.hasMore && found.searchedTo == nil)
        let newer = hasNewer ? found.rows.first.map { address(text, ("before", $0.id.text)) } : nil
        let older = hasOlder ? found.rows.last.map { address(text, ("after", $0.id.text)) } : nil
        return newer == nil && older == nil ? nil : FindPage.Pager(newer: newer, older: older)
    }

    private static func address(_ text: String, _ place: (String, String?)) -> String {
        FormFields.address("/console", [("q", text), place])
    }

    private static func links(_ text: String) -> FindPage.Export {
        let link = { FormFields.address("/console/export", [("q", text), ("format", $0)]) }
        return FindPage.Export(csv: link("csv"), lines: link("jsonl"))
    }

    /// The text around the term that is wrong.
    private static func shown(_ flaw: FilterFlaw, in text: String, _ language: Language) -> FindPage.Flaw {
        let start = text.index(text.startIndex, offsetBy: flaw.column - 1, limitedBy: text.endIndex)
        let begin = start ?? text.endIndex
        let end = text.index(begin, offsetBy: flaw.term.count, limitedBy: text.endIndex) ?? text.endIndex
        return FindPage.Flaw(
            explanation: flaw.words(language), before: String(text[..<begin]),
            term: String(text[begin..<end]), after: String(text[end...]))
    }

    private static func help(_ language: Language) -> DataTable {
        let words = HelpWords(language)
        return DataTable(
            id: "terms", caption: words.caption,
            columns: [.init(words.term), .init(words.meaning), .init(words.example)],
            rows: FilterHelp.all(language).map {
                [Cell("", word: $0.key, isHead: true), Cell($0.meaning), Cell("", word: $0.example)]
            }, emptyText: "")
    }

    private static func customer(in text: String) -> CustomerID? {
        text.split(separator: " ").lazy.compactMap { CustomerID(String($0)) }.first
    }

    private static func distinct(_ reasons: [DeclineReason]) -> [DeclineReason] {
        var seen: Set<DeclineReason> = []
        return reasons.filter { seen.insert($0).inserted }
    }
}
