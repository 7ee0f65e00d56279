package import Foundation

/// A folder that goes away with the test that made it.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("godkend-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A folder that is there already; it goes away all the same.
    package init(at path: String) { self.path = path }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func file(_ name: String) -> String { path + "/" + name }

    /// Every byte of every file in the folder: where a canary would be found.
    package func allBytes() throws -> [(name: String, bytes: Data)] {
        try FileManager.default.contentsOfDirectory(atPath: path).map { name in
            (name, try Data(contentsOf: URL(fileURLWithPath: file(name))))
        }
    }
}
