import SeedKit
import Testing
import Vocabulary

/// Identifiers that never go back (RFC 9562 section 6.2, REL-15).
@Suite struct IdentifierSequenceTests {
    private let noon = Instant(milliseconds: 1_795_348_800_000)

    @Test func `REL-15: whatever the clock does, identifiers ascend, also across restarts`() {
        let seed = TestSeed.drawn("REL-15, identifiers")
        var random = seed
        func next() -> UInt64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return random >> 11 ^ random << 40
        }
        var sequence = IdentifierSequence()
        var (now, last) = (noon, "auth_")
        for step in 0..<50_000 {
            switch next() % 200 {
            case 0: now = now.adding(seconds: -Int(next() % 200_000))
            case 1: now = now.adding(seconds: Int(next() % 200_000))
            case 2:
                sequence = IdentifierSequence()
                sequence.begin(after: last)
            case 3..<10: now = now.adding(milliseconds: 1)
            default: break
            }
            let id: AuthorizationID = sequence.next(at: now, random: (next(), next()))
            #expect(id.text > last, "step \(step), seed \(seed)")
            #expect(AuthorizationID(id.text) == id)
            #expect(id.instant >= now)
            last = id.text
        }
    }

    @Test(arguments: [(UInt64(0), 4_096), (0x7FF, 2_049)])
    func `a millisecond has room for so many, then the next one is borrowed`(random: UInt64, room: Int) {
        var sequence = IdentifierSequence()
        let ids: [EventID] = (0...room).map { _ in sequence.next(at: noon, random: (random, 0)) }
        #expect(ids[..<room].allSatisfy { $0.instant == noon })
        #expect(ids[room].instant == noon.adding(milliseconds: 1))
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: ["", "auth_", "bogbixen", "auth_ZZZZZZZZZZZZZZZZZZZZZZZZZZ"])
    func `a text that is no identifier says nothing of where to begin`(text: String) {
        var sequence = IdentifierSequence()
        sequence.begin(after: text)
        let id: RefundID = sequence.next(at: noon, random: (5, 5))
        #expect(id.instant == noon)
    }

    @Test func `the clock in front of the last identifier is followed at once`() {
        var sequence = IdentifierSequence()
        let first: RefundID = sequence.next(at: noon, random: (5, 5))
        sequence.begin(after: first.text)
        let later: RefundID = sequence.next(at: noon.adding(milliseconds: 1), random: (5, 5))
        #expect(later.instant == noon.adding(milliseconds: 1))
    }
}
