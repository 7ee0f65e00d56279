import Hummingbird
import Lifecycles
import Operations
import Records
import Vocabulary

extension ConsoleRoute {
    /// Who the operators are. New ones are added on the command line, where a password can be typed unseen.
    static let operatorRoutes: [ConsoleRoute] = [
        .get("/console/operators", .role(.administrator)) { visit in
            let words = OperatorWords(visit.language)
            let columns = ColumnWords(visit.language)
            let all = try await visit.gateway.operators(by: try visit.actor())
            let table = DataTable(
                id: "operators", caption: words.caption,
                columns: [
                    .init(words.name), .init(words.role), .init(columns.status), .init(words.since),
                    .init(words.ended), .init(words.id),
                ],
                rows: all.map { one in
                    [
                        Cell(one.name, isHead: true), Cell(one.role.words(visit.language)),
                        Cell(one.isActive ? words.active : words.over, tone: one.isActive ? .good : .quiet),
                        Cell(one.createdAt.local), Cell(one.endedAt?.local ?? ""),
                        Cell("", word: one.id.text),
                    ]
                }, emptyText: columns.none)
            return try visit.page(
                OperatorsPage(
                    words: words, table: table,
                    others: all.filter { $0.isActive && $0.id != visit.session?.id }.map {
                        .init(subject: $0.id.text, name: $0.name)
                    }), heading: words.title, at: .operators)
        }
    ]
}
