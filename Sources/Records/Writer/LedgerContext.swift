package import Lifecycles
package import Vocabulary

/// What the writer needs from outside: the time, random identifiers, and how answers are written down and
/// sealed. All of it is handed in, so that a test can hold it still.
package struct LedgerContext: Sendable {
    /// Never goes back.
    package let time: @Sendable () -> ServerTime
    package let randomBytes: @Sendable (Int) -> [UInt8]
    package let answers: any AnswerWriter
    package let vault: any RecordVault
    private let identifiers = IdentifierCounter()

    package init(
        time: @escaping @Sendable () -> ServerTime, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        answers: any AnswerWriter, vault: any RecordVault
    ) {
        self.time = time
        self.randomBytes = randomBytes
        self.answers = answers
        self.vault = vault
    }

    /// An identifier greater than all that were made here before. Only the writer makes them here, one
    /// command after the other, so that their order is that of the commits.
    package func makeID<Kind: IdentifierKind>(at now: Instant) -> Identifier<Kind> {
        identifiers.next(at: now, random: identifierRandom(randomBytes(16)))
    }

    func begin(after origin: LedgerOrigin) { identifiers.begin(after: origin.identifiers) }
}

/// Seals what must not lie readable in the file: answers kept for their idempotency key, which hold a page's
/// secret address, and what a decision's rules looked at of a person.
package protocol RecordVault: Sendable {
    func seal(_ body: [UInt8], for key: StoredAnswerKey) throws -> [UInt8]
    func open(_ sealed: [UInt8], for key: StoredAnswerKey) throws -> [UInt8]
    func seal(inputs: [UInt8], of decision: DecisionID) throws -> [UInt8]
    func open(inputs sealed: [UInt8], of decision: DecisionID) throws -> [UInt8]
}
