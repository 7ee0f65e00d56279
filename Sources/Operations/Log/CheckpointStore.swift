/// Where signed checkpoints are kept, one after another: `checkpoints.log` of the state folder.
///
/// It lies beside the database on purpose: whoever puts an older database back does not thereby put an older
/// list of checkpoints back.
package protocol CheckpointStore: Sendable {
    /// The last bytes, at most so many. `isAll` when there are no others.
    func end(atMost limit: Int) throws -> (bytes: [UInt8], isAll: Bool)
    /// Takes away the last bytes.
    func removeLast(_ count: Int) throws
    /// Adds a note and returns when the disk has it. After an error nothing was added.
    func append(_ note: [UInt8]) async throws
}
