import Lifecycles
package import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// How the decision log stands.
    package var logStatus: LogStatus { log.status }

    /// A tile that the last checkpoint covers (C2SP tlog-tiles).
    package func logTile(_ tile: TileAddress) async throws(Refusal) -> [UInt8] {
        guard let latest = log.latest, tile.isWithin(size: latest.size) else { throw Refusal(.notFound) }
        let bytes = try await refusing { try await ledger.read { db in try LogReading.tile(tile, in: db) } }
        guard let bytes else { throw Refusal(.notFound) }
        return bytes
    }

    /// The leaves themselves, for an auditor; that they were read is a leaf too (OPS-ACCESS).
    package func logEntries(_ tile: TileAddress, by actor: Actor) async throws(Refusal) -> [UInt8] {
        try await demand(.auditor, of: actor, for: "log")
        let bytes = try await logTile(tile)
        _ = try await refusing {
            try await ledger.submit(
                RecordOperatorRead(
                    actor: actor.text, subject: "log", outcome: "entries_read",
                    particulars: Array(tile.path.utf8)))
        }
        return bytes
    }

    /// The leaf of one of the merchant's own decisions, once a checkpoint covers it.
    package func leaf(of decision: DecisionID, caller: Caller) async throws(Refusal) -> LoggedLeaf {
        let position = try await position(of: decision, caller: caller)
        _ = try covering(position)
        return try await refusing {
            let stored = try await ledger.read { db in try LogReading.leaf(at: position, in: db) }
            guard let stored, let leaf = LoggedLeaf(stored) else { throw Refusal(.notFound) }
            return leaf
        }
    }

    /// The proof that the leaf of one of the merchant's own decisions is in the log.
    package func proof(of decision: DecisionID, caller: Caller) async throws(Refusal) -> TlogProof {
        try await inclusionProof(of: try await position(of: decision, caller: caller))
    }

    /// The proof that a leaf is in the log, under the last checkpoint. It is verified before it is given
    /// out: a database that was changed afterwards gives none.
    package func inclusionProof(of position: Int64) async throws(Refusal) -> TlogProof {
        let checkpoint = try covering(position)
        return try await refusing {
            do {
                let (leaf, hashes) = try await ledger.read { db in
                    (
                        try LogReading.leaf(at: position, in: db),
                        try LogReading.inclusion(of: position, size: checkpoint.size, in: db)
                    )
                }
                let proof = TlogProof(index: position, hashes: hashes, checkpoint: checkpoint)
                try proof.verify(leaf: leaf?.bytes ?? [], key: log.key)
                return proof
            } catch  where error is LedgerFault || error is LogFlaw {
                throw Refusal(
                    .notReady, detail: "The decision log does not fit its last checkpoint: tell the operator."
                )
            }
        }
    }

    /// That the log with `old` leaves is the beginning of the log with `new` leaves (RFC 6962 section
    /// 2.1.2). Refused with `not_found` for sizes that no checkpoint covers.
    package func consistencyProof(
        from old: Int64, to new: Int64
    ) async throws(Refusal) -> [[UInt8]] {
        guard let latest = log.latest, 0 <= old, old <= new, new <= latest.size else {
            throw Refusal(.notFound)
        }
        return try await refusing {
            try await ledger.read { db in try LogReading.consistency(from: old, to: new, in: db) }
        }
    }

    private func position(of decision: DecisionID, caller: Caller) async throws(Refusal) -> Int64 {
        try seller(caller)
        let owner = caller.owner
        let position = try await refusing {
            try await ledger.read { db in try LogReading.leafPosition(of: decision, owner: owner, in: db) }
        }
        guard let position else { throw Refusal(.notFound) }
        return position
    }

    /// The last checkpoint, which must cover this leaf.
    private func covering(_ position: Int64) throws(Refusal) -> SignedCheckpoint {
        if let latest = log.latest, position < latest.size { return latest }
        guard log.refusal == nil else {
            throw Refusal(.notReady, detail: "The decision log is not signed now: tell the operator.")
        }
        throw Refusal(.notYetCheckpointed)
    }
}
