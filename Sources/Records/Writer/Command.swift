package import GRDB
package import Vocabulary

/// One change, as a value. It runs inside a savepoint of the writer's transaction: if it throws, nothing of
/// it stays.
package protocol Command: Sendable {
    associatedtype Outcome: Sendable
    func run(in transaction: Transaction) throws -> Outcome
}

/// What a command works with: the connection, one time for the whole command, and what must be told after
/// commit.
package final class Transaction {
    package let db: Database
    /// The server's time; never earlier than that of the transaction before.
    package let time: ServerTime
    /// What its calendar shows. For a lifetime ask `time.now(for:)`.
    package let now: Instant
    package let context: LedgerContext
    /// Objects that changed, by id; whoever waits for one is woken after the commit.
    private(set) var changed: Set<String> = []
    /// Acquirer intents that were recorded; the driver takes them up after the commit.
    private(set) var intents: [IntentID] = []
    /// Tokens that have done their work; their verification codes are forgotten after the commit.
    private(set) var spentTokens: [CardTokenID] = []
    /// In whose name the command runs: an `opr_…`, or `local`; stands in each of its leaves.
    var actor: String?
    /// Leaves of the decision log that the command has asked for; written when it has run.
    var pendingLeaves: [PendingLeaf] = []
    /// Whose rows were compared with the log, by this command or by those of its batch before it.
    var witnessed: Set<String>

    init(db: Database, time: ServerTime, context: LedgerContext, witnessed: Set<String>) {
        self.db = db
        self.time = time
        now = time.now
        self.context = context
        self.witnessed = witnessed
    }

    package func makeID<Kind: IdentifierKind>() -> Identifier<Kind> { context.makeID(at: now) }

    package func noteChange(of id: String) { changed.insert(id) }

    package func noteIntent(_ id: IntentID) { intents.append(id) }

    package func noteSpent(_ token: CardTokenID) { spentTokens.append(token) }
}
