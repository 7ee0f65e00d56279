import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Vocabulary

/// A ledger on a temporary file, without any gateway around it; and what a test needs to live payments on it.
final class Bench: Sendable {
    let folder: TemporaryFolder
    let clock: ManualClock
    let entropy: SeededEntropy
    let ledger: Ledger
    let shop: Owner
    let otherShop: Owner

    /// Opens the file, or opens again what a former bench left. A ticking clock moves at each look at it.
    init(
        seed: UInt64 = 1, again former: Bench? = nil, at folder: TemporaryFolder? = nil,
        tickingMilliseconds ticking: Int64 = 0
    ) throws {
        let folder = try folder ?? former?.folder ?? TemporaryFolder()
        let clock = former?.clock ?? ManualClock()
        let entropy = SeededEntropy(seed: seed)
        (self.folder, self.clock, self.entropy) = (folder, clock, entropy)
        shop = Owner(merchant: try Self.merchant("bogbixen"), isLive: false)
        otherShop = Owner(merchant: try Self.merchant("anden-butik"), isLive: false)
        ledger = try Ledger(
            path: folder.file("godkend.sqlite"),
            context: LedgerContext(
                time: {
                    clock.advance(milliseconds: ticking)
                    return ServerTime(clock.now())
                },
                randomBytes: { entropy.bytes($0) }, answers: PlainAnswers(),
                vault: OpenVault()))
    }

    private static func merchant(_ text: String) throws -> MerchantID {
        guard let id = MerchantID(text) else { throw BenchError.bad(text) }
        return id
    }

    // MARK: The file, from outside

    var path: String { folder.file("godkend.sqlite") }

    /// A second connection that may write: what a mistake in the code, or a hand on the file, could do.
    func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    func number(_ sql: String, _ arguments: StatementArguments = []) async throws -> Int64 {
        try await ledger.read { db in try Int64.fetchOne(db, sql: sql, arguments: arguments) ?? 0 }
    }

    func texts(_ sql: String, _ arguments: StatementArguments = []) async throws -> [String] {
        try await ledger.read { db in try String.fetchAll(db, sql: sql, arguments: arguments) }
    }

    // MARK: People and cards

    /// A customer with one enrolled card and one code app.
    func person() async throws -> Person {
        let id: CustomerID = entropy.identifier(at: clock.now())
        let fingerprint = entropy.bytes(32)
        _ = try await ledger.submit(
            AddCustomer(
                id: id, userID: UserID("kunde-" + id.text.suffix(8).lowercased()), nameSealed: [1],
                personNumberSealed: [1], personNumberHash: entropy.bytes(32), password: nil))
        _ = try await ledger.submit(
            EnrolCard(
                id: entropy.identifier(at: clock.now()), customer: id, fingerprint: fingerprint,
                numberSealed: [1], card: try Self.card()))
        let key = try SigningKey(raw: entropy.bytes(32))
        let device = try await ledger.submit(
            EnrolTestDevice(
                customer: id, name: PlainText("Telefon", maximum: 100), publicKey: key.publicKey.raw64,
                thumbprint: key.publicKey.thumbprint))
        guard let device else { throw BenchError.bad("device") }
        return Person(id: id, fingerprint: fingerprint, device: device, key: key)
    }

    static func card() throws -> MaskedCard {
        guard let expiry = CardExpiry(month: 12, year: 2030) else { throw BenchError.bad("expiry") }
        return MaskedCard(try CardNumber("4242424242424242"), expiry: expiry)
    }

    func token(of person: Person, for owner: Owner? = nil, seconds: Int? = 900) async throws -> CardTokenID {
        let id: CardTokenID = entropy.identifier(at: clock.now())
        _ = try await ledger.submit(
            CreateCardToken(
                id: id, owner: owner ?? shop, card: try Self.card(), fingerprint: person.fingerprint,
                numberSealed: [1, 2, 3], lifetimeSeconds: seconds, key: nil))
        return id
    }
}

/// A customer as the bench knows it.
struct Person: Sendable {
    let id: CustomerID
    let fingerprint: [UInt8]
    let device: DeviceID
    let key: SigningKey
}

/// Keeps answers as they are, behind one byte, so that what comes back was opened.
struct OpenVault: RecordVault {
    func seal(_ body: [UInt8], for key: StoredAnswerKey) -> [UInt8] { [0xA5] + body }

    func open(_ sealed: [UInt8], for key: StoredAnswerKey) throws -> [UInt8] {
        guard sealed.first == 0xA5 else { throw BenchError.bad("vault") }
        return Array(sealed.dropFirst())
    }

    func seal(inputs: [UInt8], of decision: DecisionID) -> [UInt8] { [0xA6] + inputs }

    func open(inputs sealed: [UInt8], of decision: DecisionID) throws -> [UInt8] {
        guard sealed.first == 0xA6 else { throw BenchError.bad("vault") }
        return Array(sealed.dropFirst())
    }
}

enum BenchError: Error, Hashable {
    case bad(String)
    /// Thrown on purpose, by a command that is to fail.
    case onPurpose
}
