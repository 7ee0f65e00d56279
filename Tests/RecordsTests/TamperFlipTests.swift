import Foundation
import Records
import SeedKit
import TestKit
import Testing

/// Single bytes of the file, changed one at a time.
@Suite struct TamperFlipTests {
    /// What became of a changed byte.
    private struct Outcomes {
        let tried: Int
        /// An audited field changed, or the file cannot be read any more.
        var changed = 0
        var unreadable = 0
        /// It changed nothing that is audited: free space, an index, a row that vouches for nothing.
        var elsewhere = 0
        /// Offsets that changed something and were not found. There must be none.
        var missed: [Int] = []
    }

    /// `GODKEND_FLIPS`: how many bytes, or `all`; `GODKEND_SEED`: another choice of them.
    private static let wanted = ProcessInfo.processInfo.environment["GODKEND_FLIPS"] ?? "100"
    private static let seed = TestSeed.drawn("LOG-TAMPER, which bytes")

    @Test func `LOG-TAMPER: any byte of any audited field that changes is found, always`() async throws {
        let copy = try await TamperSpecimen.large.value.copy()
        let outcomes = try await aside { Result { try Self.flip(copy) } }.get()
        print(
            """
            LOG-TAMPER: \(outcomes.tried) bytes of \(copy.specimen.bytes.count), seed \(Self.seed): \
            \(outcomes.changed) changed audited fields, \(outcomes.unreadable) made the file unreadable, \
            \(outcomes.elsewhere) changed nothing audited; missed \(outcomes.missed.count)
            """)
        #expect(outcomes.missed.isEmpty, "seed \(Self.seed)")
        #expect(outcomes.changed + outcomes.unreadable > outcomes.tried / 10)
        let report = await copy.verify()
        #expect(report.findings.isEmpty)
    }

    private static func flip(_ copy: TamperCopy) throws -> Outcomes {
        let original = copy.specimen.bytes
        let dump = try TamperDump(of: copy.path)
        let (untouched, verifier) = (try #require(dump.digest(of: copy.path)), copy.verifier())
        var random = SplitMix(seed: seed)
        let offsets =
            wanted == "all"
            ? Array(original.indices)
            : (0..<(Int(wanted) ?? 100)).map { _ in Int.random(in: original.indices, using: &random) }
        var outcomes = Outcomes(tried: offsets.count)
        let file = try #require(FileHandle(forUpdatingAtPath: copy.path))
        defer { try? file.close() }
        for offset in offsets {
            try put(original[offset] ^ UInt8.random(in: 1...255, using: &random), at: offset, in: file)
            let digest = dump.digest(of: copy.path)
            if digest == untouched {
                outcomes.elsewhere += 1
            } else {
                if digest == nil { outcomes.unreadable += 1 } else { outcomes.changed += 1 }
                if verifier.verify().findings.isEmpty { outcomes.missed.append(offset) }
            }
            try put(original[offset], at: offset, in: file)
        }
        return outcomes
    }

    private static func put(_ byte: UInt8, at offset: Int, in file: FileHandle) throws {
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: [byte])
    }
}
