package import Proofs

/// Finds the checkpoint that the next one must continue.
package enum LastCheckpoint {
    /// How much of the end is looked at: many times the longest note.
    static let window = 65_536

    /// The last whole note that is kept, not yet verified, and how many bytes of a torn one stand behind it.
    package static func find(
        in store: any CheckpointStore
    ) throws(LogRefusal) -> (note: CheckpointFile.Entry?, torn: Int) {
        do {
            let (bytes, isAll) = try store.end(atMost: window)
            guard let start = isAll ? 0 : firstNote(in: bytes) else { throw LogRefusal.unreadableCheckpoints }
            let file = try CheckpointFile(parsing: [UInt8](bytes[start...]))
            guard isAll || !file.entries.isEmpty else { throw LogRefusal.unreadableCheckpoints }
            return (file.entries.last, bytes.count - start - file.wholeLength)
        } catch {
            throw .unreadableCheckpoints
        }
    }

    /// The last whole note that is kept, verified; nil when there is none. A torn one behind it, which a
    /// crash in the middle of a write leaves, was never published and is taken away.
    ///
    /// The log may have had another name then: an origin that follows the address changes with it. What
    /// counts is that our key signed.
    package static func read(
        from store: any CheckpointStore, key: LogVerificationKey
    ) throws(LogRefusal) -> SignedCheckpoint? {
        let (note, torn) = try find(in: store)
        do {
            if torn > 0 { try store.removeLast(torn) }
        } catch {
            throw .unreadableCheckpoints
        }
        guard let last = note else { return nil }
        do {
            let then = try LogVerificationKey(name: last.unverified.origin, publicKey: key.publicKey)
            return try last.open(with: then)
        } catch {
            throw .otherKey
        }
    }

    /// Where the first note begins of bytes that start in the middle of one: after its signature lines.
    private static func firstNote(in bytes: [UInt8]) -> Int? {
        let mark = [UInt8]("\u{2014} ".utf8)
        var isAfterSignature = false
        var lines = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }[...]
        while let start = lines.popFirst(), start < bytes.count {
            let isSignature = bytes[start...].starts(with: mark)
            if isAfterSignature && !isSignature { return start }
            isAfterSignature = isSignature
        }
        return nil
    }
}
