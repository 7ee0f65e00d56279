package import Proofs
import Records

/// The keys that a server is started with.
package enum ServerKey: String, Sendable, CaseIterable {
    /// Everything that is sealed or fingerprinted.
    case master
    case receipt
    case log
}

/// Keys that are not those of the database.
package struct WrongKeys: Error, Sendable, Hashable {
    package let keys: Set<ServerKey>
}

/// Compares the keys in use with the check values in the database.
package struct ServerKeyCheck: Sendable {
    private static let masterText = [UInt8]("godkend master key".utf8)

    private let ring: KeyRing
    private let receipts: ReceiptKeys
    private let log: [UInt8]?

    /// - Parameter log: the public half of the log's key, 32 bytes; nil: it is not looked at.
    package init(ring: KeyRing, receipts: ReceiptKeys, log: [UInt8]?) {
        self.ring = ring
        self.receipts = receipts
        self.log = log
    }

    /// Keys that have no check value yet, or a new one by right: a receipt key whose predecessor is kept
    /// among the retired ones.
    ///
    /// - Throws: `WrongKeys`. With another master key nothing can be said of the others.
    package func unwritten(_ stored: [String: [UInt8]]) throws(WrongKeys) -> [ServerKey] {
        if let sealed = stored[ServerKey.master.rawValue], open(sealed, .master) != Self.masterText {
            throw WrongKeys(keys: [.master])
        }
        var (unwritten, wrong) = ([ServerKey](), Set<ServerKey>())
        for key in ServerKey.allCases where value(of: key) != nil {
            guard let sealed = stored[key.rawValue] else {
                unwritten.append(key)
                continue
            }
            let found = open(sealed, key)
            if found == value(of: key) { continue }
            if key == .receipt, receipts.retired.contains(where: { $0.raw64 == found }) {
                unwritten.append(key)
            } else {
                wrong.insert(key)
            }
        }
        guard wrong.isEmpty else { throw WrongKeys(keys: wrong) }
        return unwritten
    }

    /// The check value of a key.
    func sealed(_ key: ServerKey) throws -> [UInt8] {
        try ring.seal(value(of: key) ?? [], for: Self.context(key))
    }

    private func open(_ sealed: [UInt8], _ key: ServerKey) -> [UInt8]? {
        try? ring.open(sealed, for: Self.context(key))
    }

    private func value(of key: ServerKey) -> [UInt8]? {
        switch key {
        case .master: Self.masterText
        case .receipt: receipts.current.publicKey.raw64
        case .log: log
        }
    }

    private static func context(_ key: ServerKey) -> SealingContext {
        SealingContext(table: "key_checks", row: key.rawValue, owner: "gateway")
    }
}

extension Gateway {
    /// Compares the keys with the check values in the database, and writes those that are not there yet. Done
    /// before anything is sealed or signed with them.
    ///
    /// - Throws: `WrongKeys`, or a `StorageFailure`.
    package func checkKeys() async throws {
        let check = ServerKeyCheck(ring: keys, receipts: receiptKeys, log: log.key.publicKey)
        let stored = try await ledger.read { db in try KeyChecks.all(in: db) }
        for key in try check.unwritten(stored) {
            _ = try await ledger.submit(StoreKeyCheck(name: key.rawValue, sealed: check.sealed(key)))
        }
    }
}
