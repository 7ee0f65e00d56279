import Foundation
import LoadKit

/// The echo as a process of its own, made from this very program.
final class EchoProcess: Sendable {
    private let process: Process
    /// Nothing is written to it: it ends when this program does, and the echo with it.
    private let lifeline = Pipe()
    let base: String

    init() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["echo-server"]
        process.standardInput = lifeline
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        guard let base = await ReadyLine.address(output.fileHandleForReading) else {
            throw LoadFailure("the echo did not start")
        }
        self.process = process
        self.base = base
    }

    var processID: Int32 { process.processIdentifier }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
