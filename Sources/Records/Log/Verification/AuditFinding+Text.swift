import Proofs

extension AuditFinding {
    /// One word for the kind of finding, for programs.
    package var kind: String {
        switch self {
        case .damaged: "damaged"
        case .danglingReference: "dangling_reference"
        case .schemaDiffers: "schema_differs"
        case .otherVersion: "other_version"
        case .unreadable: "unreadable"
        case .checkpointRefused: "checkpoint_refused"
        case .checkpointsFall: "checkpoints_fall"
        case .checkpointsFork: "checkpoints_fork"
        case .rootDiffers: "root_differs"
        case .shorterThanCheckpoint: "shorter_than_checkpoint"
        case .leafMissing: "leaf_missing"
        case .leafMalformed: "leaf_malformed"
        case .leafColumn: "leaf_column"
        case .chainBroken: "chain_broken"
        case .saltMissing: "salt_missing"
        case .commitment: "commitment"
        case .rowsDiffered: "rows_differed"
        case .edgeDiffers: "edge_differs"
        case .nodeDiffers: "node_differs"
        case .neverLogged: "never_logged"
        case .rowMissing: "row_missing"
        case .fieldDiffers: "field_differs"
        case .stateDiffers: "state_differs"
        case .recordDiffers: "record_differs"
        case .evidenceDiffers: "evidence_differs"
        }
    }

    /// Whom or what it is about: an id, a position, a checkpoint.
    package var place: String {
        switch self {
        case .damaged, .otherVersion: "file"
        case .danglingReference(let table): table
        case .schemaDiffers(let name): name
        case .unreadable(let area, _): area.rawValue
        case .checkpointRefused(let source, _), .checkpointsFall(let source, _, _),
            .checkpointsFork(let source, _), .rootDiffers(let source, _),
            .shorterThanCheckpoint(let source, _, _):
            source.text
        case .leafMissing(let position), .leafMalformed(let position): "leaf \(position)"
        case .leafColumn(let position, let subject, _), .chainBroken(let position, let subject),
            .saltMissing(let position, let subject), .rowsDiffered(let position, let subject),
            .commitment(let position, let subject, _):
            "leaf \(position) (\(subject))"
        case .edgeDiffers(let level): "edge, level \(level)"
        case .nodeDiffers(let level, let index): "node \(level)/\(index)"
        case .neverLogged(let subject), .rowMissing(let subject, _), .fieldDiffers(let subject, _, _),
            .stateDiffers(let subject, _), .recordDiffers(let subject, _, _, _):
            subject
        case .evidenceDiffers(let name): name
        }
    }

    /// What it means, in one sentence.
    package var meaning: String { aboutFile ?? aboutCheckpoints ?? aboutLeaves ?? aboutState ?? kind }

    private var aboutFile: String? {
        switch self {
        case .damaged(let message): "SQLite finds the file damaged: \(message)."
        case .danglingReference: "A row of this table names another row that is not there."
        case .schemaDiffers: "This part of the schema is not what this version of the program makes."
        case .otherVersion:
            "The file is not of this version of the program: verify a copy that the server has opened once."
        case .unreadable(_, let message): "This could not be read: \(message)."
        default: nil
        }
    }

    private var aboutCheckpoints: String? {
        switch self {
        case .checkpointRefused(_, let flaw): flaw.explanation
        case .checkpointsFall(_, let from, let to):
            "The checkpoint is for \(to) leaves, the one before it for \(from): a log never shrinks."
        case .checkpointsFork(_, let size): "Two checkpoints of \(size) leaves have two roots: a fork."
        case .rootDiffers(_, let size):
            "The first \(size) leaves are not those that the checkpoint was signed for."
        case .shorterThanCheckpoint(_, let size, let leaves):
            """
            The log has \(leaves) leaves and the checkpoint \(size): it was cut off, or an older file was \
            put back.
            """
        default: nil
        }
    }

    private var aboutLeaves: String? {
        switch self {
        case .leafMissing: "A leaf is missing here."
        case .leafMalformed: "The bytes here are not those of a leaf, or its digest is not that of its body."
        case .leafColumn(_, _, let column): "The column \(column) says something else than the leaf's bytes."
        case .chainBroken: "The leaf does not name the one before it about the same subject."
        case .saltMissing: "The leaf's salt is gone, and no erasure says why."
        case .commitment(_, _, let name): "The value \(name) is not the one that the leaf committed to."
        case .rowsDiffered:
            "The server found then that the rows were not those of the leaf before: changed past the log."
        case .edgeDiffers: "The kept edge of the tree is not that of the leaves."
        case .nodeDiffers: "The kept node of the tree is not that of the leaves."
        default: nil
        }
    }

    private var aboutState: String? {
        switch self {
        case .neverLogged: "There is a row, but no leaf about it: it was put there past the log."
        case .rowMissing(_, let position): "Leaf \(position) is about it, but there is no row."
        case .fieldDiffers(_, let field, let position):
            "The field \(field) is not what leaf \(position) says."
        case .stateDiffers(_, let position):
            "Its rows are not those that leaf \(position) vouches for: something was changed past the log."
        case .recordDiffers(_, let record, let field, let position):
            "\(field) of \(record) is not what leaf \(position) says."
        case .evidenceDiffers: "The evidence is missing, or its bytes are not those of its digest."
        default: nil
        }
    }
}

extension CheckpointSource {
    /// `checkpoints.log, note 7`, or `checkpoint 1 of those given`.
    package var text: String {
        switch self {
        case .own(let note): "checkpoints.log, note \(note)"
        case .held(let number): "checkpoint \(number) of those given"
        }
    }
}

extension AuditNotice {
    /// One sentence for the operator.
    package var sentence: String {
        switch self {
        case .tornCheckpoint: "The last note of checkpoints.log was cut short; it was not read."
        case .otherNames(let notes):
            "\(notes) notes of checkpoints.log are by the same key under another name of the log."
        case .uncovered(let leaves):
            """
            \(leaves) leaves are newer than every checkpoint that was checked: only the file itself vouches \
            for them.
            """
        case .timeWentBack(let position):
            "From leaf \(position) on times begin again earlier: the clock was set back."
        case .moreFindings(let count): "\(count) more findings are not listed."
        }
    }
}
