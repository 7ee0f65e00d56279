/// A value that prints as a mask: its text, its debug text and its mirror show nothing of what it holds.
///
/// A type adopts this by naming its mask; the three ways of printing then all give that mask.
package protocol Masked: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is printed instead of the value, in square brackets.
    static var mask: String { get }
}

extension Masked {
    package var description: String { Self.mask }
    package var debugDescription: String { Self.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A secret. Printing, interpolating, dumping or reflecting it shows `[redacted]`.
///
/// Two secrets made of bytes or text are compared in constant time.
package struct Redacted<Value: Sendable & Hashable>: Masked, Hashable, Sendable {
    package static var mask: String { "[redacted]" }

    private let value: Value

    package init(_ value: Value) {
        self.value = value
    }

    /// The secret itself. Whoever calls this answers for where it goes.
    package func exposed() -> Value {
        value
    }

    package static func == (left: Self, right: Self) -> Bool {
        if let left = left.value as? [UInt8], let right = right.value as? [UInt8] {
            return constantTimeEquals(left, right)
        }
        if let left = left.value as? String, let right = right.value as? String {
            return constantTimeEquals(left.utf8, right.utf8)
        }
        return left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(value)
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
///
/// The lengths themselves are not secret: a difference of length is answered at once.
package func constantTimeEquals(
    _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) {
        difference |= one ^ other
    }
    return difference == 0
}
