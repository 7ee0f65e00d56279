import Vocabulary

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why the sandbox bank's books cannot be used.
package enum SandboxBooksError: Error, Hashable, Sendable {
    /// The system refused to open, read or write the file; `code` is its `errno`.
    case system(path: String, code: Int32)
    /// A whole line is not one of ours. Counted from 1.
    case damaged(path: String, line: Int)
}

/// The file of the books: opened once, appended to by one owner.
final class SandboxBooksFile {
    private let path: String
    private let descriptor: Int32
    /// Bytes of whole lines.
    private var length: Int64
    /// True when part of a line stands in the file and could not be taken back: nothing more may be written.
    private var isTorn = false
    /// The lines that stood in the file when it was opened.
    let entries: [SandboxEntry]

    /// Opens the file, makes it with mode 0600 when it is not there, and cuts off a torn last line.
    init(path: String) throws(SandboxBooksError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, code: errno) }
        do throws(SandboxBooksError) {
            let bytes = try Self.contents(of: descriptor, path: path)
            let lines = wholeLines(bytes)
            entries = try parse(lines, path: path)
            length = Int64(lines.count)
            if lines.count < bytes.count, ftruncate(descriptor, off_t(length)) != 0 {
                throw SandboxBooksError.system(path: path, code: errno)
            }
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Appends one line by one write(2). A line that did not fit whole is taken back.
    ///
    /// The line is then with the operating system: it survives the end of the process, not a power failure.
    func append(_ entry: SandboxEntry) throws {
        guard !isTorn else { throw SandboxBooksError.system(path: path, code: EIO) }
        let line = try SandboxLine(entry).encoded()
        let written = unsafe line.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.count else {
            let code = errno
            isTorn = ftruncate(descriptor, off_t(length)) != 0
            throw SandboxBooksError.system(path: path, code: code)
        }
        length += Int64(written)
    }

    /// The whole lines of a file that somebody else may be writing; a torn last line is left out.
    static func read(path: String) throws(SandboxBooksError) -> [SandboxEntry] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: path, code: errno) }
        defer { close(descriptor) }
        return try parse(wholeLines(contents(of: descriptor, path: path)), path: path)
    }

    private static func contents(of descriptor: Int32, path: String) throws(SandboxBooksError) -> [UInt8] {
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe block.withUnsafeMutableBytes {
                unsafe Self.readOnce(descriptor, into: $0)
            }
            if count == 0 { return all }
            guard count > 0 else { throw .system(path: path, code: errno) }
            all.append(contentsOf: block.prefix(count))
        }
    }

    private static func readOnce(_ descriptor: Int32, into block: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, block.baseAddress, block.count)
        #elseif canImport(Musl)
        unsafe Musl.read(descriptor, block.baseAddress, block.count)
        #else
        unsafe Darwin.read(descriptor, block.baseAddress, block.count)
        #endif
    }
}

private let newline = UInt8(ascii: "\n")

/// Everything up to the last newline.
private func wholeLines(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.prefix(through: bytes.lastIndex(of: newline) ?? -1)
}

private func parse(_ lines: ArraySlice<UInt8>, path: String) throws(SandboxBooksError) -> [SandboxEntry] {
    guard !lines.isEmpty else { return [] }
    var entries: [SandboxEntry] = []
    for line in lines.dropLast().split(separator: newline, omittingEmptySubsequences: false) {
        guard let entry = SandboxLine.decode(line) else {
            throw .damaged(path: path, line: entries.count + 1)
        }
        entries.append(entry)
    }
    return entries
}
