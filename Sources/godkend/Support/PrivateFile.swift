import Foundation
import Records

/// Files that only their owner may read: mode 0600, written whole or not at all.
enum PrivateFile {
    static let mode = 0o600

    /// The bytes of a file whose mode is exactly as private as it must be.
    static func read(_ path: String) throws -> [UInt8] {
        try check(path)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("Cannot read \(path): check that it is yours.")
        }
        return [UInt8](data)
    }

    /// Refuses a file that anybody but its owner can read or write.
    static func check(_ path: String) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let found = (attributes?[.posixPermissions] as? NSNumber)?.intValue else {
            throw CommandFailure("There is no file \(path): make it with `godkend serve --init`.")
        }
        guard found & 0o077 == 0 else {
            throw CommandFailure(
                "\(path) has mode \(octal(found)) and others can read it: run `chmod 600 \(path)`.")
        }
    }

    /// Puts the bytes in the place of what was there: a new file is synced, then renamed over the old one.
    static func write(_ bytes: [UInt8], to path: String, mode: Int = Self.mode) throws {
        let temporary = "\(path).\(UInt32.random(in: 0...UInt32.max)).new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode_t(mode))
        guard descriptor >= 0 else {
            throw CommandFailure("Cannot write in \((path as NSString).deletingLastPathComponent).")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            try handle.close()
        } catch {
            unsafe unlink(temporary)
            throw CommandFailure("Cannot write \(path): is the disk full?")
        }
        guard unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            throw CommandFailure("Cannot put the new \(path) in its place.")
        }
        do {
            // The new name is on the disk too before anything is sealed with what the file holds.
            try syncFolder((path as NSString).deletingLastPathComponent)
        } catch {
            throw CommandFailure("Cannot sync the folder of \(path): does the disk fail?")
        }
    }

    /// The same, with the folder for it made when it is not there.
    static func place(_ bytes: [UInt8], at path: String, mode: Int = Self.mode) throws {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("Cannot make the folder \(folder): choose another place.")
        }
        try write(bytes, to: path, mode: mode)
    }

    static func octal(_ mode: Int) -> String {
        let digits = String(mode & 0o777, radix: 8)
        return String(repeating: "0", count: 4 - min(4, digits.count)) + digits
    }
}
