package import Lifecycles
package import Vocabulary

/// What the writer needs from outside: the time, random identifiers, and how answers are written down and
/// sealed. All of it is handed in, so that a test can hold it still.
package struct LedgerContext: Sendable {
    package let now: @Sendable () -> Instant
    package let randomBytes: @Sendable (Int) -> [UInt8]
    package let answers: any AnswerWriter
    package let vault: any RecordVault

    package init(
        now: @escaping @Sendable () -> Instant, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        answers: any AnswerWriter, vault: any RecordVault
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.answers = answers
        self.vault = vault
    }

    package func makeID<Kind: IdentifierKind>(at now: Instant) -> Identifier<Kind> {
        let random = randomBytes(16)
        func word(_ range: Range<Int>) -> UInt64 { random[range].reduce(0) { $0 << 8 | UInt64($1) } }
        return Identifier(at: now, random: (word(0..<8), word(8..<16)))
    }
}

/// Seals what must not lie readable in the file: answers kept for their idempotency key, which hold a page's
/// secret address, and what a decision's rules looked at of a person.
package protocol RecordVault: Sendable {
    func seal(_ body: [UInt8], for key: StoredAnswerKey) throws -> [UInt8]
    func open(_ sealed: [UInt8], for key: StoredAnswerKey) throws -> [UInt8]
    func seal(inputs: [UInt8], of decision: DecisionID) throws -> [UInt8]
    func open(inputs sealed: [UInt8], of decision: DecisionID) throws -> [UInt8]
}
