import Foundation
import LoadKit
import Notation
import Operations
import Proofs
import TestKit
import Vocabulary

/// Puts customers with cards and devices into a state folder before the server opens it.
enum Seeding {
    /// The keys that `TestKit.Stage` works with, for the server's environment.
    static let keys = [
        "GODKEND_MASTER_KEY": Base64.encode(Array(repeating: UInt8(7), count: 32)),
        "GODKEND_RECEIPT_KEY": Base64.encode(Array(repeating: UInt8(9), count: 32)),
    ]

    static func run(_ count: Int, state: String) async throws -> [Wallet] {
        let folder = try TemporaryFolder()
        let stage = try Stage { options in
            options.clock = MachineClock()
            options.folder = folder
            options.isRunning = false
        }
        let wallets = try await withThrowingTaskGroup(of: (Int, Wallet).self) { group in
            for lane in 0..<64 {
                for index in stride(from: lane, to: count, by: 64) where index < 64 {
                    group.addTask { (index, try await wallet(index, on: stage)) }
                }
            }
            var next = 64
            var made: [(Int, Wallet)] = []
            while let one = try await group.next() {
                made.append(one)
                guard next < count else { continue }
                let index = next
                next += 1
                group.addTask { (index, try await wallet(index, on: stage)) }
            }
            return made.sorted { $0.0 < $1.0 }.map(\.1)
        }
        await stage.stop()
        let files = FileManager.default
        try files.createDirectory(
            atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in ["godkend.sqlite", "godkend.sqlite-wal"] where files.fileExists(atPath: folder.file(name))
        {
            try files.moveItem(atPath: folder.file(name), toPath: state + "/" + name)
        }
        return wallets
    }

    private static func wallet(_ index: Int, on stage: Stage) async throws -> Wallet {
        let number = try cardNumber(index)
        let actor = try await stage.customer(card: number)
        let card: JSON = [
            "number": .text(number), "exp_month": .integer(Int64(actor.expiry.month)),
            "exp_year": .integer(Int64(actor.expiry.year)), "reusable": true,
        ]
        return Wallet(
            customer: actor.id, device: actor.app.id, key: actor.app.key, cards: ["4242": card])
    }

    /// A number of its own for each customer; the last digit makes the check digit right.
    private static func cardNumber(_ index: Int) throws -> String {
        let digits = String(420_000_000_000_000 + index)
        guard let number = (0...9).map({ digits + String($0) }).first(where: { (try? CardNumber($0)) != nil })
        else { throw LoadFailure("no card number \(index)") }
        return number
    }
}

/// The machine's own clock: a device must not be enrolled in the future.
struct MachineClock: Operations.Clock, TimeSource {
    func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

    func reading() -> ClockReading {
        let now = now()
        return ClockReading(wall: now, elapsed: now.microseconds)
    }
}
