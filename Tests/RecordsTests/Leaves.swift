import Foundation
import GRDB
import Proofs
import Records
import Testing
import Vocabulary

/// A leaf as somebody reads it who has only its bytes; written without a look at the code that writes them.
struct Leaf {
    let position: Int64
    let bytes: [UInt8]
    let kind: String
    let subject: String
    let time: Instant
    let merchant: String
    let outcome: String
    let reason: String
    let ruleSet: [UInt8]
    let amount: Int64?
    let currency: String
    let before: String
    let after: String
    let confirmation: String
    let previous: Int64?
    let commitments: [String: [UInt8]]

    let actor: String
    /// Leaf and body, for whoever looks for what must not be in them.
    let all: [UInt8]

    init(position: Int64, bytes: [UInt8], body: [UInt8]) throws {
        guard bytes.first == 2, body.first == 2 else { throw BenchError.bad("version") }
        let (head, fields) = (try Self.fields(bytes), try Self.fields(body))
        guard head.count == 4, fields.count >= 11, fields.count % 2 == 1 else {
            throw BenchError.bad("fields")
        }
        guard head[3] == Digest.sha256(body) else { throw BenchError.bad("digest") }
        func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
        func number(_ bytes: [UInt8]) -> Int64? {
            bytes.isEmpty ? nil : bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        guard let time = number(head[2]) else { throw BenchError.bad("time") }
        (self.position, self.bytes, self.time) = (position, bytes, Instant(milliseconds: time))
        (kind, outcome) = (String(decoding: head[0], as: UTF8.self), String(decoding: head[1], as: UTF8.self))
        (subject, merchant, reason, ruleSet) = (text(0), text(1), text(2), fields[3])
        (amount, currency, before, after) = (number(fields[4]), text(5), text(6), text(7))
        (confirmation, previous, actor) = (text(8), number(fields[9]), text(10))
        var found: [String: [UInt8]] = [:]
        for index in stride(from: 11, to: fields.count, by: 2) { found[text(index)] = fields[index + 1] }
        commitments = found
        all = bytes + body
    }

    /// What stands behind the version byte, field by field.
    private static func fields(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var rest = bytes.dropFirst()
        var fields: [[UInt8]] = []
        while !rest.isEmpty {
            guard rest.count >= 2 else { throw BenchError.bad("length") }
            let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            guard rest.count >= length else { throw BenchError.bad("field") }
            fields.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return fields
    }
}

/// HMAC-SHA256 as RFC 2104 has it, for keys of at most 64 bytes.
func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    let padded = key + Array(repeating: 0, count: 64 - key.count)
    return Digest.sha256(
        padded.map { $0 ^ 0x5C } + Digest.sha256(padded.map { $0 ^ 0x36 } + message))
}

/// The Merkle tree hash as RFC 6962 section 2.1 defines it: by recursion over the leaves.
func treeHash(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    guard leaves.count > 1 else {
        return Digest.sha256(leaves.first.map { [0x00] + $0 } ?? [])
    }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let (left, right) = (leaves.prefix(split), leaves.dropFirst(split))
    return Digest.sha256([0x01] + treeHash(left) + treeHash(right))
}

extension Bench {
    func leaves(about subject: String? = nil) async throws -> [Leaf] {
        let rows = try await ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT position, subject, bytes, body FROM leaves ORDER BY position")
                .map { ($0[0] as Int64, $0[1] as String, [UInt8]($0[2] as Data), [UInt8]($0[3] as Data)) }
        }
        return try rows.filter { subject == nil || $0.1 == subject }
            .map { try Leaf(position: $0.0, bytes: $0.2, body: $0.3) }
    }

    /// The edge of the tree, its root, and the root recomputed from all leaves.
    func checkEdge(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let leaves = try await leaves()
        let edge = try await ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT level, hash FROM log_edge ORDER BY level DESC")
                .map { ($0[0] as Int, [UInt8]($0[1] as Data)) }
        }
        #expect(leaves.map(\.position) == Array(0..<Int64(leaves.count)), sourceLocation: sourceLocation)
        // One complete subtree for each bit of the size.
        #expect(
            edge.reduce(0) { $0 + 1 << $1.0 } == leaves.count, "the edge's levels",
            sourceLocation: sourceLocation)
        #expect(
            MerkleHash.root(ofEdge: edge.map(\.1)) == treeHash(leaves.map(\.bytes)[...]),
            "\(leaves.count) leaves", sourceLocation: sourceLocation)
    }
}
