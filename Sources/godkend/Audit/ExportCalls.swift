import Foundation
import Notation
import Operations

/// Takes an export through the issuer's port, a page at a time.
struct ExportCalls: Sendable {
    let filter: String
    let earlier: String?
    var positions: Range<Int64>?

    init(filter: String, earlier: String?) {
        self.filter = filter
        self.earlier = earlier
    }

    /// Hands over the manifest first, without leaves, and then the leaves.
    ///
    /// - Returns: how many leaves there were.
    func carryOut(
        by port: any IssuerPort, _ write: (JSON?, [ExportLine]) throws -> Void
    ) async throws -> Int64 {
        let begun = try await port.perform(IssuerCall(.beginExport, particulars(filter))).object
        guard let document = begun?["manifest"], let manifest = ExportManifest(document) else {
            throw CommandFailure("The server sent no export that this command can read.")
        }
        try write(document, [])
        // The pages go by the filter as the manifest has it: its moments no longer move.
        var call = particulars(manifest.filter)
        call.append(("leaf", begun?["leaf"]?.integer.map { .integer($0) } ?? -1))
        var next = manifest.positions.lowerBound
        while next < manifest.positions.upperBound {
            let page = try await port.perform(
                IssuerCall(.goOnExporting, call + [("start", .integer(next))])
            ).object
            let lines = (page?["lines"]?.array ?? []).compactMap { ExportLine($0) }
                .prefix { $0.position < manifest.positions.upperBound }
            guard let last = lines.last else {
                throw CommandFailure("The export ended before its last leaf: take it again.")
            }
            try write(nil, Array(lines))
            next = last.position + 1
        }
        return Int64(manifest.positions.count)
    }

    private func particulars(_ filter: String) -> [(String, JSON)] {
        var particulars: [(String, JSON)] = [("filter", .text(filter))]
        if let earlier { particulars.append(("earlier", .text(earlier))) }
        if let positions {
            particulars.append(("from", .integer(positions.lowerBound)))
            particulars.append(("to", .integer(positions.upperBound)))
        }
        return particulars
    }
}

/// Where an export is written to: standard output, or a file for its owner alone.
struct ExportFile {
    private let handle: FileHandle

    init(_ path: String?) throws {
        guard let path else {
            handle = .standardOutput
            return
        }
        let isMade = FileManager.default.createFile(
            atPath: path, contents: nil, attributes: [.posixPermissions: PrivateFile.mode])
        guard isMade, let file = FileHandle(forWritingAtPath: path) else {
            throw CommandFailure("Cannot write \(path): choose another file.")
        }
        handle = file
    }

    func write(_ text: String) throws { try handle.write(contentsOf: Data(text.utf8)) }

    func close() throws {
        if handle !== FileHandle.standardOutput { try handle.close() }
    }
}
