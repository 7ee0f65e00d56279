import Foundation

/// The folder that holds everything one server keeps: database, keys, lock, control socket, books.
struct StateFolder {
    let path: String

    init(_ path: String) {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        self.path = URL(fileURLWithPath: whole).standardizedFileURL.path
    }

    var database: String { path + "/godkend.sqlite" }
    var masterKey: String { path + "/master.key" }
    var receiptKey: String { path + "/receipt.key" }
    var retiredReceiptKeys: String { path + "/receipt-retired.txt" }
    var logKey: String { path + "/log.key" }
    var lock: String { path + "/lock" }
    var controlSocket: String { path + "/control.sock" }
    var checkpoints: String { path + "/checkpoints.log" }
    var trust: String { path + "/trust" }
    var acquirerBooks: String { path + "/sandbox-acquirer.jsonl" }

    /// Makes the folder for its owner alone, unless it is there.
    func make() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("Cannot make the folder \(path): choose another one with --state.")
        }
    }

    /// Refuses a state folder that is not there.
    func mustExist() throws {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else {
            throw CommandFailure(
                "There is no state folder \(path): make one with `godkend serve --init --state DIR`.")
        }
    }

    /// Refuses to make a new database where one was lost: its log was signed, so there was one.
    func mustHaveItsDatabase() throws {
        guard Self.size(checkpoints) > 0, Self.size(database) == 0 else { return }
        throw CommandFailure(
            """
            \(checkpoints) is there but \(database) is missing or empty: put the database back, or take another \
            --state. No new one is made in its place.
            """)
    }

    /// In bytes; 0 when there is no such file.
    private static func size(_ path: String) -> Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }
}
