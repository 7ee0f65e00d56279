import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Ends the process when a shutdown takes too long: a disk that hangs, or a connection that never closes,
/// holds nobody for ever. What is acknowledged is durable by then; the rest is taken up at the next start,
/// as after a crash.
final class ShutdownLimit: Service {
    /// Longer than any ordered shutdown takes.
    static let seconds = 30

    private let logger: Logger
    private let isOver = Mutex(false)

    init(logger: Logger) { self.logger = logger }

    /// Begins to count when the shutdown begins.
    func run() async throws {
        try? await gracefulShutdown()
        // Not a task: the threads of tasks may all be waiting for the disk.
        DispatchQueue(label: "godkend.shutdown").asyncAfter(deadline: .now() + .seconds(Self.seconds)) {
            guard !self.isOver.withLock({ $0 }) else { return }
            self.logger.critical(
                "the shutdown took too long and was cut off", metadata: ["count": "\(Self.seconds)"])
            _exit(1)
        }
    }

    /// The shutdown is over.
    func settle() { isOver.withLock { $0 = true } }
}
