import Foundation

/// What a path names at one moment (stat(2)).
struct FileStamp: Sendable, Hashable {
    let device: UInt64
    let inode: UInt64
    /// In bytes.
    let size: Int64
    /// When the content last changed, in nanoseconds of the system's clock.
    let modified: Int64

    /// Nil when the path names nothing.
    init?(_ path: String) {
        var found = stat()
        guard unsafe stat(path, &found) == 0 else { return nil }
        device = UInt64(found.st_dev)
        inode = UInt64(found.st_ino)
        size = Int64(found.st_size)
        modified = Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec)
    }

    func isSameFile(as other: FileStamp) -> Bool { device == other.device && inode == other.inode }
}
