import GRDB
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// What SQL says of a lifetime is what Swift says.
@Suite struct TimeConditionTests {
    @Test(arguments: 0..<20)
    func `REL-15: a condition in SQL agrees with the server's time, whatever the calendar did`(
        round: Int
    ) throws {
        let seed = TestSeed.drawn("REL-15, a condition in SQL, round \(round)")
        var dice = SplitMix(seed: seed)
        let time = randomTime(&dice)
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE t (made INTEGER, ends INTEGER)")
            for _ in 0..<200 {
                let made = time.stretches[0].from / 1_000 + Int64.random(in: -20_000...80_000, using: &dice)
                let life = Int64.random(in: 0...40_000, using: &dice)
                try db.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [made, made + life])
                // One that ends in this very millisecond, and one in the next.
                let now = time.now(for: Instant(milliseconds: made)).milliseconds
                for end in [now, now + 1] {
                    try db.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [made, end])
                }
            }
            for isCautious in [false, true] {
                for plus: Int64 in [0, 7_000] {
                    let isOver = time.isOver("ends", plus: plus, of: "made", isCautious: isCautious)
                    let rows = try Row.fetchAll(
                        db, sql: "SELECT made, ends, \(isOver.sql) AS is_over FROM t",
                        arguments: isOver.arguments)
                    if plus == 0 && !isCautious {
                        #expect(rows.contains { $0["is_over"] } && rows.contains { !$0["is_over"] })
                    }
                    for row in rows {
                        let end = (row["ends"] as Instant).adding(milliseconds: plus)
                        let now = time.now(for: row["made"], isCautious: isCautious)
                        #expect(row["is_over"] == (now >= end), "\(row), seed \(seed)")
                    }
                }
            }
        }
    }

    /// A run with some leaps and slow stretches behind it; in every fourth the calendar went on evenly.
    private func randomTime(_ dice: inout SplitMix) -> ServerTime {
        let start: Int64 = 1_795_348_800_000_000
        var stretches = [ServerTime.Stretch(from: start, lived: 0, pace: 1)]
        var (lived, leapt): (Int64, Int64) = (0, 0)
        for _ in 0..<Int.random(in: 0...3, using: &dice) {
            lived += Int64.random(in: 0...20_000_000, using: &dice)
            let last = stretches[stretches.count - 1]
            let shown = last.from + (lived - last.lived) / last.pace
            if Bool.random(using: &dice) {
                let leap = Int64.random(in: 1...20_000, using: &dice) * 1_000
                leapt += leap
                stretches.append(ServerTime.Stretch(from: shown + leap, lived: lived, pace: 1))
            } else {
                let pace: Int64 = last.pace == 1 ? 2 : 1
                stretches.append(ServerTime.Stretch(from: shown, lived: lived, pace: pace))
            }
        }
        lived += Int64.random(in: 0...20_000_000, using: &dice)
        return ServerTime(
            stretches: stretches, lived: lived, leapt: leapt,
            unconfirmed: Int64.random(in: 0...10_000, using: &dice) * 1_000)
    }
}
