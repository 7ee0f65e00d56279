import Foundation
import Logging
import Operations
import Proofs
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import godkend

/// The moment of the committed fixtures.
let fixtureMoment = Instant(milliseconds: 1_795_168_800_000)

/// A clock that a test sets.
final class HandClock: Operations.Clock {
    private let time: Mutex<Instant>

    init(_ start: Instant) { time = Mutex(start) }

    func now() -> Instant { time.withLock { $0 } }

    func advance(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// Keeps what was logged, as `level message`.
final class LogBook: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    /// What must not be logged ends the process here as well.
    var logger: Logger {
        Logger(label: "test") { _ in
            MultiplexLogHandler([Handler(book: self), WatchfulLog(report: WatchfulLog.stop)])
        }
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.kept.withLock { $0.append("\(event.level) \(event.message)") }
        }
    }
}

/// A trust folder of the specimens on the disk.
struct TrustStage {
    let folder: TemporaryFolder
    let pki: SpecimenPKI
    let files: TrustFiles

    init(listsAt moment: Instant = fixtureMoment) throws {
        folder = try TemporaryFolder()
        pki = try SpecimenPKI(at: fixtureMoment)
        files = TrustFiles(path: folder.path + "/trust")
        for file in try SpecimenTrust.evidence(of: pki, listsAt: moment) {
            try files.write(file.bytes, to: file.name)
        }
    }

    /// A list of the issuing authority, made at a moment.
    func list(at moment: Instant, revoked: [SpecimenRevocation] = []) throws -> [UInt8] {
        try pki.revocationList(of: .issuing, at: moment, revoked: revoked)
    }

    static let listName = "crls/specimen-issuing.crl"
}

/// What the verifier finds in a record of the specimens.
func verdict(
    _ name: SpecimenCase, _ pki: SpecimenPKI, _ snapshot: TrustSnapshot, at moment: Instant
) throws -> SpecimenVerdict? {
    let specimen = try pki.prescription(name)
    return verdict(specimen.compact, stapled: specimen.stapled, name, snapshot, at: moment)
}

/// Nil when the verifier says something that is none of the three.
func verdict(
    _ compact: String, stapled: [[UInt8]], _ name: SpecimenCase, _ snapshot: TrustSnapshot, at moment: Instant
) -> SpecimenVerdict? {
    let report = OfflineVerification(
        compact: compact, anchors: snapshot.anchors, stapled: stapled, at: moment)
    if report.isAuthentic { return .authentic }
    guard let last = report.table.rows.last, let reason = DeclineReason(rawValue: last[2]) else { return nil }
    return last[1] == "unknown" ? .undecided : .refused(reason)
}
