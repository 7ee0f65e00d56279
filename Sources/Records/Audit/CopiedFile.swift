package import GRDB

/// A copy of the database, opened to be read and nothing else: no change of schema, no lock, no leaf.
package final class CopiedFile: Sendable {
    private let queue: DatabaseQueue

    package init(path: String) throws { queue = try VerifiedFile.open(path) }

    /// Reads in one consistent state.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try queue.read(body)
    }

    package func close() { try? queue.close() }

    /// Copies a database as it is at one moment, beside a running server, to a file that is not there yet.
    package static func write(_ path: String, to target: String) throws {
        let source = try VerifiedFile.open(path)
        defer { try? source.close() }
        let copy = try DatabaseQueue(path: target)
        defer { try? copy.close() }
        try source.backup(to: copy)
    }
}
