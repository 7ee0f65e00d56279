import Foundation
import Vocabulary

extension Examination {
    /// The state folder: database, lock, keys and their modes.
    static func state(_ folder: StateFolder, environment: [String: String]) -> [Finding] {
        do {
            try folder.mustExist()
        } catch {
            return [Finding("state", .warning, Explanation.sentence(for: error))]
        }
        return [folderMode(folder), database(folder), server(folder), keys(folder, environment: environment)]
    }

    private static func folderMode(_ folder: StateFolder) -> Finding {
        let mode = permissions(folder.path)
        return mode & 0o077 == 0
            ? Finding("state", .good, "\(folder.path), for its owner only")
            : Finding("state", .warning, "\(folder.path) has mode \(PrivateFile.octal(mode)): run chmod 700")
    }

    private static func database(_ folder: StateFolder) -> Finding {
        do {
            try folder.mustHaveItsDatabase()
        } catch {
            return Finding("database", .bad, Explanation.sentence(for: error))
        }
        guard let size = bytes(folder.database) else {
            return Finding("database", .warning, "there is none yet: the first start makes it")
        }
        let log = bytes(folder.database + "-wal") ?? 0
        guard permissions(folder.database) & 0o077 == 0 else {
            return Finding("database", .bad, "others can read \(folder.database): run chmod 600")
        }
        return Finding("database", .good, "\(size / 1_024) KiB, write-ahead log \(log / 1_024) KiB")
    }

    private static func server(_ folder: StateFolder) -> Finding {
        do {
            let isFree = try StateLock.attempt(folder) != nil
            return Finding("server", .good, isFree ? "none runs on this state" : "one runs on this state")
        } catch {
            return Finding("server", .bad, Explanation.sentence(for: error))
        }
    }

    private static func keys(_ folder: StateFolder, environment: [String: String]) -> Finding {
        do {
            let keys = try ServerKeys(folder: folder, environment: environment)
            if let wrong = try keys.wrongKeys(in: folder) {
                return Finding(
                    "keys", .bad, ServerKeys.explanation(of: wrong, folder: folder, environment: environment))
            }
            let isGiven = environment[ServerKeys.masterVariable] != nil
            return Finding(
                "keys", .good, "master key from \(isGiven ? "the environment" : "its file"), receipt key read"
            )
        } catch {
            return Finding("keys", .bad, Explanation.sentence(for: error))
        }
    }

    /// When the database was last changed.
    static func lastWrite(_ folder: StateFolder) -> Instant? {
        let dates = [folder.database, folder.database + "-wal"].compactMap { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return attributes?[.modificationDate] as? Date
        }
        return dates.max().map { Instant(milliseconds: Int64($0.timeIntervalSince1970 * 1_000)) }
    }

    private static func permissions(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    private static func bytes(_ path: String) -> Int64? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value
    }
}
