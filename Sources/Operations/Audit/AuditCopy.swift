import Lifecycles
import Notation
package import Proofs
package import Records
package import Vocabulary

/// The audit of a copy of the database, beside no server: nothing is recorded, because nothing can be.
package struct AuditCopy: Sendable {
    let file: CopiedFile
    let keys: KeyRing?
    private let key: LogVerificationKey?
    /// The last checkpoint beside the copy, if the key verifies it.
    private let checkpoint: SignedCheckpoint?

    /// - Parameters:
    ///   - path: of the database file.
    ///   - keys: open what is sealed; nil: it stays sealed.
    ///   - key: verifies the checkpoint.
    ///   - checkpoint: the text of the last one.
    package init(path: String, keys: KeyRing?, key: LogVerificationKey?, checkpoint: String?) throws {
        file = try CopiedFile(path: path)
        self.keys = keys
        self.key = key
        self.checkpoint = key.flatMap { key in
            checkpoint.flatMap { try? SignedCheckpoint(opening: $0, with: key) }
        }
    }

    package func close() { file.close() }

    package var merchants: [MerchantID] {
        get throws { try file.read { db in try AuditList.merchants(in: db) } }
    }

    package func list(_ filter: AuditFilter, page: PageRequest, now: Instant) throws -> AuditPage {
        try file.read { db in try AuditList.page(filter, KeysetPage(page), now: now, in: db) }
    }

    /// The story of one authorization; nil when there is none. What the trust of now would say of a record
    /// is left out.
    package func explain(_ id: ExplainedID) throws -> AuditStory? {
        try file.read { db in
            guard let material = try id.material(AuditMaterial.Reader(db)) else { return nil }
            let order =
                keys.map { KeyPresenter(keys: $0, publicURL: "").order(of: material.authorization) }
                ?? material.authorization.order
            let uses = PrescriptionUse.all(in: order, holds: material.authorization.holds)
            return AuditStory(
                StoryParts(
                    material: material, order: order,
                    records: try uses.map { use in
                        (use, try AuditRecord.read(use.record, line: use.line, in: db), nil)
                    }, checkpointSize: checkpoint?.size
                ) { sealed, decision in
                    keys.flatMap { try? SealedVault(keys: $0).open(inputs: sealed, of: decision) }
                        .flatMap { try? JSON.parse($0) }
                })
        }
    }

    /// Begins an export under the checkpoint beside the copy. Throws a `Refusal`: `notYetCheckpointed`
    /// without a checkpoint that the key verifies.
    package func export(_ request: ExportRequest, now: Instant) throws -> ExportSession {
        let filter = try request.exportFilter(at: now)
        guard let key, let checkpoint else { throw Refusal(.notYetCheckpointed) }
        let earlier = try request.earlier.map { text in
            guard let earlier = try? SignedCheckpoint(opening: text, with: key),
                earlier.size <= checkpoint.size
            else { throw Refusal(.parameterInvalid, parameter: "earlier_checkpoint") }
            return earlier
        }
        let manifest = try file.read { db in
            try ExportManifest(
                request, filter, at: now, key: key, checkpoint: checkpoint, earlier: earlier,
                in: ExportReading.Log(db))
        }
        return ExportSession(manifest: manifest, leaf: nil, filter: filter) { [file] range in
            try file.read { db in try ExportReading.leaves(range, in: db) }
        }
    }

    /// Leaves of an export that was begun before; at most 256, none at the end of the log.
    package func exportLines(
        _ request: ExportRequest, from start: Int64, now: Instant
    ) throws -> [ExportLine] {
        let filter = try request.exportFilter(at: now)
        return try file.read { db in
            let first = max(0, min(start, try LogReading.size(in: db)))
            let range = first..<min(first + ExportSession.page, try LogReading.size(in: db))
            return try ExportSession.lines(try ExportReading.leaves(range, in: db), of: range, filter)
        }
    }
}
