package import Vocabulary

/// The server's time: the only one that decides anything (SCA-25). In a running server it is `SteadyClock`.
package protocol Clock: Sendable {
    func now() -> Instant
}

/// Random bytes fit for keys, from the operating system.
package protocol Entropy: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}

extension Entropy {
    /// A fresh time-ordered identifier.
    package func identifier<Kind: IdentifierKind>(at now: Instant) -> Identifier<Kind> {
        Identifier(at: now, random: identifierRandom(bytes(16)))
    }
}
