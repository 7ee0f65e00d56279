/// The entries of up to 256 leaves in one piece: each with its length before it, two bytes big-endian (C2SP
/// tlog-tiles, Log entries).
package enum EntryBundle {
    /// The longest entry, in bytes.
    package static let entryLimit = 65_535

    /// Throws `malformedEntries` for more than 256 entries or one that is too long.
    package static func write(_ entries: [[UInt8]]) throws(LogFlaw) -> [UInt8] {
        guard entries.count <= TileAddress.fullWidth else { throw .malformedEntries }
        var bundle: [UInt8] = []
        for entry in entries {
            guard entry.count <= entryLimit else { throw .malformedEntries }
            bundle += [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)] + entry
        }
        return bundle
    }

    /// Throws `malformedEntries` for bytes that end in the middle of an entry, and for more than 256 entries.
    package static func parse(_ bundle: [UInt8]) throws(LogFlaw) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bundle[...]
        while let high = rest.popFirst() {
            guard let low = rest.popFirst(), entries.count < TileAddress.fullWidth else {
                throw .malformedEntries
            }
            let count = Int(high) << 8 | Int(low)
            guard rest.count >= count else { throw .malformedEntries }
            entries.append([UInt8](rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return entries
    }
}
