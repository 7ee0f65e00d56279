import Synchronization
import Vocabulary

/// Card verification codes between tokenisation and the call to the acquirer: in memory only, each for as
/// long as its payment can still be asked (PAN-2).
final class VerificationCodes: Sendable {
    private struct Entry {
        let code: CardVerificationCode
        let until: Instant
    }

    /// More than this many are not kept; a payment without one is still asked.
    private static let limit = 100_000

    private let entries = Mutex<[CardTokenID: Entry]>([:])

    func keep(_ code: CardVerificationCode, for token: CardTokenID, until: Instant) {
        entries.withLock { entries in
            guard entries.count < Self.limit else { return }
            entries[token] = Entry(code: code, until: until)
        }
    }

    /// The question was put: the code is kept as long as it can be answered and not longer.
    func shorten(_ token: CardTokenID, to until: Instant) {
        entries.withLock { entries in
            guard let entry = entries[token], until < entry.until else { return }
            entries[token] = Entry(code: entry.code, until: until)
        }
    }

    func code(for token: CardTokenID, at now: Instant) -> CardVerificationCode? {
        entries.withLock { $0[token] }.flatMap { now < $0.until ? $0.code : nil }
    }

    /// The acquirer was asked: the code is not needed again.
    func forget(_ token: CardTokenID) {
        entries.withLock { $0[token] = nil }
    }

    func forgetAll(before now: Instant) {
        entries.withLock { entries in entries = entries.filter { $0.value.until > now } }
    }
}
