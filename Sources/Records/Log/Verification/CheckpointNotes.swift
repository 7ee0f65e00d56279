import Foundation
import Proofs

/// Reads `checkpoints.log` note by note, however long it is, and only as far as it went when it was opened:
/// what a server adds meanwhile is for leaves that the verifier's view of the database does not have.
final class CheckpointNotes {
    /// No note is longer.
    private static let noteLimit = 1 << 20
    private static let pieceLength = 1 << 16

    private let file: FileHandle
    private var left: UInt64
    private var buffer: [UInt8] = []
    private var waiting: ArraySlice<CheckpointFile.Entry> = []
    /// Notes that were given out.
    private(set) var count = 0
    /// Whether something followed the last whole note; known at the end.
    private(set) var isTorn = false

    /// Nil when there is no such file.
    init?(path: String) {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        self.file = file
        left = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: 0)
    }

    deinit { try? file.close() }

    /// The next note, not yet verified; nil at the end. Throws `malformedNote` or `malformedCheckpoint`:
    /// what follows cannot be read then.
    func next() throws(LogFlaw) -> CheckpointFile.Entry? {
        while waiting.isEmpty {
            guard left > 0 || !buffer.isEmpty, !isTorn else { return nil }
            try fill()
        }
        count += 1
        return waiting.popFirst()
    }

    private func fill() throws(LogFlaw) {
        let piece = try? file.read(upToCount: Int(min(left, UInt64(Self.pieceLength))))
        if let piece, !piece.isEmpty {
            buffer += [UInt8](piece)
            left -= UInt64(piece.count)
        } else {
            left = 0
        }
        let parsed: CheckpointFile
        do {
            parsed = try CheckpointFile(parsing: buffer)
        } catch {
            // A note that the piece ends in may look malformed; then there is more to read.
            if left > 0, buffer.count < Self.noteLimit { return }
            if case .atNote(_, let flaw) = error { throw flaw }
            throw error
        }
        guard left > 0 else {
            waiting = parsed.entries[...]
            isTorn = parsed.isTorn
            buffer = []
            return
        }
        // More signatures of the last note may follow.
        guard let last = parsed.entries.last else {
            guard buffer.count < Self.noteLimit else { throw .malformedNote }
            return
        }
        waiting = parsed.entries.dropLast()
        buffer.removeFirst(last.bytes.lowerBound)
    }
}
