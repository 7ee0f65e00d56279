import Testing
import Vocabulary

@Suite struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1),
            ("2026-11-22T12:00:00.000Z", 1_795_348_800_000), ("2000-02-29T23:59:59.001Z", 951_868_799_001),
            ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func `an instant and its RFC 3339 text name each other`(text: String, milliseconds: Int64) throws {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
        #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
    }

    @Test(
        arguments: [
            ("2026-11-22T12:00:00Z", 1_795_348_800_000), ("2026-11-22T13:00:00+01:00", 1_795_348_800_000),
            ("2026-11-22T06:30:00.5-05:30", 1_795_348_800_500),
            ("2026-11-22T12:00:00.123999999Z", 1_795_348_800_123),
            ("2026-11-22T12:00:00+00:00", 1_795_348_800_000),
        ] as [(String, Int64)])
    func `offsets and decimals are read`(text: String, milliseconds: Int64) {
        #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T12:00:00", "2026-11-22 12:00:00Z", "2026-11-22t12:00:00Z",
        "2026-11-22T12:00:00z", "2026-11-22T24:00:00Z", "2026-11-22T12:60:00Z", "2026-11-22T12:00:60Z",
        "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-11-22T12:00:00.Z", "2026-11-22T12:00Z",
        "2026-11-22T12:00:00.0000000000Z", "2026-11-22T12:00:00-00:00", "2026-11-22T12:00:00+24:00",
        "2026-11-22T12:00:00+0100", "2026-11-22T12:00:00Z ", "+026-11-22T12:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２０２６-11-22T12:00:00Z",
    ])
    func `what is not RFC 3339 is refused`(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func `sums stop at the years that can be written`() {
        let last = Instant(milliseconds: .max)
        let first = Instant(milliseconds: .min)
        #expect(last.rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(first.rfc3339 == "0001-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: 1).adding(milliseconds: .max) == last)
        #expect(Instant(milliseconds: -1).adding(milliseconds: .min) == first)
        #expect(Instant(milliseconds: 0).adding(days: .max) == last)
        #expect(Instant(milliseconds: 0).adding(seconds: .min) == first)
    }

    @Test func `time passes by seconds, days and milliseconds`() {
        let start = Instant(milliseconds: 1_000)
        #expect(start.adding(seconds: 2).milliseconds == 3_000)
        #expect(start.adding(days: -1).milliseconds == 1_000 - 86_400_000)
        #expect(start.adding(milliseconds: 1) > start)
        #expect(start.adding(milliseconds: 1_999).seconds(since: start) == 1)
        #expect(start.seconds(since: start.adding(milliseconds: 1_999)) == -1)
    }
}
