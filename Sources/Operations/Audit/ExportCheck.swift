import Lifecycles
import Notation
package import Proofs
import Records
import Vocabulary

/// Checks an export as its receiver does, line by line, with nothing but the log's verification key
/// (OPS-EXPORT).
///
/// What passes: every leaf of the range is there in its place under a checkpoint that the key signed; the
/// range covers the asked time; every shown leaf is what its hash stands for and passes the filter; and where
/// kind, outcome and time decide the filter, none that passes is withheld.
package struct ExportCheck: Sendable {
    /// What is wrong with an export.
    package enum Flaw: Sendable, Hashable {
        case notAnExport
        case checkpointRefused
        case earlierRefused
        case notConsistent
        /// A line is no leaf, or not the next one.
        case notTheNextLeaf
        case bodyDiffers
        case fieldsDiffer
        case reasonNotOpened
        case outsideFilter
        /// Inside the filter by what is known of it, and not shown.
        case withheld
        case beginsLate
        case endsEarly
        case timeRunsBack
        case linesMissing
        case rootDiffers
    }

    /// A flaw and the line of the file that has it, from 1; 0 is the file as a whole.
    package struct Finding: Sendable, Hashable {
        package let line: Int
        package let flaw: Flaw
    }

    /// Findings that are kept at most; the first tells enough.
    private static let most = 100

    package let manifest: ExportManifest
    package private(set) var findings: [Finding] = []
    /// Leaves that were shown whole.
    package private(set) var shown = 0
    /// Declines that were not shown: outside the filter by what only their bodies tell.
    package private(set) var hiddenDeclines = 0
    private let checkpoint: SignedCheckpoint?
    private let filter: ExportFilter
    private var fold = RangeProof.Fold()
    private var line = 1
    private var next: Int64
    private var firstTime: Instant?
    private var lastTime: Instant?

    /// Begins with the first line. Nil when it is no manifest.
    ///
    /// - Parameter key: the log's key as the receiver has it, not as the file says.
    package init?(manifestLine: String, key: LogVerificationKey) {
        guard let json = try? JSON.parse(manifestLine.utf8), let manifest = ExportManifest(json),
            let filter = try? AuditFilter(
                parsing: manifest.filter, now: manifest.madeAt,
                merchants: manifest.merchants.compactMap { MerchantID($0) })
        else { return nil }
        self.manifest = manifest
        self.filter = ExportFilter(filter: filter)
        next = manifest.positions.lowerBound
        checkpoint = try? SignedCheckpoint(opening: manifest.checkpoint, with: key)
        if checkpoint == nil { findings.append(Finding(line: 1, flaw: .checkpointRefused)) }
        if let text = manifest.earlier { checkEarlier(text, key) }
        let nodes = RangeProof.nodes(of: 0..<manifest.positions.lowerBound)
        if nodes.count != manifest.left.count { note(.rootDiffers) }
        for (node, hash) in zip(nodes, manifest.left) { fold.add(hash, level: node.level) }
    }

    /// Takes the next line of the file.
    package mutating func take(_ text: String) {
        line += 1
        guard let json = try? JSON.parse(text.utf8), let leaf = ExportLine(json), leaf.position >= next,
            leaf.position < manifest.positions.upperBound
        else { return note(.notTheNextLeaf) }
        // One finding for a gap, however many leaves it has.
        if leaf.position > next { note(.notTheNextLeaf) }
        next = leaf.position + 1
        if let lastTime, leaf.time < lastTime { note(.timeRunsBack) }
        firstTime = firstTime ?? leaf.time
        lastTime = leaf.time
        if let hash = check(leaf) { fold.add(hash) }
    }

    /// Whether everything passed, once all lines were taken.
    package mutating func finish() -> Bool {
        line = 0
        let range = manifest.positions
        if next != range.upperBound { note(.linesMissing) }
        let size = checkpoint?.size ?? 0
        if let since = filter.filter.since?.beginning(at: manifest.madeAt), range.lowerBound > 0,
            firstTime.map({ $0 >= since }) ?? true
        {
            note(.beginsLate)
        }
        if let until = filter.filter.until?.end(at: manifest.madeAt), range.upperBound < size,
            lastTime.map({ $0 < until }) ?? true
        {
            note(.endsEarly)
        }
        let nodes = size >= range.upperBound ? RangeProof.nodes(of: range.upperBound..<size) : []
        for (node, hash) in zip(nodes, manifest.right) { fold.add(hash, level: node.level) }
        let isWhole = size >= range.upperBound && nodes.count == manifest.right.count
        if !isWhole || fold.root != checkpoint?.root { note(.rootDiffers) }
        return findings.isEmpty
    }

    private mutating func note(_ flaw: Flaw) {
        if findings.count < Self.most { findings.append(Finding(line: line, flaw: flaw)) }
    }

    private mutating func checkEarlier(_ text: String, _ key: LogVerificationKey) {
        guard let earlier = try? SignedCheckpoint(opening: text, with: key) else {
            return note(.earlierRefused)
        }
        guard let checkpoint,
            MerkleProof.verifiesConsistency(
                oldSize: earlier.size, oldRoot: earlier.root, newSize: checkpoint.size,
                newRoot: checkpoint.root, proof: manifest.consistency)
        else { return note(.notConsistent) }
    }

    /// The leaf's hash, from its parts; nil when they do not give one.
    private mutating func check(_ leaf: ExportLine) -> [UInt8]? {
        guard let shown = leaf.shown else {
            let isInside = filter.admits(kind: leaf.kind, outcome: leaf.outcome, time: leaf.time)
            let isDecline = leaf.kind == LeafKind.decision.rawValue && leaf.outcome == "declined"
            if isDecline { hiddenDeclines += 1 }
            if isInside && filter.isProvedForAll { note(.withheld) }
            return leaf.headerHash
        }
        self.shown += 1
        guard let (read, hash) = leaf.opened else {
            note(.bodyDiffers)
            return leaf.headerHash
        }
        if !shown.agrees(with: read) { note(.fieldsDiffer) }
        if !shown.opensReason(of: read) { note(.reasonNotOpened) }
        let reason = shown.reason.flatMap { DeclineReason(rawValue: $0) }
        if !filter.admits(read, reason: reason) { note(.outsideFilter) }
        return hash
    }
}

extension ExportLine {
    /// The hash from the header, or as given for a leaf of version 1.
    fileprivate var headerHash: [UInt8]? {
        guard let bodyDigest else { return hash }
        return MerkleHash.leaf(
            Leaf.head(kind: kind, outcome: outcome, time: time, bodyDigest: bodyDigest))
    }

    /// The leaf that is shown, read from its bytes, with its hash; nil when they say something else.
    fileprivate var opened: (leaf: Leaf, hash: [UInt8])? {
        guard let shown else { return nil }
        let head = bodyDigest.map { Leaf.head(kind: kind, outcome: outcome, time: time, bodyDigest: $0) }
        let bytes = head ?? shown.body
        guard let leaf = Leaf(bytes: bytes, body: head == nil ? nil : shown.body),
            leaf.kind.rawValue == kind, leaf.outcome == outcome, leaf.time == time
        else { return nil }
        return (leaf, MerkleHash.leaf(bytes))
    }
}

extension ExportLine.Shown {
    fileprivate func agrees(with leaf: Leaf) -> Bool {
        subject == leaf.subject && merchant == leaf.merchant && amountMinor == leaf.amountMinor
            && currency == leaf.currency && state == leaf.stateAfter && actor == leaf.actor
    }

    /// The reason is the leaf's own, or what its commitment opens to.
    fileprivate func opensReason(of leaf: Leaf) -> Bool {
        if leaf.reason != nil || leaf.commitment("reason") == nil { return reason == leaf.reason }
        guard let reason, let salt else { return reason == nil }
        return leaf.commits(to: Array(reason.utf8), as: "reason", salt: salt)
    }
}

extension ExportCheck.Flaw {
    /// What is wrong, as a sentence.
    package var explanation: String {
        switch self {
        case .notAnExport: "This is no export: it begins with a line that says what it holds."
        case .checkpointRefused: "The checkpoint is not signed by this key."
        case .earlierRefused: "The earlier checkpoint is not signed by this key."
        case .notConsistent: "The log does not continue the earlier checkpoint."
        case .notTheNextLeaf: "This line is not the next leaf: one is missing, doubled or malformed."
        case .bodyDiffers: "The leaf is not what its digest stands for."
        case .fieldsDiffer: "The fields beside the leaf say something else than the leaf."
        case .reasonNotOpened: "The reason is not the one that the leaf commits to."
        case .outsideFilter: "The leaf is outside the filter."
        case .withheld: "The leaf is inside the filter and is not shown."
        case .beginsLate: "The range begins after the asked time: leaves may be missing before it."
        case .endsEarly: "The range ends before the asked time: leaves may be missing behind it."
        case .timeRunsBack: "The leaf is older than the one before it."
        case .linesMissing: "The file ends before its last leaf."
        case .rootDiffers: "The leaves do not lead to the root of the checkpoint: something was changed."
        }
    }
}
