import Lifecycles
import Testing
import Vocabulary

private let noon = Instant(milliseconds: 1_795_348_800_000)

/// Fails so many times and gives the last effect.
private func fail(
    _ times: Int, _ count: inout AuthenticatorFailures, limit: Int = 5, at now: Instant
) -> FailureEffect? {
    var last: FailureEffect?
    for _ in 0..<times { last = count.fail(limit: limit, at: now) }
    return last
}

@Suite struct AuthenticatorFailuresTests {
    @Test(arguments: 1...5)
    func `SCA-10: the last failure that the limit allows suspends, the one before does not`(limit: Int) {
        var count = AuthenticatorFailures.none(at: noon)
        if limit > 1 { #expect(fail(limit - 1, &count, limit: limit, at: noon) == .counted(left: 1)) }
        #expect(
            fail(1, &count, limit: limit, at: noon)
                == .suspended(until: noon.adding(seconds: 900), isLast: false))
    }

    @Test func `SCA-10: while it rests nothing counts, and it rests to the millisecond`() {
        var count = AuthenticatorFailures.none(at: noon)
        _ = fail(5, &count, at: noon)
        let until = noon.adding(seconds: 900)
        #expect(count.restsUntil(at: until.adding(milliseconds: -1)) == until)
        #expect(count.restsUntil(at: until) == nil)
        #expect(fail(100, &count, at: until.adding(milliseconds: -1)) == .resting(until: until))
        #expect(fail(1, &count, at: until) == .counted(left: 4))
    }

    @Test func `SCA-10: failures are counted within fifteen minutes of the first`() {
        var inside = AuthenticatorFailures.none(at: noon)
        _ = fail(4, &inside, at: noon)
        var outside = inside
        let last = noon.adding(seconds: 900).adding(milliseconds: -1)
        #expect(
            fail(1, &inside, at: last) == .suspended(until: last.adding(seconds: 900), isLast: false))
        #expect(fail(1, &outside, at: noon.adding(seconds: 900)) == .counted(left: 4))
    }

    @Test func `SCA-10: each rest is twice as long, the third brings the alert, the next failure blocks`() {
        var count = AuthenticatorFailures.none(at: noon)
        var now = noon
        for (rest, isLast) in [(900, false), (1_800, false), (3_600, true)] {
            let until = now.adding(seconds: rest)
            #expect(fail(5, &count, at: now) == .suspended(until: until, isLast: isLast))
            now = until
        }
        #expect(fail(1, &count, at: now.adding(milliseconds: -1)) == .resting(until: now))
        #expect(fail(1, &count, at: now) == .blocked)
    }

    @Test(arguments: [
        (AuthenticatorKind.password, 5, 5), (.keyCard, 5, 5), (.app, 2, 2), (.codeToken, 5, 3),
        (.codeToken, 2, 2),
        (.password, 0, 1),
    ])
    func `SCA-10: a code token rests after three wrong codes whatever is configured`(
        kind: AuthenticatorKind, configured: Int, limit: Int
    ) {
        #expect(kind.failureLimit(configured: configured) == limit)
    }

    @Test(arguments: Factor.allCases)
    func `SCA-10: every factor has a kind of its own`(factor: Factor) {
        #expect(AuthenticatorKind(factor).factor == factor)
        #expect(AuthenticatorKind(factor).rawValue == factor.rawValue)
    }
}
