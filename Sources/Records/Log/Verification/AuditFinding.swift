package import Proofs

/// What `AuditVerifier` found wrong: one piece of the log or of the state that is not what it must be.
package enum AuditFinding: Sendable, Hashable {
    // MARK: The file

    /// SQLite's own check finds the file damaged, or a value against a rule of its table.
    case damaged(String)
    /// A row names another one that is not there.
    case danglingReference(table: String)
    /// A table, index or trigger is not what this program makes: missing, changed or added.
    case schemaDiffers(name: String)
    /// The file is that of another version of the program, or of none.
    case otherVersion
    /// Something could not be read at all.
    case unreadable(AuditArea, String)

    // MARK: Checkpoints

    /// A checkpoint is no checkpoint of this log: malformed, of another log, or not signed by its key.
    case checkpointRefused(CheckpointSource, LogFlaw)
    /// A checkpoint is smaller than the one before it.
    case checkpointsFall(CheckpointSource, from: Int64, to: Int64)
    /// Two checkpoints of one size have two roots: the log was forked.
    case checkpointsFork(CheckpointSource, size: Int64)
    /// The leaves do not lead to the root that a checkpoint names.
    case rootDiffers(CheckpointSource, size: Int64)
    /// The log has fewer leaves than a checkpoint says: cut off, or an older file was put back.
    case shorterThanCheckpoint(CheckpointSource, size: Int64, leaves: Int64)

    // MARK: Leaves

    /// There is no leaf at a position below another one.
    case leafMissing(position: Int64)
    /// The bytes at a position are no leaf, or not the one way to write it.
    case leafMalformed(position: Int64)
    /// A column beside a leaf's bytes says something else than they do.
    case leafColumn(position: Int64, subject: String, column: String)
    /// A leaf does not name the leaf before it about the same subject.
    case chainBroken(position: Int64, subject: String)
    /// The salt of a leaf is gone or cut, and no erasure of its customer says why.
    case saltMissing(position: Int64, subject: String)
    /// A value is not the one that a leaf committed to.
    case commitment(position: Int64, subject: String, name: String)
    /// The leaf says that its subject's rows had been changed past the log before it.
    case rowsDiffered(position: Int64, subject: String)
    /// The kept right edge of the tree is not that of the leaves.
    case edgeDiffers(level: Int64)
    /// A kept node of the tree is missing, wrong or too many.
    case nodeDiffers(level: Int64, index: Int64)

    // MARK: State

    /// There is a row but no leaf about it.
    case neverLogged(subject: String)
    /// There are leaves but no row.
    case rowMissing(subject: String, position: Int64)
    /// A field is not what the subject's newest leaf says.
    case fieldDiffers(subject: String, field: String, position: Int64)
    /// The rows of a subject are not those that its newest leaf vouches for.
    case stateDiffers(subject: String, position: Int64)
    /// A decision, filing or handover is not what its leaf says.
    case recordDiffers(subject: String, record: String, field: String, position: Int64)
    /// Evidence that a verdict rests on is missing, or not what its digest says.
    case evidenceDiffers(String)
}

/// A part of what is verified, for what could not be read.
package enum AuditArea: String, Sendable, Hashable, CaseIterable {
    case file
    case schema
    case checkpoints
    case leaves
    case tree
    case state
    case decisions
    case prescriptions
}

/// Where a checkpoint came from.
package enum CheckpointSource: Sendable, Hashable {
    /// A note of the state folder's own `checkpoints.log`, counted from 1.
    case own(note: Int)
    /// One in the verifier's hands, counted from 1 in the order given.
    case held(Int)
}

/// What is no failure, and still should be known.
package enum AuditNotice: Sendable, Hashable {
    /// The last note of `checkpoints.log` was cut short while it was written.
    case tornCheckpoint
    /// Notes of `checkpoints.log` were signed by the same key when the log had another name.
    case otherNames(notes: Int)
    /// No checkpoint stands for these leaves: only the file itself vouches for them.
    case uncovered(leaves: Int64)
    /// The time of a leaf is before that of the leaf before it: the clock was set back.
    case timeWentBack(position: Int64)
    /// More was found than is listed.
    case moreFindings(Int)
}
