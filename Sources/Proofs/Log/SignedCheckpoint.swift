/// A checkpoint whose signature was verified with the log's key. Only verification makes one.
package struct SignedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    /// The note as it stands, with the signatures of others too.
    package let note: SignedNote

    /// Reads a note and verifies it. Throws `malformedNote`, `notSigned`, `badSignature`,
    /// `malformedCheckpoint` or `wrongOrigin`.
    package init(opening text: String, with key: LogVerificationKey) throws(LogFlaw) {
        try self.init(opening: SignedNote(parsing: text), with: key)
    }

    /// Verifies a note that was read. Its text is looked at after its signature.
    package init(opening note: SignedNote, with key: LogVerificationKey) throws(LogFlaw) {
        try key.check(note)
        checkpoint = try Checkpoint(parsing: note.text)
        self.note = note
        guard checkpoint.origin.utf8.elementsEqual(key.name.utf8) else { throw .wrongOrigin }
    }

    package var size: Int64 { checkpoint.size }
    package var root: [UInt8] { checkpoint.root }
    /// The whole note, to be published or kept.
    package var text: String { note.written }
}
