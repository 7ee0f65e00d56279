import Foundation
import GRDB
import Proofs
import Records
import Vocabulary

/// Somebody who knows all of the program and holds the whole file: changes what he likes, and then makes
/// leaves, hashes and nodes fit.
struct Forger {
    let specimen: TamperSpecimen

    init(_ specimen: TamperSpecimen) { self.specimen = specimen }

    /// Makes the first captured authorization one of ten times the amount, as if it had been so from the
    /// beginning.
    func raiseAmount(in db: Database) throws {
        let id = try String.fetchOne(
            db, sql: "SELECT id FROM authorizations WHERE status = 'captured' ORDER BY id LIMIT 1")
        guard let id else { throw BenchError.bad("nothing was captured") }
        try db.execute(
            sql: "UPDATE authorizations SET amount = amount * 10 WHERE id = ?", arguments: [id])
        let amount = try Int64.fetchOne(
            db, sql: "SELECT amount FROM authorizations WHERE id = ?", arguments: [id])
        let state = try AuditedState.digest(of: id, in: db) ?? []
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT position, bytes, body, salt FROM leaves JOIN leaf_salts USING (position)
                WHERE subject = ?
                """, arguments: [id])
        for row in rows {
            let salt = [UInt8](row["salt"] as Data)
            var body = try Self.fields(row["body"])
            body[4] = (0..<8).map { UInt8(truncatingIfNeeded: (amount ?? 0) >> (56 - 8 * Int64($0))) }
            for index in stride(from: 11, to: body.count, by: 2) where body[index] == Array("state".utf8) {
                body[index + 1] = hmac(Array("state\u{0}".utf8) + state, key: salt)
            }
            var head = try Self.fields(row["bytes"])
            head[3] = Digest.sha256(Self.bytes(body))
            let bytes = Self.bytes(head)
            try db.execute(
                sql: "UPDATE leaves SET bytes = ?, hash = ?, body = ? WHERE position = ?",
                arguments: [
                    Data(bytes), Data(MerkleHash.leaf(bytes)), Data(Self.bytes(body)),
                    row["position"] as Int64,
                ])
        }
        try makeTree(in: db)
    }

    /// Writes all leaves as version 1 had them: one part, and no commitment to the whole state.
    func makeFirstVersion(in db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT position, bytes, body FROM leaves") {
            let (head, body) = (try Self.fields(row["bytes"]), try Self.fields(row["body"]))
            var fields = [head[0], body[0], head[2], body[1], head[1]] + body[2...9]
            for index in stride(from: 11, to: body.count, by: 2) where body[index] != Array("state".utf8) {
                fields += body[index...index + 1]
            }
            let bytes = [1] + Self.bytes(fields).dropFirst()
            try db.execute(
                sql: "UPDATE leaves SET bytes = ?, hash = ?, body = NULL WHERE position = ?",
                arguments: [Data(bytes), Data(MerkleHash.leaf(bytes)), row["position"] as Int64])
        }
        try makeTree(in: db)
    }

    /// Removes leaves from a position on and what names them, and makes the tree of the rest.
    func cutOff(from position: Int64, in db: Database) throws {
        for sql in [
            "DELETE FROM decision_inputs WHERE decision IN (SELECT id FROM decisions WHERE leaf >= ?)",
            "DELETE FROM decisions WHERE leaf >= ?", "DELETE FROM leaf_salts WHERE position >= ?",
            "DELETE FROM leaves WHERE position >= ?",
        ] {
            try db.execute(sql: sql, arguments: [position])
        }
        try makeTree(in: db)
    }

    /// Edge and nodes of all leaves there are, by the recursion of RFC 6962.
    private func makeTree(in db: Database) throws {
        let leaves = try Data.fetchAll(db, sql: "SELECT bytes FROM leaves ORDER BY position")
            .map { [UInt8]($0) }
        try db.execute(sql: "DELETE FROM log_edge; DELETE FROM log_nodes")
        var start = 0
        for level in stride(from: 40, through: 0, by: -1) where leaves.count >> level & 1 == 1 {
            let hash = treeHash(leaves[start..<start + 1 << level])
            try db.execute(
                sql: "INSERT INTO log_edge (level, hash) VALUES (?, ?)", arguments: [level, Data(hash)])
            start += 1 << level
        }
        for level in [8, 16] {
            for index in 0..<(leaves.count >> level) {
                let hash = treeHash(leaves[index << level..<(index + 1) << level])
                try db.execute(
                    sql: "INSERT INTO log_nodes (level, position, hash) VALUES (?, ?, ?)",
                    arguments: [level, index, Data(hash)])
            }
        }
    }

    private static func fields(_ data: Data) throws -> [[UInt8]] {
        var rest = [UInt8](data).dropFirst()
        var fields: [[UInt8]] = []
        while let high = rest.popFirst(), let low = rest.popFirst() {
            let length = Int(high) << 8 | Int(low)
            fields.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return fields
    }

    private static func bytes(_ fields: [[UInt8]]) -> [UInt8] {
        [2] + fields.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 0xFF)] + $0 }
    }
}
