import Proofs

/// What a verification looked at, and what it found.
package struct AuditReport: Sendable, Hashable {
    /// What is wrong; empty when the log and the state agree.
    package var findings: [AuditFinding] = []
    package var notices: [AuditNotice] = []
    /// The log as it is: its leaves and their root.
    package var leaves: Int64 = 0
    package var root: [UInt8] = MerkleHash.ofNothing
    /// Checkpoints of the state folder, and of the verifier, that were checked.
    package var ownCheckpoints = 0
    package var heldCheckpoints = 0
    /// The newest checkpoint that the leaves lead to; nil when there is none.
    package var coveredSize: Int64?
    /// Rows whose leaves were compared, by the kind of subject.
    package var subjects: [String: Int] = [:]
    package var decisions = 0
    package var filings = 0
    package var evidence = 0
    /// Subjects whose whole state was opened with the salt of their newest leaf.
    package var openedStates = 0
    /// Subjects compared by their public fields only, as their newest leaf is of version 1.
    package var ofFirstVersion = 0
    /// Personal inputs of decisions that were unsealed and compared; nil when no key was given for it.
    package var openedInputs: Int?

    /// True when nothing was found wrong.
    package var isClean: Bool { findings.isEmpty }
}

/// Takes findings up to a limit, and counts the rest: a damaged file can have one for each of its rows.
final class FindingList {
    private let limit: Int
    private(set) var all: [AuditFinding] = []
    private(set) var surplus = 0

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { all.count >= limit }

    func add(_ finding: AuditFinding) {
        if isFull { surplus += 1 } else { all.append(finding) }
    }
}
