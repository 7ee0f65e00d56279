import Foundation
import Operations
import Vocabulary

/// What the check of an export found, for its receiver.
struct ExportReport {
    let check: ExportCheck

    var lines: [String] {
        let manifest = check.manifest
        var table = Table(["what", "result"])
        table.rows = [
            ["filter", manifest.filter], ["made", manifest.madeAt.rfc3339],
            ["leaves", "\(manifest.positions.lowerBound) to \(manifest.positions.upperBound - 1)"],
            ["shown", String(check.shown)], ["declines not shown", String(check.hiddenDeclines)],
            ["proved for all", manifest.provedForAll.joined(separator: ", ")],
            ["told by shown leaves only", manifest.provedForShown.joined(separator: ", ")],
        ]
        let findings = check.findings.map { finding in
            (finding.line == 0 ? "The file: " : "Line \(finding.line): ") + finding.flaw.explanation
        }
        return table.lines(.table) + findings + [
            findings.isEmpty
                ? "Nothing is missing, and nothing was changed."
                : "The export does not prove what it says: \(findings.count) findings."
        ]
    }
}

/// Reads a file line by line, whatever its size; `-` is standard input.
final class LineReader {
    /// Bytes in one line at most: many times a leaf in base 64.
    private static let longest = 1_048_576
    private static let chunk = 65_536

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(_ path: String) throws {
        guard path != "-" else {
            handle = .standardInput
            return
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("There is no file \(path).")
        }
        handle = file
    }

    /// The next line without its break; nil at the end.
    func next() throws -> String? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return String(decoding: buffer[start..<end], as: UTF8.self)
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return String(decoding: buffer[start...], as: UTF8.self)
            }
            guard buffer.count - start <= Self.longest else {
                throw CommandFailure("A line of the file is longer than any leaf: this is no export.")
            }
            let more = try handle.read(upToCount: Self.chunk) ?? Data()
            isAtEnd = more.isEmpty
            buffer = Array(buffer[start...]) + more
            start = 0
        }
    }
}
