package import Proofs

/// What vouches for the log from outside its file.
package struct CheckpointTrust: Sendable {
    /// The log's key, which the verifier holds.
    package let key: LogVerificationKey
    /// The state folder's own checkpoints; nil or a path without a file: there are none.
    package let file: String?
    /// Checkpoints in the verifier's hands, each a signed note.
    package let held: [String]

    package init(key: LogVerificationKey, file: String?, held: [String] = []) {
        self.key = key
        self.file = file
        self.held = held
    }
}

/// Compares checkpoints with the roots of the tree while it grows: its own ones as they come from their file,
/// the verifier's from a list.
struct CheckpointCheck {
    private struct Known {
        let source: CheckpointSource
        let checkpoint: SignedCheckpoint
    }

    private let key: LogVerificationKey?
    private let notes: CheckpointNotes?
    /// The verifier's, by size, largest first.
    private var held: [Known] = []
    /// The next of the file's own.
    private var own: Known?
    private var lastOwn: Known?
    private(set) var ownCount = 0
    private(set) var heldCount = 0
    /// Notes of the file under another name of the log.
    private(set) var otherNames = 0
    private(set) var coveredSize: Int64?

    /// Opens the file of checkpoints: its length counts from now.
    init(_ trust: CheckpointTrust?) {
        key = trust?.key
        notes = trust?.file.flatMap { CheckpointNotes(path: $0) }
    }

    var isTorn: Bool { notes?.isTorn ?? false }

    /// Reads the verifier's checkpoints and the first of the file's own.
    mutating func begin(_ trust: CheckpointTrust?, _ findings: FindingList) {
        guard let trust else { return }
        for (index, text) in trust.held.enumerated() {
            let source = CheckpointSource.held(index + 1)
            do throws(LogFlaw) {
                held.append(
                    Known(source: source, checkpoint: try SignedCheckpoint(opening: text, with: trust.key)))
                heldCount += 1
            } catch {
                findings.add(.checkpointRefused(source, error))
            }
        }
        held.sort { $0.checkpoint.size > $1.checkpoint.size }
        readOwn(findings)
    }

    /// Compares every checkpoint of this size. Called once for each size, from 0 upwards.
    mutating func compare(size: Int64, root: () -> [UInt8], _ findings: FindingList) {
        guard isDue(size) else { return }
        let root = root()
        while let next = held.last, next.checkpoint.size <= size {
            held.removeLast()
            judge(next, root, findings)
        }
        while let next = own, next.checkpoint.size <= size {
            judge(next, root, findings)
            readOwn(findings)
        }
    }

    /// What no size of the log came up to.
    mutating func finish(leaves: Int64, _ findings: FindingList) {
        for next in held.reversed() {
            findings.add(
                .shorterThanCheckpoint(next.source, size: next.checkpoint.size, leaves: leaves))
        }
        held = []
        while let next = own {
            findings.add(
                .shorterThanCheckpoint(next.source, size: next.checkpoint.size, leaves: leaves))
            readOwn(findings)
        }
    }

    private func isDue(_ size: Int64) -> Bool {
        if let next = held.last, next.checkpoint.size <= size { return true }
        if let next = own, next.checkpoint.size <= size { return true }
        return false
    }

    private mutating func judge(_ known: Known, _ root: [UInt8], _ findings: FindingList) {
        let checkpoint = known.checkpoint
        if checkpoint.root == root {
            coveredSize = max(coveredSize ?? 0, checkpoint.size)
        } else {
            findings.add(.rootDiffers(known.source, size: checkpoint.size))
        }
    }

    /// Takes the next good note of the file; what is wrong with the others is found.
    private mutating func readOwn(_ findings: FindingList) {
        own = nil
        guard let notes, let key else { return }
        while own == nil {
            let number = notes.count + 1
            do throws(LogFlaw) {
                guard let entry = try notes.next() else { return }
                // A log that was renamed keeps its key: what counts is that the key signed under that name.
                let then = try LogVerificationKey(name: entry.unverified.origin, publicKey: key.publicKey)
                take(try SignedCheckpoint(opening: entry.note, with: then), note: number, findings)
                if then.name != key.name { otherNames += 1 }
            } catch {
                findings.add(.checkpointRefused(.own(note: number), error))
                // What follows a note that cannot be read is not read either; a bad signature is one note's.
                if notes.count < number { return }
            }
        }
    }

    private mutating func take(_ checkpoint: SignedCheckpoint, note: Int, _ findings: FindingList) {
        let source = CheckpointSource.own(note: note)
        let known = Known(source: source, checkpoint: checkpoint)
        defer { if checkpoint.size >= lastOwn?.checkpoint.size ?? 0 { lastOwn = known } }
        if let last = lastOwn?.checkpoint {
            if checkpoint.size < last.size {
                return findings.add(.checkpointsFall(source, from: last.size, to: checkpoint.size))
            }
            if checkpoint.size == last.size, checkpoint.root != last.root {
                findings.add(.checkpointsFork(source, size: checkpoint.size))
            }
        }
        ownCount += 1
        own = known
    }
}
