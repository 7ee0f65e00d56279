import Foundation

/// The writer's lock of a state folder: one process has it, and loses it with its last breath (flock(2)).
final class StateLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The lock, or nil when another process has it.
    static func attempt(_ folder: StateFolder) throws -> StateLock? {
        let descriptor = unsafe open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(PrivateFile.mode))
        guard descriptor >= 0 else {
            throw CommandFailure("Cannot open \(folder.lock): check that the folder is yours.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return StateLock(descriptor)
    }
}
