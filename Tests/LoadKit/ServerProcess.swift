package import Foundation
import Synchronization

/// A real `godkend serve` in a folder of its own. It may be killed and started again on the same state and
/// port.
package final class ServerProcess: Sendable {
    package let binary: URL
    package let folder: URL
    private let trust: String?
    private let settings: [String]
    private let environment: [String: String]
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let process: Process
        let base: String
        let ended: AsyncStream<Int32>
    }

    /// Nothing is started yet. `trust` is a trust folder; `settings` are `key=value`; `environment` is added
    /// to this process's own.
    package init(
        binary: URL, folder: URL, trust: String? = nil, settings: [String] = [],
        environment: [String: String] = [:]
    ) {
        self.binary = binary
        self.folder = folder
        self.trust = trust
        self.settings = settings
        self.environment = environment
    }

    package var state: String { folder.appendingPathComponent("state").path }
    package var merchants: String { folder.appendingPathComponent("Merchants").path }
    package var database: String { state + "/godkend.sqlite" }
    package var books: String { state + "/sandbox-acquirer.jsonl" }
    private var log: URL { folder.appendingPathComponent("stderr.log") }

    /// `http://127.0.0.1:PORT` of the running process.
    package var base: String { running.withLock { $0?.base ?? "" } }

    package var processID: Int32 { running.withLock { $0?.process.processIdentifier ?? 0 } }

    /// Starts and returns when the server has said that it is ready.
    package func start() async throws {
        let port = base.split(separator: ":").last.map(String.init) ?? "0"
        let process = Process()
        process.executableURL = binary
        process.currentDirectoryURL = folder
        process.arguments =
            [
                "serve", "--init", "--state", state, "--merchants", merchants, "--host", "127.0.0.1",
                "--port", port,
            ]
            + ["--log-level", "warning"] + (trust.map { ["--trust", $0] } ?? [])
            + settings.flatMap { ["--set", $0] }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if !FileManager.default.fileExists(atPath: log.path) {
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        }
        let errors = try FileHandle(forWritingTo: log)
        _ = try errors.seekToEnd()
        process.standardError = errors
        let output = Pipe()
        process.standardOutput = output
        let (ended, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        guard let base = await ReadyLine.address(output.fileHandleForReading) else {
            throw LoadFailure("the server did not start; its log ends: \(logTail)")
        }
        running.withLock { $0 = Running(process: process, base: base, ended: ended) }
    }

    /// Ends the process by a signal and waits until it is gone. Gives its exit status, or the signal's
    /// number.
    @discardableResult
    package func stop(_ signal: Int32) async -> Int32 {
        guard let running = running.withLock({ $0 }) else { return 0 }
        kill(running.process.processIdentifier, signal)
        for await status in running.ended { return status }
        return running.process.terminationStatus
    }

    /// The last lines of the log.
    package var logTail: String {
        let data = (try? Data(contentsOf: log)) ?? Data()
        return String(decoding: data.suffix(1_500), as: UTF8.self)
    }
}
