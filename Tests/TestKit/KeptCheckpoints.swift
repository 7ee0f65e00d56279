import Foundation
import Operations
import Synchronization

/// Checkpoints in a file of a test's own folder, so that a second gateway on the folder finds them. A test
/// may make the disk fail.
package final class KeptCheckpoints: CheckpointStore {
    package struct DiskFull: Error {}

    private let path: String
    private let isFull = Mutex(false)

    package init(in folder: TemporaryFolder) { path = folder.file("checkpoints.log") }

    package var bytes: [UInt8] { [UInt8](FileManager.default.contents(atPath: path) ?? Data()) }

    package func set(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    package func fail(_ fails: Bool) { isFull.withLock { $0 = fails } }

    package func end(atMost limit: Int) -> (bytes: [UInt8], isAll: Bool) {
        let bytes = bytes
        return ([UInt8](bytes.suffix(limit)), bytes.count <= limit)
    }

    package func removeLast(_ count: Int) throws { try set(bytes.dropLast(count)) }

    package func append(_ note: [UInt8]) async throws {
        if isFull.withLock({ $0 }) { throw DiskFull() }
        try set(bytes + note)
    }
}
