package import Vocabulary

extension Leaf {
    /// What the tree hashes of a leaf of version 2, from its parts: so that the hash of a leaf can be
    /// computed without its body (LOG-LEAF).
    ///
    /// - Parameter bodyDigest: SHA-256 of the body, 32 bytes.
    package static func head(
        kind: String, outcome: String, time: Instant, bodyDigest: [UInt8]
    ) -> [UInt8] {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: time.milliseconds >> (56 - 8 * Int64($0))) }
        let fields = [Array(kind.utf8), Array(outcome.utf8), number, bodyDigest]
        return [2] + fields.flatMap { [UInt8($0.count >> 8 & 0xFF), UInt8($0.count & 0xFF)] + $0 }
    }
}
