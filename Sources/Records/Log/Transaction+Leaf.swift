import Foundation
import GRDB
import Proofs
import Vocabulary

/// A leaf that has its position, and is written at the end of its command.
struct PendingLeaf {
    let position: Int64
    let draft: LeafDraft
}

extension Transaction {
    /// Takes a position for a leaf of this very command (LOG-ATOMIC). It is written when the command has
    /// done everything else, so that what it vouches for is the state that the command leaves.
    ///
    /// - Returns: the leaf's position, from zero.
    @discardableResult
    package func appendLeaf(_ draft: LeafDraft) throws -> Int64 {
        var draft = draft
        draft.actor = draft.actor ?? actor
        let position = try nextLeaf()
        pendingLeaves.append(PendingLeaf(position: position, draft: draft))
        return position
    }

    /// The position that the next leaf will take.
    private func nextLeaf() throws -> Int64 {
        if let last = pendingLeaves.last { return last.position + 1 }
        return try row("SELECT coalesce(max(position) + 1, 0) AS next FROM leaves")?["next"] ?? 0
    }

    /// Writes the leaves of the command; called once, after it has run.
    func writeLeaves() throws {
        var states: [String: [UInt8]] = [:]
        for pending in pendingLeaves {
            var draft = pending.draft
            if draft.vouches,
                let state = try states[draft.subject] ?? AuditedState.digest(of: draft.subject, in: db)
            {
                states[draft.subject] = state
                draft.secrets.append(LeafSecret(AuditedState.commitment, state))
            }
            try write(draft, at: pending.position)
        }
        pendingLeaves = []
    }

    private func write(_ draft: LeafDraft, at position: Int64) throws {
        let salt = context.randomBytes(LeafEncoding.saltLength)
        let encoded = LeafEncoding.encode(draft, at: now, salt: salt)
        let hash = MerkleHash.leaf(encoded.leaf)
        try execute(
            "INSERT INTO leaves (position, kind, subject, bytes, hash, body) VALUES (?, ?, ?, ?, ?, ?)",
            [
                position, draft.kind.rawValue, draft.subject, Data(encoded.leaf), Data(hash),
                Data(encoded.body),
            ])
        try execute(
            "INSERT INTO leaf_salts (position, customer, salt) VALUES (?, ?, ?)",
            [position, draft.customer, Data(salt)])
        try LogNodes.add(hash, at: position, in: db)
    }
}

/// Something in the file contradicts what this program writes. Never the caller's doing; nothing is stored.
package enum LedgerFault: Error, Sendable, Hashable {
    /// The edge of the log's tree lacks a level that its size demands.
    case brokenEdge(level: Int)
    /// A row holds a value that this program never writes.
    case unreadable(table: String, id: String)
    /// The file was made in the other mode.
    case otherMode(fileIsLive: Bool)
}
