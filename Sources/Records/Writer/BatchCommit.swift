import GRDB
import Vocabulary

/// One transaction for a batch of commands, a savepoint each (reliability rule 6).
///
/// Not Sendable: it lives on the writer's thread, from the first statement to the last reply.
final class BatchCommit {
    private let jobs: [any Job]
    private let context: LedgerContext
    private let time: ServerTime
    private var changed: Set<String> = []
    private var intents: [IntentID] = []
    private var spentTokens: [CardTokenID] = []
    /// Whose rows were compared with the log: for the length of a transaction nobody else writes.
    private var witnessed: Set<String> = []

    init(jobs: [any Job], context: LedgerContext, time: ServerTime) {
        self.jobs = jobs
        self.context = context
        self.time = time
    }

    /// Runs all and commits. A command that throws takes back only itself; a storage error takes back the
    /// batch.
    ///
    /// - Returns: true when the commit's outcome is unknown, so that the file must be opened again.
    func run(on pool: DatabasePool) -> Bool {
        var isCommitting = false
        do {
            try pool.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                do {
                    for job in jobs { try perform(job, in: db) }
                } catch {
                    try? db.rollback()
                    throw error
                }
                isCommitting = true
                do {
                    try db.commit()
                } catch {
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
            }
            return false
        } catch {
            let failure =
                (error as? DatabaseError).map { StorageFailure($0, during: isCommitting) } ?? .unavailable
            for job in jobs { job.fail(failure) }
            (changed, intents, spentTokens) = ([], [], [])
            return failure == .outcomeUnknown
        }
    }

    /// Replies, then wakes whoever waits for what changed.
    func finish(telling hub: ChangeHub) {
        for job in jobs { job.reply() }
        hub.publish(changed: changed, intents: intents, spentTokens: spentTokens)
    }

    private func perform(_ job: any Job, in db: Database) throws {
        let transaction = Transaction(db: db, time: time, context: context, witnessed: witnessed)
        do {
            try db.inSavepoint {
                try job.run(in: transaction)
                try transaction.writeLeaves()
                return .commit
            }
            witnessed = transaction.witnessed
            changed.formUnion(transaction.changed)
            intents.append(contentsOf: transaction.intents)
            spentTokens.append(contentsOf: transaction.spentTokens)
        } catch let error as DatabaseError where error.isStorageError {
            throw error
        } catch {
            job.fail(error)
        }
    }
}

extension DatabaseError {
    /// The file or the disk failed, as opposed to a rule of the schema that refused one command.
    var isStorageError: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_NOMEM,
            .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_LOCKED:
            true
        default: false
        }
    }
}
