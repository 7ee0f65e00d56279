package import Logging
package import Proofs
package import Records
package import Vocabulary

/// The running gateway: everything an operation works with, made once at the composition root.
///
/// The operations are methods in extensions, one file each; read them in the order of the folders to follow
/// a payment.
package final class Gateway: Sendable {
    package let ledger: Ledger
    package let settings: Settings
    package let merchants: MerchantBook
    package let clock: SteadyClock
    package let entropy: any Entropy
    package let keys: KeyRing
    package let receiptKeys: ReceiptKeys
    /// What is published of the decision log.
    package let log: PublishedLog
    package let checkpointSigner: CheckpointSigner
    package let acquirer: any Acquirer
    package let nonces: NonceIssuer
    package let passwords: PasswordWorkers
    package let trust: any TrustSource
    package let deviceDoor: DeviceDoor
    package let presenter: any ConfirmationPresenter
    package let vault: any RecordVault
    package let logger: Logger
    /// Card verification codes, in memory only (PAN-2).
    let verificationCodes = VerificationCodes()
    let pollGate = PollGate()
    /// For what is named before the writer has it; the writer counts its own.
    private let identifiers = IdentifierCounter()
    let robot = RobotQueue()
    /// Whether the acquirer is asked at all at the moment.
    let acquirerGate = AcquirerGate()
    let diskWatch = DiskWatch()
    /// Told by all drivers together: a disk that fails is one trouble, however many intents wait for it.
    let recordingTrouble: Complaint

    /// Opens the database and takes up what a former run left open once `run()` is called.
    package init(_ parts: GatewayParts) throws {
        settings = parts.settings
        merchants = parts.merchants
        clock = parts.clock
        entropy = parts.entropy
        keys = parts.keys
        receiptKeys = parts.receiptKeys
        acquirer = parts.acquirer
        passwords = parts.passwords
        trust = parts.trust
        deviceDoor = DeviceDoor()
        presenter = KeyPresenter(keys: parts.keys, publicURL: parts.settings.publicURL)
        vault = SealedVault(keys: parts.keys)
        logger = parts.logger
        recordingTrouble = Complaint("an acquirer result could not be recorded yet", logger: parts.logger)
        // Nonces of a former run are worthless on purpose: the key lives as long as the process.
        nonces = NonceIssuer(key: parts.entropy.bytes(32), lifetimeSeconds: Self.nonceSeconds)
        let (clock, entropy) = (parts.clock, parts.entropy)
        ledger = try Ledger(
            path: parts.databasePath, isLive: parts.settings.isLive,
            context: LedgerContext(
                time: { clock.time() }, randomBytes: { entropy.bytes($0) }, answers: parts.answers(presenter),
                vault: vault))
        clock.begin(after: ledger.newestAtStart)
        identifiers.begin(after: ledger.identifiersAtStart)
        let verificationKey = parts.logKey.verificationKey
        log = PublishedLog(
            key: verificationKey,
            last: Result { () throws(LogRefusal) in
                try LastCheckpoint.read(from: parts.checkpoints, key: verificationKey)
            })
        checkpointSigner = CheckpointSigner(
            key: parts.logKey, store: parts.checkpoints, ledger: ledger, log: log, clock: parts.clock,
            logger: parts.logger)
    }

    /// Milliseconds that the oldest waiting command has waited for the writer.
    package func queueAgeMilliseconds() -> Int {
        Int(ledger.queueAge / .milliseconds(1))
    }

    /// A fresh id for `Request-Id`.
    package func newRequestID() -> RequestID { newID() }

    /// A fresh id, greater than all that were made here before.
    func newID<Kind: IdentifierKind>() -> Identifier<Kind> {
        identifiers.next(at: clock.now(), random: identifierRandom(entropy.bytes(16)))
    }

    /// Whether the gateway can take traffic, and if not, why.
    package func health() async -> Health {
        var problems: [String] = []
        do {
            _ = try await ledger.read { db in try Liveness.check(db) }
        } catch {
            problems.append("The database cannot be read.")
        }
        if let problem = ledger.standing.problem { problems.append(problem) }
        if let refusal = log.refusal { problems.append(refusal.explanation) }
        return Health(problems: problems, warnings: [clock.standing.warning].compactMap { $0 })
    }

    /// Ends every wait, finishes what is in the writer's queue and closes the file.
    package func close() async {
        ledger.changes.close()
        await ledger.close()
    }
}

/// Whether the gateway can take traffic.
package struct Health: Sendable, Hashable {
    package let problems: [String]
    /// What somebody should look at although traffic is served well.
    package let warnings: [String]
    package var isReady: Bool { problems.isEmpty }
}
