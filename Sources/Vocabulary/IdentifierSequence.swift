/// Makes identifiers that never go back: each is greater than the one before, whatever the clock does.
///
/// The twelve bits after the version are a counter (RFC 9562 section 6.2, method 1). Each millisecond begins
/// it anew in its lower half, at random; a millisecond whose counter is used up borrows the next one. When
/// the clock goes back, the last millisecond is counted on. 62 random bits remain.
package struct IdentifierSequence: Sendable {
    /// The first half of the last identifier: 48 bits of milliseconds, the version, the counter.
    private var last: UInt64 = 0

    package init() {}

    /// Goes on after an identifier that was made before; other texts say nothing.
    package mutating func begin(after text: String) {
        guard let half = identifierFirstHalf(of: text) else { return }
        last = max(last, half)
    }

    package mutating func next<Kind: IdentifierKind>(
        at instant: Instant, random: (UInt64, UInt64)
    ) -> Identifier<Kind> {
        let fresh = UInt64(max(0, instant.milliseconds)) << 16 | 0x7000
        let begin = random.0 & 0x07FF
        if fresh > last | 0x0FFF {
            last = fresh | begin
        } else if last & 0x0FFF < 0x0FFF {
            last += 1
        } else {
            last = ((last >> 16) + 1) << 16 | 0x7000 | begin
        }
        return Identifier(firstHalf: last, random: random.1)
    }
}
