import Lifecycles
import Operations
import Records
import Vocabulary

/// Changes that wait, each with its exact text and digest.
enum ChangeView {
    static func page(_ visit: ConsoleVisit) async throws -> ChangesPage {
        let (actor, words) = (try visit.actor(), ChangeWords(visit.language))
        let waiting = try await visit.gateway.pendingChanges(by: actor)
        let names = try await names(visit)
        return ChangesPage(
            words: words, waiting: waiting.map { request($0, visit, words, names) })
    }

    private static func request(
        _ change: ChangeRecord, _ visit: ConsoleVisit, _ words: ChangeWords, _ names: [OperatorID: String]
    ) -> ChangesPage.Request {
        let isOwn = change.requestedBy == visit.session?.id
        var link: String?
        if let customer = CustomerID(change.subject) { link = "/console/customers/\(customer.text)" }
        return ChangesPage.Request(
            changeID: change.id.text, kind: change.kind.words(visit.language),
            facts: [
                Fact(words.subject, change.subject, link: link),
                Fact(words.requestedBy, names[change.requestedBy] ?? "", word: change.requestedBy.text),
                Fact(words.requestedAt, change.requestedAt.local),
                Fact(words.expiresAt, change.expiresAt.local),
            ], change: change.change, digest: change.digestText,
            mayDecide: !isOwn && visit.may(change.kind.role), isOwn: isOwn)
    }

    private static func names(_ visit: ConsoleVisit) async throws -> [OperatorID: String] {
        let all = try await visit.gateway.operators(by: try visit.actor())
        return Dictionary(all.map { ($0.id, $0.name) }) { first, _ in first }
    }
}
