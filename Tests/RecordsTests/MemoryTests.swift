import Foundation
import Testing

/// SQLite's memory runs out in the writer (REL-08). In a process of its own: SQLite takes another memory only
/// before its first use. `MemoryFaults COUNT STEP` by hand does more.
@Suite struct MemoryTests {
    @Test func `REL-08: an allocation that fails in the writer loses nothing and is got over`() throws {
        let process = Process()
        process.executableURL = try Self.program()
        process.arguments = ["40", "37"]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("80 lives"))
        print("MemoryFaults: \(text)")
    }

    /// The program that was built beside these tests.
    private static func program() throws -> URL {
        var folders = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
        folders += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let files = folders.map { $0.appendingPathComponent("MemoryFaults") }
        return try #require(files.first { FileManager.default.isExecutableFile(atPath: $0.path) })
    }
}
