import Testing

@testable import Proofs

struct TileTests {
    @Test(arguments: [
        ("0/000", TileAddress.Content.hashes(level: 0), 0, 256), ("0/999", .hashes(level: 0), 999, 256),
        ("0/x001/000", .hashes(level: 0), 1000, 256), ("5/x001/x234/067", .hashes(level: 5), 1_234_067, 256),
        ("5/x001/x234/067.p/8", .hashes(level: 5), 1_234_067, 8), ("63/000.p/1", .hashes(level: 63), 0, 1),
        ("entries/000.p/255", .entries, 0, 255), ("entries/x001/x000/000", .entries, 1_000_000, 256),
    ])
    func `LOG-FORMAT: the path of a tile is read and written in its one form`(
        path: String, content: TileAddress.Content, index: Int64, width: Int
    ) throws {
        let tile = try TileAddress(content, index: index, width: width)
        #expect(tile.path == path)
        #expect(try TileAddress(parsing: path) == tile)
    }

    @Test func `LOG-FORMAT: indexes up to a million, each level and each width come back`() throws {
        for index in stride(from: Int64(0), to: 1_000_000, by: 1009) {
            for content in [TileAddress.Content.entries, .hashes(level: Int(index % 64))] {
                let tile = try TileAddress(content, index: index, width: Int(index % 256) + 1)
                #expect(try TileAddress(parsing: tile.path) == tile)
            }
        }
    }

    @Test(arguments: [
        "", "0", "0/", "/000", "0/0", "0/00", "0/0000", "0/1000", "00/000", "01/000", "64/000", "-1/000",
        "+1/000", "0/x000/001", "0/001/002", "0/x001", "0/x1/000", "0/x001/x002", "0/xx01/000", "0/y001/000",
        "0/000/", "0//000", "0/000.p", "0/000.p/", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/-1",
        "0/000.p/1/", "0/000.q/1", "0/000/1", "0/000.P/1", "Entries/000", "entries/0", "entries", "data/000",
        "0/٠٠٠", "0/000.p/1.p/1", "0/000 ", "0/..", "../0/000", "0/x999/x999/x999/x999/x999/x999/999",
        "0/-01", "0/+01", "0/x-01/000",
    ])
    func `LOG-FORMAT: any other path is refused`(path: String) {
        #expect(throws: LogFlaw.malformedTile) { try TileAddress(parsing: path) }
    }

    @Test func `LOG-FORMAT: the last tile that leaves of 63 bits can be counted in is the last there is`()
        throws
    {
        let last = try TileAddress(parsing: "0/x036/x028/x797/x018/x963/966")
        #expect(last.positions.upperBound == Int64.max - 255)
        #expect(throws: LogFlaw.malformedTile) {
            try TileAddress(parsing: "0/x036/x028/x797/x018/x963/967")
        }
    }

    @Test(arguments: [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
    func `LOG-FORMAT: a tile outside the levels, indexes and widths is not made`(
        level: Int, index: Int64, width: Int
    ) {
        #expect(throws: LogFlaw.malformedTile) {
            try TileAddress(.hashes(level: level), index: index, width: width)
        }
    }

    /// The example of tlog-tiles: 70,000 leaves are 273 full tiles and one of 112, one full and one of 17,
    /// and one of 1.
    @Test(arguments: [
        ("0/272", true), ("0/273", false), ("0/273.p/112", true), ("0/273.p/113", false), ("1/000", true),
        ("1/001", false), ("1/001.p/17", true), ("1/001.p/18", false), ("2/000.p/1", true),
        ("2/000.p/2", false), ("3/000.p/1", false), ("8/000.p/1", false), ("63/000.p/1", false),
        ("entries/273.p/112", true), ("entries/273.p/113", false),
    ])
    func `LOG-FORMAT: a tree has the tiles that its size gives it`(path: String, isWithin: Bool) throws {
        #expect(try TileAddress(parsing: path).isWithin(size: 70_000) == isWithin)
    }

    @Test func `LOG-FORMAT: a tile names the positions of its hashes`() throws {
        #expect(try TileAddress(.entries, index: 2).positions == 512..<768)
        #expect(try TileAddress(.hashes(level: 1), index: 1, width: 17).positions == 256..<273)
    }

    @Test func `LOG-FORMAT: a bundle of entries is written and read`() throws {
        let entries: [[UInt8]] = [[], [1], [UInt8](repeating: 7, count: 65_535)]
        let bundle = try EntryBundle.write(entries)
        #expect(bundle.starts(with: [0, 0, 0, 1, 1, 0xFF, 0xFF, 7]))
        #expect(bundle.count == 6 + 65_536)
        #expect(try EntryBundle.parse(bundle) == entries)
        #expect(try EntryBundle.parse([]) == [])
    }

    @Test func `LOG-FORMAT: a leaf is at most 65,535 bytes, and a bundle at most 256 entries`() throws {
        #expect(throws: LogFlaw.malformedEntries) {
            try EntryBundle.write([[UInt8](repeating: 0, count: 65_536)])
        }
        #expect(try EntryBundle.write(Array(repeating: [], count: 256)).count == 512)
        #expect(throws: LogFlaw.malformedEntries) { try EntryBundle.write(Array(repeating: [], count: 257)) }
        let zeros = [UInt8](repeating: 0, count: 514)
        #expect(try EntryBundle.parse([UInt8](zeros[..<512])).count == 256)
        #expect(throws: LogFlaw.malformedEntries) { try EntryBundle.parse(zeros) }
    }

    @Test(arguments: [[0], [0, 1], [0, 2, 1], [0, 0, 0], [1, 0, 5]] as [[UInt8]])
    func `LOG-FORMAT: a bundle that ends in the middle of an entry is refused`(bundle: [UInt8]) {
        #expect(throws: LogFlaw.malformedEntries) { try EntryBundle.parse(bundle) }
    }
}
