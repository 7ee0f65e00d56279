import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// Reads the merchants again at each SIGHUP, whole or not at all.
struct MerchantReload: Service {
    let folder: MerchantFolder
    /// Puts a new book in the place of the old one, with its leaf in the log.
    let replace: @Sendable ([Merchant]) async throws -> Void
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            await reload()
        }
    }

    /// Puts the folder's merchants in the book, or leaves the book and says why.
    @discardableResult
    func reload() async -> Bool {
        do {
            let (merchants, problems) = try folder.read()
            for problem in problems {
                logger.error("merchant file refused", metadata: ["problems": "\(problem)"])
            }
            guard problems.isEmpty else { return refuse() }
            try await replace(merchants)
            logger.notice("merchants read again", metadata: ["count": "\(merchants.count)"])
            return true
        } catch {
            logger.error(
                "merchants' folder refused", metadata: ["problems": "\(Explanation.sentence(for: error))"])
            return refuse()
        }
    }

    private func refuse() -> Bool {
        logger.error("merchants not read again, the old ones stay: run `godkend merchant check`")
        return false
    }
}
