import Foundation
import Operations
import Proofs
import Records

extension ServerKeys {
    /// Which of these keys are not those of the folder's database; nil when all are, or when the database has
    /// no check values yet.
    func wrongKeys(in folder: StateFolder) throws -> WrongKeys? {
        guard FileManager.default.fileExists(atPath: folder.database),
            let stored = try KeyChecks.all(ofFile: folder.database)
        else { return nil }
        let log = try? logKey(origin: "log").verificationKey.publicKey
        do {
            _ = try ServerKeyCheck(ring: ring, receipts: receipts, log: log).unwritten(stored)
            return nil
        } catch {
            return error
        }
    }

    /// Which key is wrong, where it came from, and what to do.
    static func explanation(
        of wrong: WrongKeys, folder: StateFolder, environment: [String: String]
    ) -> String {
        let places = ServerKey.allCases.filter { wrong.keys.contains($0) }.map { key in
            let (file, variable) = place(of: key, in: folder)
            return environment[variable] == nil ? file : variable
        }
        let names = places.joined(separator: " and ")
        let verb = places.count == 1 ? "is not the key" : "are not the keys"
        let advice =
            wrong.keys.contains(.receipt)
            ? " A receipt key that was changed on purpose needs the public half of the old one in \(folder.retiredReceiptKeys)."
            : ""
        return "\(names) \(verb) of the database \(folder.database): put the right one back.\(advice)"
    }

    private static func place(of key: ServerKey, in folder: StateFolder) -> (file: String, variable: String) {
        switch key {
        case .master: (folder.masterKey, masterVariable)
        case .receipt: (folder.receiptKey, receiptVariable)
        case .log: (folder.logKey, logVariable)
        }
    }
}
