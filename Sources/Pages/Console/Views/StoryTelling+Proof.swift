import Operations
import Vocabulary

extension StoryTelling {
    /// The leaves of this authorization, and whether a checkpoint covers them.
    var proof: StorySection {
        let proof = words.proof
        return StorySection(
            "proof", proof.heading,
            paragraphs: [
                .init(
                    story.checkpointSize.map { "\(proof.covered) \($0)." } ?? proof.uncovered, mood: "quiet")
            ],
            tables: [
                DataTable(
                    id: "leaves", caption: proof.caption,
                    columns: [
                        .init(proof.position, isNumber: true), .init(columns.time), .init(proof.event),
                        .init(columns.reason), .init(proof.actor), .init(proof.proof),
                    ],
                    rows: story.leaves.map { leaf in
                        [
                            Cell(String(leaf.position), isHead: true), Cell(leaf.time.local),
                            Cell("", word: "\(leaf.kind) \(leaf.outcome)"),
                            Cell("", word: leaf.reason), Cell("", word: leaf.actor),
                            Cell(
                                leaf.isProvable ? proof.provable : proof.notYet,
                                tone: leaf.isProvable ? .good : .waiting),
                        ]
                    }, emptyText: columns.none)
            ])
    }

    /// Who looked at it before.
    var reads: StorySection {
        let proof = words.proof
        return StorySection(
            "reads", proof.reads,
            tables: [
                DataTable(
                    id: "looks", caption: proof.readsCaption,
                    columns: [
                        .init(columns.time), .init(proof.actor), .init(proof.event),
                        .init(proof.position, isNumber: true),
                    ],
                    rows: story.reads.map { read in
                        [
                            Cell(read.time.local, isHead: true), Cell("", word: read.actor),
                            Cell("", word: read.outcome), Cell(String(read.position)),
                        ]
                    }, emptyText: proof.nobody)
            ])
    }
}
