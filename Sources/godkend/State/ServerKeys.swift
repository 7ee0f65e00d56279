import Foundation
import Notation
import Operations
import Proofs
import Records

/// The keys of one server, from its state folder or the environment; never from the database.
struct ServerKeys {
    let ring: KeyRing
    let receipts: ReceiptKeys
    private let folder: StateFolder
    private let environment: [String: String]

    static let masterVariable = "GODKEND_MASTER_KEY"
    static let receiptVariable = "GODKEND_RECEIPT_KEY"
    static let logVariable = "GODKEND_LOG_KEY"

    /// Reads the keys and refuses files that others can read.
    init(folder: StateFolder, environment: [String: String]) throws {
        let master = try Self.bytes(
            file: folder.masterKey, variable: Self.masterVariable, environment: environment)
        let scalar = try Self.bytes(
            file: folder.receiptKey, variable: Self.receiptVariable, environment: environment)
        (self.folder, self.environment) = (folder, environment)
        ring = try KeyRing(master: master)
        do {
            receipts = ReceiptKeys(current: try SigningKey(raw: scalar), retired: try Self.retired(folder))
        } catch is ProofRefusal {
            throw CommandFailure("\(folder.receiptKey) is no P-256 key: put the right file back.")
        }
    }

    /// The key that signs the log of this name.
    func logKey(origin: String) throws -> LogKey {
        let raw = try Self.bytes(
            file: folder.logKey, variable: Self.logVariable, environment: environment)
        do {
            return try LogKey(raw: raw, name: origin)
        } catch {
            throw CommandFailure("log.origin cannot be the name of the log: \(error.explanation)")
        }
    }

    /// Makes the key of the log for a state folder from before there was one.
    ///
    /// - Returns: whether one was made. With checkpoints in the folder a key is missing, not new.
    static func makeLogKey(folder: StateFolder, environment: [String: String]) throws -> Bool {
        let files = FileManager.default
        guard environment[logVariable] == nil, !files.fileExists(atPath: folder.logKey),
            files.fileExists(atPath: folder.database)
        else { return false }
        guard !files.fileExists(atPath: folder.checkpoints) else {
            throw CommandFailure(
                "\(folder.checkpoints) is there but \(folder.logKey) is not: put the key file back, no new one fits."
            )
        }
        // A database that is none, or from before there were check values, has seen no key of the log.
        guard (try? KeyChecks.all(ofFile: folder.database))?[ServerKey.log.rawValue] == nil else {
            throw CommandFailure(
                "\(folder.database) was made with a \(folder.logKey), which is missing: put the key file back."
            )
        }
        try PrivateFile.write(try LogKey(name: "new").raw, to: folder.logKey)
        return true
    }

    /// Makes the key files that are not there; those that are stay as they are.
    ///
    /// A database without its keys is refused: new ones could not open what the old ones sealed.
    static func make(folder: StateFolder, environment: [String: String], random: (Int) -> [UInt8]) throws {
        let files = FileManager.default
        for (file, variable) in [
            (folder.masterKey, masterVariable), (folder.receiptKey, receiptVariable),
        ] where environment[variable] == nil && !files.fileExists(atPath: file) {
            guard !files.fileExists(atPath: folder.database) else {
                throw CommandFailure(
                    "\(folder.database) is there but \(file) is not: put the key file back, no new one fits.")
            }
            let bytes = file == folder.masterKey ? random(32) : try SigningKey().raw
            try PrivateFile.write(bytes, to: file)
        }
        let isNew = environment[logVariable] == nil && !files.fileExists(atPath: folder.logKey)
        if isNew && !files.fileExists(atPath: folder.database) {
            try PrivateFile.write(try LogKey(name: "new").raw, to: folder.logKey)
        }
    }

    /// Public keys that signed receipts before: x and y of each in hexadecimal, one a line. They stay
    /// published.
    private static func retired(_ folder: StateFolder) throws -> [DeviceKey] {
        guard let data = FileManager.default.contents(atPath: folder.retiredReceiptKeys) else { return [] }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return try lines.enumerated().map { index, line in
            guard let key = try? DeviceKey(raw64: Hex.decode(line) ?? []) else {
                throw CommandFailure(
                    "\(folder.retiredReceiptKeys):\(index + 1): write 128 hexadecimal digits, x and y of a P-256 key."
                )
            }
            return key
        }
    }

    private static func bytes(
        file: String, variable: String, environment: [String: String]
    ) throws -> [UInt8] {
        if let text = environment[variable] {
            guard let bytes = Base64.decode(text) ?? Base64URL.decode(text), bytes.count == 32 else {
                throw CommandFailure("\(variable) must be 32 bytes in base64.")
            }
            return bytes
        }
        let bytes = try PrivateFile.read(file)
        guard bytes.count == 32 else {
            throw CommandFailure("\(file) must have 32 bytes, not \(bytes.count): put the right file back.")
        }
        return bytes
    }
}
