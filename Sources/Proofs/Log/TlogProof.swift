import Notation

/// The proof that an entry is in a log, in one text that needs nothing but the entry and the log's key
/// (`c2sp.org/tlog-proof@v1`). Reading it verifies nothing; `verify` does.
package struct TlogProof: Hashable, Sendable {
    private static let firstLine = "c2sp.org/tlog-proof@v1"
    /// No tree of at most 2^63 leaves has a longer path.
    private static let hashLimit = 63

    /// Whatever the writer adds. Nobody signs it. Never empty.
    package let extra: [UInt8]?
    /// Which leaf, from 0.
    package let index: Int64
    /// The path of RFC 6962 section 2.1.1, from the leaf's sibling upwards.
    package let hashes: [[UInt8]]
    /// The log's checkpoint as it stands, to be believed after `verify` only.
    package let unverifiedCheckpoint: SignedNote

    /// The proof of a leaf under a checkpoint.
    package init(
        index: Int64, hashes: [[UInt8]], checkpoint: SignedCheckpoint, extra: [UInt8] = []
    ) {
        self.extra = extra.isEmpty ? nil : extra
        self.index = index
        self.hashes = hashes
        unverifiedCheckpoint = checkpoint.note
    }

    /// Reads a proof. Throws `malformedProof`, or `malformedNote` for what stands below the empty line.
    package init(parsing text: String) throws(LogFlaw) {
        let newline = UInt8(ascii: "\n")
        let bytes = [UInt8](text.utf8)
        guard
            let empty = bytes.indices.dropFirst().first(where: {
                bytes[$0] == newline && bytes[$0 - 1] == newline
            })
        else { throw .malformedProof }
        var lines = bytes[..<empty].dropLast().split(separator: newline, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }[...]
        guard lines.popFirst() == Self.firstLine else { throw .malformedProof }
        extra = try Self.field("extra ", of: &lines).map { text throws(LogFlaw) in
            guard let extra = Base64.decode(text), !extra.isEmpty else { throw .malformedProof }
            return extra
        }
        guard let index = Self.field("index ", of: &lines).flatMap({ LogDecimal.parse($0) }),
            lines.count <= Self.hashLimit
        else { throw .malformedProof }
        self.index = index
        let hashes = lines.compactMap { Base64.decode($0) }
        guard hashes.count == lines.count, hashes.allSatisfy({ $0.count == 32 }) else {
            throw .malformedProof
        }
        self.hashes = hashes
        unverifiedCheckpoint = try SignedNote(parsing: [UInt8](bytes[(empty + 1)...]))
    }

    /// The whole proof.
    package var text: String {
        let extra = extra.map { ["extra " + Base64.encode($0)] } ?? []
        let lines = [Self.firstLine] + extra + ["index \(index)"] + hashes.map { Base64.encode($0) }
        return lines.map { $0 + "\n" }.joined() + "\n" + unverifiedCheckpoint.written
    }

    /// The checkpoint, verified, when this entry is in the log under it. Throws what is wrong with the
    /// checkpoint, or `notIncluded`.
    @discardableResult package func verify(
        leaf: [UInt8], key: LogVerificationKey
    ) throws(LogFlaw) -> SignedCheckpoint {
        let checkpoint = try SignedCheckpoint(opening: unverifiedCheckpoint, with: key)
        guard
            MerkleProof.verifiesInclusion(
                leafHash: MerkleHash.leaf(leaf), index: index, size: checkpoint.size, root: checkpoint.root,
                proof: hashes)
        else { throw .notIncluded }
        return checkpoint
    }

    /// What stands behind the name at the beginning of the next line; nil when the line has another name.
    private static func field(_ name: String, of lines: inout ArraySlice<String>) -> String? {
        guard let line = lines.first, line.utf8.starts(with: name.utf8) else { return nil }
        lines.removeFirst()
        return String(decoding: line.utf8.dropFirst(name.utf8.count), as: UTF8.self)
    }
}
