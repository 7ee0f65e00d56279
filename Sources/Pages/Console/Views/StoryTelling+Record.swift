import Lifecycles
import Notation
import Operations
import Records
import Vocabulary

extension StoryTelling {
    /// The arithmetic of each prescription line, the checks of its record, holds and handovers; nil for an
    /// order without any.
    var prescription: StorySection? {
        guard !story.covers.isEmpty || !story.holds.isEmpty else { return nil }
        return StorySection(
            "record", words.record.heading,
            tables: [arithmetic] + [holds, handovers].filter { !$0.rows.isEmpty },
            folds: story.covers.compactMap(checks))
    }

    private var arithmetic: DataTable {
        let record = words.record
        return DataTable(
            id: "arithmetic", caption: record.caption,
            columns: [
                .init(record.line), .init(record.record), .init(record.moment),
                .init(record.prescribed, isNumber: true), .init(record.handedOver, isNumber: true),
                .init(record.held, isNumber: true), .init(record.left, isNumber: true),
                .init(record.nextFrom),
            ],
            rows: story.covers.flatMap { cover in
                [
                    row(of: cover, record.then, cover.then, nextFrom: cover.nextFrom),
                    row(of: cover, record.now, cover.now, nextFrom: nil),
                ]
            }, emptyText: columns.none)
    }

    private func row(
        of cover: AuditStory.Cover, _ moment: String, _ count: AuditStory.Count?, nextFrom: String?
    ) -> [Cell] {
        let numbers = count.map { [$0.prescribed, $0.handedOver, $0.held, $0.left].map(String.init) }
        return [
            Cell(String(cover.position), isHead: true),
            Cell("", word: "\(cover.record.text) / \(cover.line)"), Cell(moment),
        ] + (numbers ?? Array(repeating: words.record.unknown, count: 4)).map { Cell($0) }
            + [Cell(nextFrom ?? "")]
    }

    private func checks(of cover: AuditStory.Cover) -> StorySection.Fold? {
        guard let evidence = cover.evidence else { return nil }
        let record = words.record
        var facts = [Fact(columns.status, evidence.status.rawValue)]
        if let flaw = evidence.flaw {
            facts.append(Fact(columns.reason, flaw.words(language), word: flaw.rawValue))
        }
        if let validTo = evidence.validTo { facts.append(Fact(record.validTo, validTo)) }
        if let other = evidence.heldBy {
            facts.append(Fact(record.heldBy, other.text, link: "/console/authorizations/\(other.text)"))
        }
        return StorySection.Fold(
            "\(record.checks): \(evidence.id.text) / \(evidence.line)", state: evidence.status.rawValue,
            tone: evidence.flaw == nil ? .good : .bad, facts: facts,
            tables: evidence.filings.map { filing($0, of: cover) })
    }

    /// One filing of a record: each check with its verdict, and what it rests on.
    private func filing(_ filing: AuditFiling, of cover: AuditStory.Cover) -> DataTable {
        let record = words.record
        let attested = filing.attestedAt.map { ", \(record.attested.lowercased()) \($0.local)" } ?? ""
        let checks = (filing.verdict.array ?? []).compactMap(\.object).map { entry in
            [
                Cell("", word: entry["rule"]?.text ?? "", isHead: true),
                Cell(entry["verdict"]?.text ?? ""), Cell(entry["detail"]?.text ?? ""),
            ]
        }
        return DataTable(
            id: "filing-\(cover.position)-\(filing.number)",
            caption:
                "\(record.filed) \(filing.firstSeen.local)\(attested), \(words.proof.position.lowercased()) \(filing.leaf)",
            columns: [.init(record.check), .init(words.rules.verdict), .init(record.detail)],
            rows: checks
                + filing.evidence.map { [Cell(record.evidence, isHead: true), Cell(""), Cell("", word: $0)] },
            emptyText: columns.none)
    }

    private var holds: DataTable {
        let record = words.record
        return DataTable(
            id: "holds", caption: record.holds,
            columns: [
                .init(record.hold), .init(record.line), .init(columns.status),
                .init(record.handover), .init(record.packages, isNumber: true),
            ],
            rows: story.holds.map { hold in
                [
                    Cell("", word: hold.id.text, isHead: true), Cell(String(hold.orderLine)),
                    Cell(hold.status.rawValue), Cell("\(hold.handover) / \(hold.handovers)"),
                    Cell(String(hold.quantity)),
                ]
            }, emptyText: columns.none)
    }

    private var handovers: DataTable {
        let record = words.record
        return DataTable(
            id: "handovers", caption: record.handovers,
            columns: [
                .init(columns.time), .init(record.handover), .init(record.packages, isNumber: true),
                .init(record.final), .init(record.undone),
            ],
            rows: story.handovers.map { handover in
                [
                    Cell(handover.handedOverAt.local, isHead: true), Cell("", word: handover.id.text),
                    Cell(String(handover.parts.reduce(0) { $0 + $1.quantity })),
                    Cell(handover.isFinal ? columns.yes : columns.no), Cell(handover.undoneAt?.local ?? ""),
                ]
            }, emptyText: columns.none)
    }
}
