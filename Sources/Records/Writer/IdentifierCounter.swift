package import Vocabulary
import Synchronization

/// One sequence of identifiers for whoever shares it.
package final class IdentifierCounter: Sendable {
    private let sequence = Mutex(IdentifierSequence())

    package init() {}

    package func begin(after texts: [String]) {
        sequence.withLock { sequence in texts.forEach { sequence.begin(after: $0) } }
    }

    package func next<Kind: IdentifierKind>(
        at now: Instant, random: (UInt64, UInt64)
    ) -> Identifier<Kind> {
        sequence.withLock { $0.next(at: now, random: random) }
    }
}
