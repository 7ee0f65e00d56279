import GRDB
import Vocabulary

/// The proof that a transaction was committed and synced into files that are ours. Only `BatchCommit` makes
/// one, and no caller is told of success without it.
struct DurableCommit {
    fileprivate init() {}
}

/// How a batch ended.
enum BatchEnd {
    case durable(DurableCommit)
    /// Nothing of it is acknowledged. `isSound`: the files may be used on as they are.
    case failed(StorageFailure, isSound: Bool)
    /// The files are not ours any more.
    case foreign(FileFault)
}

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
    func run(on files: DatabaseFiles) -> BatchEnd {
        var (isCommitting, isLeftOpen) = (false, false)
        do {
            try files.mustBeOurs()
            try files.pool.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                do {
                    for job in jobs { try perform(job, in: db) }
                    isCommitting = true
                    try db.commit()
                } catch {
                    if db.isInsideTransaction { try? db.rollback() }
                    isLeftOpen = db.isInsideTransaction
                    throw error
                }
            }
            try files.mustBeOurs()
            files.renewWatch()
            return .durable(DurableCommit())
        } catch let fault as FileFault {
            return .foreign(fault)
        } catch let error as DatabaseError {
            let failure = StorageFailure(error, during: isCommitting)
            let leavesSound = failure == .full || (!isCommitting && error.leavesFilesSound)
            return .failed(failure, isSound: leavesSound && !isLeftOpen)
        } catch {
            return .failed(isCommitting ? .outcomeUnknown : .unavailable, isSound: false)
        }
    }

    /// Replies, then wakes whoever waits for what changed.
    func finish(_ commit: DurableCommit, telling hub: ChangeHub) {
        for job in jobs { job.answer(after: commit) }
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
        // SQLite takes back the whole transaction after some failures, whatever the command made of them.
        guard db.isInsideTransaction else { throw DatabaseError(resultCode: .SQLITE_IOERR) }
    }
}

extension DatabaseError {
    /// The file, the disk or the memory failed, as opposed to a rule of the schema that refused one command.
    var isStorageError: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_NOMEM,
            .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_PERM, .SQLITE_MISUSE:
            true
        default: false
        }
    }

    /// A storage error before the commit that says nothing about the files.
    fileprivate var leavesFilesSound: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_BUSY, .SQLITE_LOCKED: true
        default: false
        }
    }

    /// A reader's failure that is the file's or the memory's, not the question's.
    var isReadFailure: Bool { isStorageError && resultCode != .SQLITE_READONLY }

    /// A reader's failure after which its connections are opened anew: that may mend it.
    var asksForReopening: Bool { isReadFailure && !leavesFilesSound && resultCode != .SQLITE_CORRUPT }
}
