package import Lifecycles
package import Logging
package import Proofs

/// What a gateway is made of; `main` and the tests fill it in alike.
package struct GatewayParts: Sendable {
    package var databasePath: String
    package var settings: Settings
    package var merchants: MerchantBook
    package var clock: SteadyClock
    package var entropy: any Entropy
    package var keys: KeyRing
    package var receiptKeys: ReceiptKeys
    /// Signs the checkpoints of the decision log; its name is `settings.logOrigin`.
    package var logKey: LogKey
    package var checkpoints: any CheckpointStore
    package var acquirer: any Acquirer
    package var passwords: PasswordWorkers
    /// Whom to believe about prescriptions and pharmacies.
    package var trust: any TrustSource
    /// Makes the writer of answers; it shows a pending confirmation's match code and page address.
    package var answers: @Sendable (any ConfirmationPresenter) -> any AnswerWriter
    package var logger: Logger

    package init(
        databasePath: String, settings: Settings, merchants: MerchantBook, clock: SteadyClock,
        entropy: any Entropy, keys: KeyRing, receiptKeys: ReceiptKeys, logKey: LogKey,
        checkpoints: any CheckpointStore, acquirer: any Acquirer,
        passwords: PasswordWorkers = PasswordWorkers(), trust: any TrustSource = EmptyTrust(),
        answers: @escaping @Sendable (any ConfirmationPresenter) -> any AnswerWriter, logger: Logger
    ) {
        self.databasePath = databasePath
        self.settings = settings
        self.merchants = merchants
        self.clock = clock
        self.entropy = entropy
        self.keys = keys
        self.receiptKeys = receiptKeys
        self.logKey = logKey
        self.checkpoints = checkpoints
        self.acquirer = acquirer
        self.passwords = passwords
        self.trust = trust
        self.answers = answers
        self.logger = logger
    }
}

/// The key that signs receipts, and those that did: all are published.
package struct ReceiptKeys: Sendable {
    package let current: SigningKey
    package let retired: [DeviceKey]

    package init(current: SigningKey, retired: [DeviceKey] = []) {
        self.current = current
        self.retired = retired
    }

    package var all: [DeviceKey] { [current.publicKey] + retired }
}
