import GRDB
import Proofs

/// Makes the tree from its leaves, one after the other, and compares what is kept of it.
struct TreeCheck {
    /// The roots of complete subtrees by level; nil where there is none.
    private var edge: [[UInt8]?] = []
    private(set) var size: Int64 = 0
    private var nodes: Int64 = 0

    var root: [UInt8] { MerkleHash.root(ofEdge: edge.reversed().compactMap { $0 }) }

    /// Adds a leaf's hash; nodes that become complete with it are compared with the kept ones.
    mutating func add(_ leaf: [UInt8], in db: Database, _ findings: FindingList) throws {
        var (hash, level) = (leaf, 0)
        while level < edge.count, let left = edge[level] {
            hash = MerkleHash.node(left, hash)
            edge[level] = nil
            level += 1
            if level % LogNodes.tileHeight == 0 {
                try compare(hash, level: level, index: size >> Int64(level), in: db, findings)
            }
        }
        if level == edge.count { edge.append(hash) } else { edge[level] = hash }
        size += 1
    }

    private mutating func compare(
        _ hash: [UInt8], level: Int, index: Int64, in db: Database, _ findings: FindingList
    ) throws {
        nodes += 1
        let kept = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT hash FROM log_nodes WHERE level = ? AND position = ?"),
            arguments: [level, index])
        if kept?.exactBytes(0) != hash { findings.add(.nodeDiffers(level: Int64(level), index: index)) }
    }

    /// Compares the kept edge, and looks for nodes that belong to no subtree.
    func finish(in db: Database, _ findings: FindingList) throws {
        var expected = Dictionary(
            uniqueKeysWithValues: edge.enumerated().compactMap { level, hash in
                hash.map { (Int64(level), $0) }
            })
        for row in try Row.fetchAll(db, sql: "SELECT level, hash FROM log_edge ORDER BY level LIMIT 100") {
            let level = row.exactNumber(0) ?? -1
            if expected.removeValue(forKey: level) != row.exactBytes(1) {
                findings.add(.edgeDiffers(level: level))
            }
        }
        for level in expected.keys.sorted() { findings.add(.edgeDiffers(level: level)) }
        guard try Int64.fetchOne(db, sql: "SELECT count(*) FROM log_nodes") != nodes else { return }
        let surplus = try Row.fetchCursor(
            db,
            sql: """
                SELECT level, position FROM log_nodes
                WHERE level NOT BETWEEN 1 AND 62 OR level % 8 <> 0 OR position < 0 OR position >= ? >> level
                ORDER BY level, position LIMIT 100
                """, arguments: [size])
        while let row = try surplus.next() {
            findings.add(.nodeDiffers(level: row.exactNumber(0) ?? -1, index: row.exactNumber(1) ?? -1))
        }
    }
}
