/// Which tile of a log: up to 256 neighbouring hashes of one level, or the entries below 256 leaves (C2SP
/// tlog-tiles). Its path is what follows `tile/`.
package struct TileAddress: Hashable, Sendable {
    /// What the tile holds.
    package enum Content: Hashable, Sendable {
        /// Hashes that cover 256^level leaves each; level 0 to 63.
        case hashes(level: Int)
        /// The bytes of the leaves themselves.
        case entries
    }

    /// How many hashes or entries a full tile has.
    package static let fullWidth = 256

    package let content: Content
    /// How many full tiles stand to the left of it.
    package let index: Int64
    /// How many hashes or entries it has, 1 to 256; fewer than 256 only at the right edge of a tree.
    package let width: Int

    /// Throws `malformedTile` for a level, an index or a width that no tile has.
    package init(_ content: Content, index: Int64, width: Int = fullWidth) throws(LogFlaw) {
        if case .hashes(let level) = content, !(0...63).contains(level) { throw .malformedTile }
        guard (0..<Int64.max / 256).contains(index), (1...Self.fullWidth).contains(width) else {
            throw .malformedTile
        }
        self.content = content
        self.index = index
        self.width = width
    }

    /// Reads `<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`. Throws `malformedTile` for any path that is not the
    /// one way to write its tile.
    package init(parsing path: some StringProtocol) throws(LogFlaw) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard parts.count <= 10, let first = parts.popFirst() else { throw .malformedTile }
        let level = LogDecimal.parse(first).flatMap(Int.init(exactly:))
        guard let content = first == "entries" ? Content.entries : level.map(Content.hashes(level:)) else {
            throw .malformedTile
        }
        var width = Self.fullWidth
        if parts.count >= 2, let named = LogDecimal.parse(parts[parts.endIndex - 1]),
            parts[parts.endIndex - 2].hasSuffix(".p")
        {
            // A full tile is never written with its width.
            guard let named = Int(exactly: named), named < Self.fullWidth else { throw .malformedTile }
            width = named
            parts.removeLast()
            parts[parts.endIndex - 1].removeLast(2)
        }
        let digits = parts.map { $0.drop { $0 == "x" } }.joined()
        guard digits.utf8.count <= 19, let index = Int64(digits) else { throw .malformedTile }
        try self.init(content, index: index, width: width)
        guard self.path.utf8.elementsEqual(path.utf8) else { throw .malformedTile }
    }

    /// What follows `tile/`, such as `0/x001/x234/067.p/12`.
    package var path: String {
        let head =
            switch content {
            case .hashes(let level): String(level)
            case .entries: "entries"
            }
        let tail = width == Self.fullWidth ? "" : ".p/\(width)"
        return head + "/" + Self.path(of: index) + tail
    }

    /// Groups of three digits, an `x` before each but the last.
    private static func path(of index: Int64) -> String {
        let digits = String(index % 1000)
        let last = String(repeating: "0", count: 3 - digits.utf8.count) + digits
        var groups = [last]
        var rest = index / 1000
        while rest > 0 {
            let digits = String(rest % 1000)
            groups.append("x" + String(repeating: "0", count: 3 - digits.utf8.count) + digits)
            rest /= 1000
        }
        return groups.reversed().joined(separator: "/")
    }

    /// The positions of its hashes at its level; of its entries, the leaves.
    package var positions: Range<Int64> { index * 256..<index * 256 + Int64(width) }

    /// Whether a tree with `size` leaves has all of it.
    package func isWithin(size: Int64) -> Bool {
        switch content {
        case .entries: positions.upperBound <= size
        case .hashes(let level): level < 8 && positions.upperBound <= size >> (8 * level)
        }
    }
}
