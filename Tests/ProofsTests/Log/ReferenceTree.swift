import Crypto
import Notation
import Testing

@testable import Proofs

/// RFC 6962 section 2.1 word for word, by recursion over leaves. Slow, and sharing nothing with the code but
/// SHA-256.
struct ReferenceTree {
    let leaves: [[UInt8]]

    init(_ leaves: [[UInt8]]) {
        self.leaves = leaves
    }

    /// A tree of small leaves that all differ.
    init(size: Int) {
        self.init((0..<size).map { [UInt8]("leaf \($0)".utf8) })
    }

    /// MTH(D[range]).
    func root(_ range: Range<Int>) -> [UInt8] {
        guard let middle = Self.middle(range) else {
            return range.isEmpty ? Self.hash([]) : Self.hash([0] + leaves[range.lowerBound])
        }
        return Self.hash([1] + root(range.lowerBound..<middle) + root(middle..<range.upperBound))
    }

    /// PATH(m, D[range]), where m is counted from the first leaf of the tree.
    func path(_ index: Int, _ range: Range<Int>) -> [[UInt8]] {
        guard let middle = Self.middle(range) else { return [] }
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return index < middle ? path(index, left) + [root(right)] : path(index, right) + [root(left)]
    }

    /// SUBPROOF(m, D[range], b), where m is counted from the first leaf of the tree.
    func subproof(_ old: Int, _ range: Range<Int>, _ isKnown: Bool = true) -> [[UInt8]] {
        guard old != range.upperBound, let middle = Self.middle(range) else {
            return isKnown ? [] : [root(range)]
        }
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return old <= middle
            ? subproof(old, left, isKnown) + [root(right)] : subproof(old, right, false) + [root(left)]
    }

    /// What a store answers: the hash of a complete subtree within the first `size` leaves, and nothing else.
    func node(_ address: NodeAddress, within size: Int) throws -> [UInt8] {
        let range = Int(address.leaves.lowerBound)..<Int(address.leaves.upperBound)
        try #require(range.lowerBound >= 0 && range.upperBound <= size)
        return root(range)
    }

    private static func middle(_ range: Range<Int>) -> Int? {
        guard range.count > 1 else { return nil }
        var power = 1
        while power * 2 < range.count { power *= 2 }
        return range.lowerBound + power
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { [UInt8](SHA256.hash(data: bytes)) }
}

/// A log with its key, and whatever it signs.
struct ExampleLog {
    static let name = "godkend.example/log"
    let tree: ReferenceTree
    let key: LogKey

    init(size: Int, keyByte: UInt8 = 1, name: String = name) throws {
        tree = ReferenceTree(size: size)
        key = try LogKey(raw: [UInt8](repeating: keyByte, count: 32), name: name)
    }

    func checkpoint(at size: Int) throws -> SignedCheckpoint {
        try key.sign(
            Checkpoint(origin: key.name, size: Int64(size), root: tree.root(0..<size)))
    }

    func proof(of index: Int, at size: Int, extra: [UInt8] = []) throws -> TlogProof {
        let hashes = try MerkleProof.inclusion(of: Int64(index), size: Int64(size)) {
            try tree.node($0, within: size)
        }
        return TlogProof(
            index: Int64(index), hashes: hashes, checkpoint: try checkpoint(at: size), extra: extra)
    }
}

/// Every text that differs from this one in one bit, as far as it is UTF-8.
func flipped(_ text: String) -> [String] {
    let bytes = [UInt8](text.utf8)
    return bytes.indices.flatMap { place in
        (0..<8).compactMap { bit in
            var changed = bytes
            changed[place] ^= 1 << UInt8(bit)
            return String(validating: changed, as: UTF8.self)
        }
    }
}

/// What a closure refuses with; nil when it does not.
func flaw(_ body: () throws(LogFlaw) -> Void) -> LogFlaw? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}
