import Logging
import Proofs
import Records
import Synchronization
import Vocabulary

/// Signs the log's size and root when it has grown: never for a size that is not committed, and never for a
/// tree that does not continue the one signed before (LOG-ATOMIC).
package final class CheckpointSigner: Sendable {
    /// Shortest time between two checkpoints of the loop, in seconds.
    private static let pauseSeconds = 1

    private let key: LogKey
    private let store: any CheckpointStore
    private let ledger: Ledger
    private let log: PublishedLog
    private let clock: any Clock
    private let logger: Logger
    private let round = Mutex<Task<Void, Never>?>(nil)
    /// Whether the last round could not be finished.
    private let isBehind = Mutex(false)

    init(
        key: LogKey, store: any CheckpointStore, ledger: Ledger, log: PublishedLog, clock: any Clock,
        logger: Logger
    ) {
        self.key = key
        self.store = store
        self.ledger = ledger
        self.log = log
        self.clock = clock
        self.logger = logger
    }

    /// Looks at the log and signs it if it has grown; returns when what was signed is published. One round
    /// at a time: sizes only grow.
    package func signNow() async {
        let next = round.withLock { round in
            let before = round
            // A round that was begun is finished: its caller being cancelled does not tear it.
            let next = Task {
                await before?.value
                await self.sign()
            }
            round = next
            return next
        }
        await next.value
    }

    /// Signs at most every second until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            await signNow()
            try? await Task.sleep(for: .seconds(Self.pauseSeconds))
        }
    }

    private func sign() async {
        guard log.refusal == nil else { return }
        let last = log.last
        do {
            if log.signedAt != nil {
                // What this process signed was compared then. Most seconds bring nothing new.
                let size = try await ledger.read { db in try LogReading.size(in: db) }
                log.saw(size: size)
                if size == last?.size { return }
            }
            let tree = try await ledger.read { db in try CommittedTree.read(after: last?.size, in: db) }
            log.saw(size: tree.size)
            try check(tree, continues: last)
            // Signed again under a new name even when it has not grown.
            guard log.latest.map({ tree.size > $0.size }) ?? true else { return }
            let checkpoint = try Checkpoint(origin: key.name, size: tree.size, root: tree.root)
            let signed = try key.sign(checkpoint)
            try await store.append([UInt8](signed.text.utf8))
            log.publish(signed, at: clock.now())
            isBehind.withLock { $0 = false }
        } catch let refusal as LogRefusal {
            refuse(refusal)
        } catch is LedgerFault, is LogFlaw {
            refuse(.brokenTree)
        } catch {
            // The disk is full or gone, or the gateway goes down: the next round tries again.
            fallBehind(error)
        }
    }

    private func check(_ tree: CommittedTree, continues last: SignedCheckpoint?) throws(LogRefusal) {
        if let last {
            guard tree.size >= last.size else {
                throw .olderDatabase(signed: last.size, found: tree.size)
            }
            guard tree.earlierRoot == last.root else { throw .fork(size: last.size) }
        }
        guard tree.root == tree.edgeRoot else { throw .brokenTree }
    }

    private func fallBehind(_ error: any Error) {
        let wasBehind = isBehind.withLock { isBehind in
            defer { isBehind = true }
            return isBehind
        }
        if !wasBehind && error as? StorageFailure != .closed {
            logger.warning(
                "the decision log could not be signed yet", metadata: ["fault": "\(type(of: error))"])
        }
    }

    private func refuse(_ refusal: LogRefusal) {
        log.refuse(refusal)
        logger.error(
            "the decision log is not signed any more", metadata: ["problems": "\(refusal.explanation)"])
    }
}
