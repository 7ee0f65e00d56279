/// The kind of object an identifier names, so that one kind cannot be taken for another.
package protocol IdentifierKind: Sendable {
    /// The letters before the underscore: `auth` for an authorization.
    static var prefix: String { get }
}

/// A time-ordered name of one object: its kind's prefix, an underscore, and a UUID of version 7.
///
/// The UUID (RFC 9562 section 5.7) is written as 26 upper-case digits of Crockford's base 32. Identifiers of
/// one kind sort by the millisecond in which they were made; those of one `IdentifierSequence` sort in the
/// order in which they were made.
package struct Identifier<Kind: IdentifierKind>: Comparable, Hashable, Sendable,
    CustomStringConvertible, LosslessStringConvertible
{
    /// The two halves of the UUID, the most significant first.
    private let high: UInt64
    private let low: UInt64

    /// Reads the one canonical text of an identifier.
    ///
    /// Refused: another prefix, lower case, other digits, a first digit above 7 (it would not fit into 128
    /// bits), another UUID version than 7 or variant than binary 10.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let prefix = Array(Kind.prefix.utf8) + [UInt8(ascii: "_")]
        guard bytes.starts(with: prefix), let value = base32Value(of: bytes.dropFirst(prefix.count)),
            value.high >> 12 & 0xF == 7, value.low >> 62 == 0b10
        else { return nil }
        (high, low) = value
    }

    /// Makes an identifier of a moment and 128 random bits, of which 74 are used.
    ///
    /// A moment before 1970 counts as its first millisecond.
    package init(at instant: Instant, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(max(0, instant.milliseconds))
        high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 >> 2
    }

    /// Makes an identifier of its first half, as a sequence counts it, and 62 of 64 random bits.
    init(firstHalf: UInt64, random: UInt64) {
        high = firstHalf
        low = 0x8000_0000_0000_0000 | random >> 2
    }

    /// The canonical text, for example `auth_01JD…`.
    package var text: String {
        Kind.prefix + "_" + base32Text(high: high, low: low)
    }

    package var description: String { text }

    /// The millisecond in which the identifier was made.
    package var instant: Instant {
        Instant(milliseconds: Int64(high >> 16))
    }

    /// The sixteen bytes of the UUID in network order.
    package var uuidBytes: [UInt8] {
        [high, low].flatMap { half in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// The first half of an identifier's UUID, whatever its kind; nil for what is no identifier.
func identifierFirstHalf(of text: String) -> UInt64? {
    guard let value = base32Value(of: text.utf8.suffix(26)[...]), value.high >> 12 & 0xF == 7,
        value.low >> 62 == 0b10
    else { return nil }
    return value.high
}

/// The two words that an identifier takes its chance from, of 16 random bytes.
package func identifierRandom(_ bytes: [UInt8]) -> (UInt64, UInt64) {
    func word(_ half: ArraySlice<UInt8>) -> UInt64 { half.reduce(0) { $0 << 8 | UInt64($1) } }
    return (word(bytes[..<8]), word(bytes[8..<16]))
}
