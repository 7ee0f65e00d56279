/// What is wrong with a piece of the transparency log, or with a question about it.
package enum LogFlaw: Error, Hashable, Sendable {
    /// A leaf or a size outside the tree, or an older size above the newer one.
    case outOfRange
    /// A name is empty, longer than 255 bytes, or holds a space, a plus or a control character.
    case badName
    /// Not an Ed25519 key, or one under which anybody can sign.
    case badKey
    /// A verification key is not `name+hex+base64`, with the key ID that belongs to it.
    case malformedKey
    /// Not a signed note in its one written form.
    case malformedNote
    /// The text of the note is not origin, size and root hash.
    case malformedCheckpoint
    /// The checkpoint names another log than the key does.
    case wrongOrigin
    /// No signature by the key, or several.
    case notSigned
    /// The signature does not belong to this text and this key.
    case badSignature
    /// Not a `c2sp.org/tlog-proof@v1` text in its one written form.
    case malformedProof
    /// The proof does not lead from this leaf to the root of the checkpoint.
    case notIncluded
    /// Not the path of a tile in its one written form.
    case malformedTile
    /// Entries that a bundle cannot hold, or bytes that are not a bundle.
    case malformedEntries
    /// What is wrong with a note of a file of checkpoints; its first note is number 1.
    indirect case atNote(Int, LogFlaw)
}

extension LogFlaw {
    /// One sentence for the operator. Nothing of what was read is repeated.
    package var explanation: String {
        switch self {
        case .outOfRange: "The log has no such leaf or size."
        case .badName:
            "A log's name has 1 to 255 bytes without spaces, plus signs and control characters."
        case .badKey: "The key is not an Ed25519 key that can be trusted."
        case .malformedKey: "A verification key reads name+key ID+base64, and the key ID must fit."
        case .malformedNote: "The text is not a signed note."
        case .malformedCheckpoint: "The note is not a checkpoint: origin, size and root hash, a line each."
        case .wrongOrigin: "The checkpoint is of another log."
        case .notSigned: "The checkpoint does not have exactly one signature by the log's key."
        case .badSignature: "The signature of the checkpoint is not by the log's key."
        case .malformedProof: "The text is not a proof of the form c2sp.org/tlog-proof@v1."
        case .notIncluded: "The proof does not lead from this leaf to the checkpoint."
        case .malformedTile: "There is no tile of that name."
        case .malformedEntries: "The bytes are not a bundle of log entries."
        case .atNote(let number, let flaw): "Note \(number): \(flaw.explanation)"
        }
    }
}
