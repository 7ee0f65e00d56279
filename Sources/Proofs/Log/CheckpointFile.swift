/// Checkpoints one after another, as `checkpoints.log` keeps them: a note begins where the signature lines
/// of the one before it end.
///
/// A write that was cut short leaves a torn note at the very end, and there only: no empty line, no signature
/// line or no last newline. It is reported and not read; anything else that is not a note is a flaw.
package struct CheckpointFile: Sendable {
    /// A note of the file, not yet verified.
    package struct Entry: Hashable, Sendable {
        /// Counted from 1.
        package let number: Int
        /// The bytes of the file that it is.
        package let bytes: Range<Int>
        package let note: SignedNote
        /// What it says, to be believed after `CheckpointFile.open` only.
        package let unverified: Checkpoint
    }

    package let entries: [Entry]
    /// Where the last whole note ends: what comes after it is torn.
    package let wholeLength: Int
    /// Whether there is anything after it.
    package let isTorn: Bool

    /// Reads a whole file. Throws `atNote` with `malformedNote` or `malformedCheckpoint`.
    package init(parsing bytes: [UInt8]) throws(LogFlaw) {
        var entries: [Entry] = []
        var start = 0
        while let end = Self.endOfNote(in: bytes[start...]) {
            entries.append(try Entry(number: entries.count + 1, range: start..<end, of: bytes))
            start = end
        }
        self.entries = entries
        wholeLength = start
        isTorn = start < bytes.count
    }

    /// All checkpoints, each verified. Throws `atNote` with what is wrong with the first bad one.
    package func open(with key: LogVerificationKey) throws(LogFlaw) -> [SignedCheckpoint] {
        var opened: [SignedCheckpoint] = []
        for entry in entries { opened.append(try entry.open(with: key)) }
        return opened
    }

    /// Where the note ends that these bytes begin with. Nil when they end before it does: lines up to an
    /// empty one, then signature lines, each of them with its newline.
    private static func endOfNote(in bytes: ArraySlice<UInt8>) -> Int? {
        var start = bytes.startIndex
        var isAfterText = false
        var end: Int?
        while let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[start..<newline]
            if isAfterText {
                guard line.starts(with: SignedNote.Signature.mark) || end == nil else { break }
                end = newline + 1
            } else {
                isAfterText = line.isEmpty
            }
            start = newline + 1
        }
        return end
    }
}

extension CheckpointFile.Entry {
    fileprivate init(number: Int, range: Range<Int>, of bytes: [UInt8]) throws(LogFlaw) {
        do {
            let note = try SignedNote(parsing: [UInt8](bytes[range]))
            let checkpoint = try Checkpoint(parsing: note.text)
            self.init(number: number, bytes: range, note: note, unverified: checkpoint)
        } catch {
            throw .atNote(number, error)
        }
    }

    /// Verifies this one. Throws `atNote`.
    package func open(with key: LogVerificationKey) throws(LogFlaw) -> SignedCheckpoint {
        do {
            return try SignedCheckpoint(opening: note, with: key)
        } catch {
            throw .atNote(number, error)
        }
    }
}
