import Lifecycles
import Notation
import Proofs
import Records
import Vocabulary

/// An export under way: page after page of leaves, never all of it in memory.
package struct ExportSession: Sendable {
    /// Reads the leaves of a range, in order.
    typealias Reader = @Sendable (Range<Int64>) async throws -> [ExportedLeaf]

    /// Leaves that are read at once.
    static let page: Int64 = 256

    package let manifest: ExportManifest
    /// The leaf that says that the export was taken; nil where nothing is recorded.
    package let leaf: Int64?
    private let filter: ExportFilter
    private let read: Reader
    private var next: Int64

    init(manifest: ExportManifest, leaf: Int64?, filter: ExportFilter, read: @escaping Reader) {
        self.manifest = manifest
        self.leaf = leaf
        self.filter = filter
        self.read = read
        next = manifest.positions.lowerBound
    }

    /// The next leaves; nil at the end.
    package mutating func nextLines() async throws -> [ExportLine]? {
        let range = next..<min(next + Self.page, manifest.positions.upperBound)
        guard !range.isEmpty else { return nil }
        next = range.upperBound
        return try Self.lines(try await read(range), of: range, filter)
    }

    static func lines(
        _ leaves: [ExportedLeaf], of range: Range<Int64>, _ filter: ExportFilter
    ) throws -> [ExportLine] {
        let lines = leaves.compactMap { ExportLine($0, under: filter) }
        guard lines.count == range.count else {
            throw LedgerFault.unreadable(table: "leaves", id: String(range.lowerBound))
        }
        return lines
    }
}

extension Gateway {
    /// Begins an export, for an auditor; that it was made is a leaf, which it may hold itself. All of its
    /// leaves are under a fresh checkpoint (OPS-EXPORT).
    package func export(
        _ request: ExportRequest, by actor: Actor
    ) async throws(Refusal) -> ExportSession {
        try await demand(.auditor, of: actor, for: "export")
        let now = clock.now()
        let filter = try request.exportFilter(at: now)
        return try await refusing {
            let leaf = try await ledger.submit(
                RecordOperatorRead(
                    actor: actor.text, subject: "export", outcome: "exported",
                    particulars: request.particulars(filter)))
            await checkpointSigner.signNow()
            let manifest = try await manifest(request, filter, at: now)
            return ExportSession(manifest: manifest, leaf: leaf, filter: filter) { [ledger] range in
                try await ledger.read { db in try ExportReading.leaves(range, in: db) }
            }
        }
    }

    /// Leaves of an export that was begun before: by the same actor, with the same filter.
    ///
    /// - Parameters:
    ///   - request: with the filter as the manifest has it.
    ///   - leaf: the leaf that says that the export was taken.
    ///   - start: the first position; at most 256 leaves are returned, none at the end of the log.
    package func exportLines(
        _ request: ExportRequest, recordedAt leaf: Int64, from start: Int64, by actor: Actor
    ) async throws(Refusal) -> [ExportLine] {
        try await demand(.auditor, of: actor, for: "export")
        let filter = try request.exportFilter(at: clock.now())
        return try await refusing {
            let (recorded, size) = try await ledger.read { db in
                (try ExportReading.leaves(leaf..<leaf + 1, in: db).first, try LogReading.size(in: db))
            }
            guard let recorded, let read = recorded.stored.leaf, let salt = recorded.salt,
                read.kind == .operatorRead, read.outcome == "exported", read.actor == actor.text,
                read.commits(to: request.particulars(filter), as: "particulars", salt: salt)
            else { throw Refusal(.notFound) }
            let first = max(0, min(start, size))
            let range = first..<min(first + ExportSession.page, size)
            let leaves = try await ledger.read { db in try ExportReading.leaves(range, in: db) }
            return try ExportSession.lines(leaves, of: range, filter)
        }
    }

    /// Writes a whole export, a piece at a time: for JSON the manifest and every leaf, for CSV the leaves
    /// inside the filter.
    package func exportLog(
        _ request: ExportRequest, as format: ExportFormat, by actor: Actor,
        write: (String) async throws -> Void
    ) async throws {
        var session = try await export(request, by: actor)
        try await session.write(as: format, write)
    }

    private func manifest(
        _ request: ExportRequest, _ filter: ExportFilter, at now: Instant
    ) async throws -> ExportManifest {
        guard let checkpoint = log.latest else { throw Refusal(.notYetCheckpointed) }
        let earlier = try request.earlier.map { try self.earlier($0, size: checkpoint.size) }
        return try await ledger.read { [key = log.key] db in
            try ExportManifest(
                request, filter, at: now, key: key, checkpoint: checkpoint, earlier: earlier,
                in: ExportReading.Log(db))
        }
    }

    private func earlier(_ text: String, size: Int64) throws -> SignedCheckpoint {
        guard let earlier = try? SignedCheckpoint(opening: text, with: log.key), earlier.size <= size else {
            throw Refusal(
                .parameterInvalid, parameter: "earlier_checkpoint",
                detail: "The earlier checkpoint is none that this log has signed.")
        }
        return earlier
    }
}

extension ExportSession {
    /// Writes everything that is left, a page at a time.
    package mutating func write(
        as format: ExportFormat, _ write: (String) async throws -> Void
    ) async throws {
        switch format {
        case .json: try await write(manifest.json.writtenText + "\n")
        case .csv: try await write(CSVText.row(ExportLine.columns))
        }
        while let lines = try await nextLines() {
            let pieces: [String] =
                switch format {
                case .json: lines.map { $0.json.writtenText + "\n" }
                case .csv: lines.compactMap { $0.cells.map(CSVText.row) }
                }
            if !pieces.isEmpty { try await write(pieces.joined()) }
        }
    }
}
