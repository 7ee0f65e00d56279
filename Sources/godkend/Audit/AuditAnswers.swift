import Notation
import Operations
import Records
import Vocabulary

/// What an auditor is told, as JSON.
enum AuditAnswers {
    static func page(_ page: AuditPage, of filter: AuditFilter) -> JSON {
        [
            "filter": .text(filter.canonicalText), "rows": .array(page.rows.map(\.json)),
            "next": page.next.map { .text($0.text) } ?? .null, "cut_short": .bool(page.searchedTo != nil),
        ]
    }

    static func story(_ story: AuditStory) -> JSON {
        ["text": .text(story.text), "story": story.json]
    }

    static func replay(_ summary: ReplaySummary) -> JSON {
        [
            "lines": .array(summary.lines.map { .text($0) }), "summary": summary.json,
            "rows": .array(summary.rows.map { row in .array(row.map { .text($0) }) }),
        ]
    }

    static let noSuchID = CommandFailure(
        "There is no such authorization or decision: name one by its id, auth_… or dec_…")
}
