import Foundation
import Records

extension Examination {
    /// The version of this program.
    static let version = "0.1.0"

    static func versions() -> [Finding] {
        [
            Finding("godkend", .good, version),
            sqlite(SQLiteVersion.linked),
            Finding("system", .good, ProcessInfo.processInfo.operatingSystemVersionString),
        ]
    }

    /// SQLite below 3.51.3 can corrupt a write-ahead log when two connections commit and checkpoint at once
    /// (https://www.sqlite.org/wal.html, section 11).
    static func sqlite(_ version: String) -> Finding {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        let isSafe = !parts.lexicographicallyPrecedes([3, 51, 3])
        return isSafe
            ? Finding("sqlite", .good, version)
            : Finding(
                "sqlite", .warning,
                """
                \(version) is below 3.51.3, which can corrupt a write-ahead log when two connections commit at \
                once: here one connection makes all commits and checkpoints, so let no other program write the file
                """)
    }
}
