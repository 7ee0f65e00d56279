import Foundation
import Lifecycles
import Logging
import Operations
import Proofs
import Synchronization
import Vocabulary

/// The gateway of a state folder, opened for measuring: no server, no acquirer, checkpoints in memory only.
struct AuditState {
    let gateway: Gateway
    /// Bytes of the database file.
    let bytes: Int
    private let lock: Int32

    /// Takes the writer's lock of the folder and opens what lies there.
    init(_ folder: String) throws {
        lock = try Self.lock(folder)
        let settings = try Settings(values: [:], isLive: false, publicURL: "http://127.0.0.1:8080")
        let database = folder + "/godkend.sqlite"
        guard let size = try? FileManager.default.attributesOfItem(atPath: database)[.size] as? Int else {
            throw AuditBenchError.noDatabase(database)
        }
        bytes = size
        gateway = try Gateway(
            GatewayParts(
                databasePath: database, settings: settings, merchants: MerchantBook([]),
                clock: SteadyClock(WallClock()),
                entropy: RandomBytes(), keys: KeyRing(master: try Self.key(folder + "/master.key")),
                receiptKeys: ReceiptKeys(
                    current: try SigningKey(raw: try Self.key(folder + "/receipt.key"))),
                logKey: try LogKey(name: settings.logOrigin), checkpoints: CheckpointsInMemory(),
                acquirer: NoAcquirer(), answers: { _ in WordAnswers() }, logger: Logger(label: "bench")))
    }

    func close() async {
        await gateway.close()
        Foundation.close(lock)
    }

    private static func lock(_ folder: String) throws -> Int32 {
        let descriptor = unsafe open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw AuditBenchError.locked(folder)
        }
        return descriptor
    }

    private static func key(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

enum AuditBenchError: Error, CustomStringConvertible {
    case noDatabase(String)
    case locked(String)
    case empty
    case filter(String)

    var description: String {
        switch self {
        case .noDatabase(let path): "There is no \(path): make one with `godkend fixtures history`."
        case .locked(let path): "A server works on \(path): stop it."
        case .empty: "The history has no declines to look at."
        case .filter(let text): "The filter \(text) is refused."
        }
    }
}

private struct WallClock: Operations.Clock, TimeSource {
    func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

    func reading() -> ClockReading {
        let now = now()
        return ClockReading(wall: now, elapsed: now.microseconds)
    }
}

private struct RandomBytes: Entropy {
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
}

/// An answer is the id of what was made.
private struct WordAnswers: AnswerWriter {
    func body(of answer: MerchantAnswer) -> [UInt8] {
        switch answer {
        case .authorization(let authorization, _): Array(authorization.id.text.utf8)
        case .cardToken(let token): Array(token.id.text.utf8)
        case .refund, .attempt, .prescription, .lookup, .handover: []
        }
    }
}

private struct NoAcquirer: Acquirer {
    let lateAnswers = AsyncStream<LateAnswer> { $0.finish() }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> { .notSent }
    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .notSent }
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> { .notSent }
}

/// Keeps checkpoints as long as the process lives: the folder's own stay as they are.
private final class CheckpointsInMemory: CheckpointStore {
    private let notes = Mutex<[UInt8]>([])

    func end(atMost limit: Int) -> (bytes: [UInt8], isAll: Bool) {
        notes.withLock { (Array($0.suffix(limit)), $0.count <= limit) }
    }

    func removeLast(_ count: Int) { notes.withLock { $0.removeLast(count) } }

    func append(_ note: [UInt8]) async { notes.withLock { $0 += note } }
}
