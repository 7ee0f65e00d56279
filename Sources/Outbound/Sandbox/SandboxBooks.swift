import Lifecycles
package import Vocabulary

/// The books of the sandbox bank read afterwards: the judge of what the gateway made it do.
///
/// The sums are counted from the lines alone, not by the bank's own rules.
package struct SandboxBooks: Sendable {
    /// What happened to one authorize intent: sums in minor units, and every line in order.
    package struct Account: Sendable, Hashable {
        package fileprivate(set) var askedMinor: Int64 = 0
        package fileprivate(set) var approvedMinor: Int64 = 0
        package fileprivate(set) var capturedMinor: Int64 = 0
        package fileprivate(set) var refundedMinor: Int64 = 0
        package fileprivate(set) var reversedMinor: Int64 = 0
        package fileprivate(set) var lines: [SandboxEntry] = []

        /// What the bank still holds for the shop: neither captured nor released.
        package var openMinor: Int64 { approvedMinor - capturedMinor - reversedMinor }
        /// True when a reversal was accepted, even of an authorization that never arrived.
        package var isReversed: Bool {
            lines.contains { $0.kind == .reversal && $0.outcome == .booked }
        }
    }

    /// What must never be seen in the books.
    package enum Violation: Sendable, Hashable {
        /// One intent moved money, or was answered for good, more than once.
        case answeredTwice(IntentID)
        /// One intent id was used for two different requests.
        case conflict(IntentID)
        case capturedAndReversedAboveApproved(IntentID)
        case refundedAboveCaptured(IntentID)
    }

    /// Every line in the order in which it was written.
    package let lines: [SandboxEntry]
    /// By authorize intent.
    package let accounts: [IntentID: Account]

    /// Reads the file, also while the bank has it open. A torn last line is left out.
    package init(at path: String) throws(SandboxBooksError) {
        self.init(lines: try SandboxBooksFile.read(path: path))
    }

    init(lines: [SandboxEntry]) {
        self.lines = lines
        accounts = lines.reduce(into: [:]) { $0[$1.original, default: Account()].add($1) }
    }

    /// The sums of one authorize intent; all zero when the bank never heard of it.
    package subscript(original: IntentID) -> Account {
        accounts[original] ?? Account()
    }

    /// The lines of one intent.
    package func lines(of intent: IntentID) -> [SandboxEntry] {
        lines.filter { $0.intent == intent }
    }

    /// Everything that is wrong, in the order of the ids.
    package var violations: [Violation] {
        var finals: [IntentID: Int] = [:]
        var conflicts: Set<IntentID> = []
        for line in lines {
            switch line.outcome {
            case .booked, .refused: finals[line.intent, default: 0] += 1
            case .conflict: conflicts.insert(line.intent)
            case .refusedForNow: break
            }
        }
        let twice = finals.filter { $0.value > 1 }.keys.sorted().map(Violation.answeredTwice)
        let sums = accounts.sorted { $0.key < $1.key }
        return twice + conflicts.sorted().map(Violation.conflict)
            + sums.filter { $0.value.openMinor < 0 }.map { .capturedAndReversedAboveApproved($0.key) }
            + sums.filter { $0.value.refundedMinor > $0.value.capturedMinor }
            .map { .refundedAboveCaptured($0.key) }
    }
}

extension SandboxBooks.Account {
    fileprivate mutating func add(_ line: SandboxEntry) {
        lines.append(line)
        switch line.kind {
        case .authorize:
            askedMinor = line.outcome == .conflict ? askedMinor : line.askedMinor
            approvedMinor += line.bookedMinor
        case .capture: capturedMinor += line.bookedMinor
        case .refund: refundedMinor += line.bookedMinor
        case .reversal: reversedMinor += line.bookedMinor
        }
    }
}
