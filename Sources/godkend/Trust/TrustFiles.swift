import Foundation
import Operations

/// The files of a trust folder as they lie on the disk.
struct TrustFiles {
    let path: String

    /// One file that counts, with what tells that it was changed.
    struct Entry: Hashable {
        let kind: TrustFileKind
        /// Its path inside the folder.
        let name: String
        let size: Int64
        let changed: Date
        /// A file renamed over another one is another file, however alike they are.
        let number: UInt64
    }

    /// The files that count, by kind and name; none when there is no folder.
    func entries() -> [Entry] {
        TrustFileKind.allCases.flatMap { kind in
            guard let suffix = kind.suffix else { return [entry(kind, kind.rawValue + ".csv")] }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + kind.rawValue))
            return (names ?? []).sorted().filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
                .map { entry(kind, kind.rawValue + "/" + $0) }
        }
        .compactMap(\.self)
    }

    /// The whole folder, read anew.
    func snapshot() throws -> TrustSnapshot {
        try TrustSnapshot(evidence: entries().map(evidence))
    }

    func evidence(_ entry: Entry) throws -> TrustEvidence {
        guard let data = FileManager.default.contents(atPath: path + "/" + entry.name) else {
            throw CommandFailure("Cannot read \(path)/\(entry.name): check that it is yours.")
        }
        return TrustEvidence(kind: entry.kind, name: entry.name, bytes: [UInt8](data))
    }

    /// Puts a file in its place, whole, and makes the folder for it.
    func write(_ bytes: [UInt8], to name: String) throws {
        try PrivateFile.place(bytes, at: path + "/" + name, mode: 0o644)
    }

    private func entry(_ kind: TrustFileKind, _ name: String) -> Entry? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name),
            let size = (attributes[.size] as? NSNumber)?.int64Value,
            let changed = attributes[.modificationDate] as? Date
        else { return nil }
        let number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0
        return Entry(kind: kind, name: name, size: size, changed: changed, number: number)
    }
}

extension TrustFileKind {
    /// The suffix of the files in this kind's folder; nil for a kind that is one file.
    var suffix: String? {
        switch self {
        case .prescriberRoot, .register, .issuer: ".pem"
        case .revocationList: ".crl"
        case .authorisations, .pharmacies: nil
        }
    }
}
