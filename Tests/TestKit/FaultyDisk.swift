import FaultVFS

/// A folder whose disk fails when it is told to, and which knows what a power cut would leave. It works below
/// SQLite: what is opened in the folder goes through it, by whatever name the product opens it.
package final class FaultyDisk: Sendable {
    /// System calls of the files.
    package struct Calls: OptionSet, Sendable, Hashable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let open = Calls(rawValue: UInt32(FV_OPEN))
        package static let read = Calls(rawValue: UInt32(FV_READ))
        package static let write = Calls(rawValue: UInt32(FV_WRITE))
        package static let truncate = Calls(rawValue: UInt32(FV_TRUNCATE))
        package static let sync = Calls(rawValue: UInt32(FV_SYNC))
        package static let size = Calls(rawValue: UInt32(FV_SIZE))
        package static let lock = Calls(rawValue: UInt32(FV_LOCK))
        package static let mapShared = Calls(rawValue: UInt32(FV_SHM_MAP))
        package static let lockShared = Calls(rawValue: UInt32(FV_SHM_LOCK))
        package static let delete = Calls(rawValue: UInt32(FV_DELETE))
        package static let access = Calls(rawValue: UInt32(FV_ACCESS))
        package static let changes: Calls = [.write, .truncate, .sync, .delete]
        package static let all = Calls(rawValue: 2_047)
    }

    /// Files of a database.
    package struct Files: OptionSet, Sendable, Hashable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let database = Files(rawValue: UInt32(FV_DATABASE))
        package static let log = Files(rawValue: UInt32(FV_LOG))
        package static let journal = Files(rawValue: UInt32(FV_JOURNAL))
        package static let all = Files(rawValue: 15)
    }

    /// What a power cut does to writes that were not synced.
    package enum Cut: CInt, CaseIterable, Sendable {
        /// None of them arrived.
        case dropped
        /// Some arrived, in order; the last one in part.
        case torn
        /// Each sector of each arrived or did not, whatever the order.
        case reordered
        /// All arrived.
        case kept
    }

    /// What a call may fail with (https://www.sqlite.org/rescode.html).
    package enum Code: CInt, Sendable {
        case full = 13
        case cannotOpen = 14
        case read = 266
        case write = 778
        case sync = 1034
        case truncate = 1546
        case size = 1802
        case delete = 2570
        case noMemory = 3082
        case access = 3338
        case lock = 3850
        case mapShared = 5386
        case lockShared = 5130
    }

    private let id: CInt

    /// With `models` the disk keeps what is synced apart from what is written.
    package init(folder: String, models: Bool = false) {
        fv_install()
        id = unsafe fv_disk_new(folder, models ? 1 : 0)
    }

    deinit { fv_disk_free(id) }

    // MARK: Faults

    /// Lets the call number `nth`, from 1, of these calls fail: once, or from then on.
    package func fail(_ calls: Calls, of files: Files = .all, at nth: Int = 1, forever: Bool, with code: Code)
    {
        fv_fail(id, calls.rawValue, files.rawValue, nth, forever ? 1 : 0, code.rawValue)
    }

    /// Lets nothing fail any more.
    package func heal() { fv_heal(id) }

    /// How many calls failed.
    package var failures: Int { fv_failures(id) }

    /// Lets the files grow by so many bytes and no more; nil: without a limit.
    package func limitSpace(_ bytes: Int?) { fv_space(id, bytes ?? -1) }

    // MARK: Figures

    /// How many calls of this kind there were.
    package func calls(_ calls: Calls, of files: Files = .all) -> Int {
        fv_calls(id, calls.rawValue, files.rawValue)
    }

    /// How many syncs returned without an error.
    package func syncs(of files: Files) -> Int { fv_synced(id, files.rawValue) }

    /// Bytes that are not on the platter: written and not synced, or lost by a sync that failed.
    package func unsyncedBytes(of files: Files) -> Int { fv_unsynced(id, files.rawValue) }

    /// Lets syncs wait.
    package func holdSyncs(_ holds: Bool) { fv_hold_syncs(id, holds ? 1 : 0) }

    /// Syncs that wait.
    package var heldSyncs: Int { Int(fv_held(id)) }

    // MARK: Power cuts

    /// Cuts the power at the change number `nth` from now: a write, a truncation, a sync or a deletion.
    package func cutPower(at nth: Int) { fv_cut(id, nth) }

    /// How many changes there were.
    package var changes: Int { fv_changes(id) }

    package var isCut: Bool { fv_is_cut(id) != 0 }

    /// The program has synced the folder itself.
    package func noteFolderSynced() { fv_folder_synced(id) }

    /// Writes the files as the cut left them into another folder. Once a disk.
    package func survivors(into folder: String, _ cut: Cut, seed: UInt64) -> Bool {
        unsafe fv_survivors(id, folder, cut.rawValue, seed) == 0
    }
}
