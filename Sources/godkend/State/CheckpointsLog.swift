import Foundation
import Operations
import Synchronization

/// `checkpoints.log`: every checkpoint that was ever signed, in order. A note is on the disk before anybody
/// is told of it.
final class CheckpointsLog: CheckpointStore {
    private let path: String
    /// Waiting for the disk is not done on the threads that serve requests.
    private let queue = DispatchQueue(label: "godkend.checkpoints")
    /// Where the last whole note ends, when a failed write left bytes behind it.
    private let soundLength = Mutex<UInt64?>(nil)

    init(path: String) { self.path = path }

    func end(atMost limit: Int) throws -> (bytes: [UInt8], isAll: Bool) {
        guard FileManager.default.fileExists(atPath: path) else { return ([], true) }
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let length = try handle.seekToEnd()
        let start = length > UInt64(limit) ? length - UInt64(limit) : 0
        try handle.seek(toOffset: start)
        return ([UInt8](try handle.readToEnd() ?? Data()), start == 0)
    }

    func removeLast(_ count: Int) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let length = try handle.seekToEnd()
        guard length >= UInt64(count) else { throw CocoaError(.fileReadCorruptFile) }
        try handle.truncate(atOffset: length - UInt64(count))
        try handle.synchronize()
    }

    func append(_ note: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result { try self.write(note) }) }
        }
    }

    private func write(_ note: [UInt8]) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode_t(PrivateFile.mode))
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        defer { try? handle.close() }
        if let sound = soundLength.withLock({ $0 }) {
            try handle.truncate(atOffset: sound)
            soundLength.withLock { $0 = nil }
        }
        let length = try handle.seekToEnd()
        do {
            try handle.write(contentsOf: Data(note))
            try handle.synchronize()
            if length == 0 { try syncFolder() }
        } catch {
            // Taken away now, or before the next one is written.
            soundLength.withLock { $0 = length }
            if (try? handle.truncate(atOffset: length)) != nil { soundLength.withLock { $0 = nil } }
            throw error
        }
    }

    /// A new file's name is on the disk when its folder is.
    private func syncFolder() throws {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
