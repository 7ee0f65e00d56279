import Foundation
import GRDB
import Vocabulary

extension Transaction {
    /// Writes a leaf in this very transaction (LOG-ATOMIC) and moves the edge of the tree.
    ///
    /// - Returns: the leaf's position, from zero.
    @discardableResult
    package func appendLeaf(_ draft: LeafDraft) throws -> Int64 {
        let position =
            try row("SELECT coalesce(max(position) + 1, 0) AS next FROM leaves")?["next"] as Int64? ?? 0
        let salt = context.randomBytes(LeafEncoding.saltLength)
        let bytes = LeafEncoding.bytes(of: draft, at: now, salt: salt)
        let hash = MerkleHash.leaf(bytes)
        try execute(
            "INSERT INTO leaves (position, kind, subject, bytes, hash) VALUES (?, ?, ?, ?, ?)",
            [position, draft.kind.rawValue, draft.subject, Data(bytes), Data(hash)])
        try execute(
            "INSERT INTO leaf_salts (position, customer, salt) VALUES (?, ?, ?)",
            [position, draft.customer, Data(salt)])
        try moveEdge(adding: hash, at: position)
        return position
    }

    /// The edge is a binary counter: where a level is taken, both halves become one node a level higher.
    private func moveEdge(adding leaf: [UInt8], at position: Int64) throws {
        var (hash, level) = (leaf, 0)
        while position >> level & 1 == 1 {
            let row = try row("DELETE FROM log_edge WHERE level = ? RETURNING hash", [level])
            guard let left = row?["hash"] as Data? else { throw LedgerFault.brokenEdge(level: level) }
            hash = MerkleHash.node([UInt8](left), hash)
            level += 1
        }
        try execute("INSERT INTO log_edge (level, hash) VALUES (?, ?)", [level, Data(hash)])
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
