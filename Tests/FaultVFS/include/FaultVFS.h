#ifndef FAULT_VFS_H
#define FAULT_VFS_H

#include <stdint.h>

// A layer under SQLite that fails on purpose, and that knows what a power cut would leave.
//
// It becomes the default layer of the process and hands every call to the system's own. Faults are
// set for one folder (a "disk"), so that tests beside each other do not meet.

// System calls, as bits.
enum {
    FV_OPEN = 1,
    FV_READ = 2,
    FV_WRITE = 4,
    FV_TRUNCATE = 8,
    FV_SYNC = 16,
    FV_SIZE = 32,
    FV_LOCK = 64,
    FV_SHM_MAP = 128,
    FV_SHM_LOCK = 256,
    FV_DELETE = 512,
    FV_ACCESS = 1024
};

// Files of a database, as bits.
enum { FV_DATABASE = 1, FV_LOG = 2, FV_JOURNAL = 4, FV_OTHER = 8 };

// What a power cut does to writes that were not synced.
enum { FV_DROPPED = 0, FV_TORN = 1, FV_REORDERED = 2, FV_KEPT = 3 };

// Puts the layer in, once a process; 0 when it is in.
int fv_install(void);

// A disk for the files of one folder. With `models` it keeps what is synced apart from what is written.
int fv_disk_new(const char *folder, int models);
// Forgets the disk; its open files go on without faults.
void fv_disk_free(int disk);

// The call number `nth` (from 1) of these kinds on these files fails with `code`; `forever`: all after it too.
// A sync that fails loses what was not synced, as Linux does: later syncs say yes and bring nothing back.
void fv_fail(int disk, unsigned kinds, unsigned files, long nth, int forever, int code);
// Nothing fails any more.
void fv_heal(int disk);
// Failures that were given out.
long fv_failures(int disk);

// Calls of these kinds on these files, failed ones among them.
long fv_calls(int disk, unsigned kinds, unsigned files);
// Syncs of these files that returned without an error.
long fv_synced(int disk, unsigned files);
// Bytes of these files that are written but not synced, or were lost by a failed sync. Needs the model.
long fv_unsynced(int disk, unsigned files);

// Bytes by which the files may still grow; then the disk is full. Below zero: no limit.
void fv_space(int disk, long bytes);

// Syncs wait until they are let go on.
void fv_hold_syncs(int disk, int hold);
// Syncs that wait.
int fv_held(int disk);

// The power goes at the write, truncate, sync or delete number `nth` (from 1); every call fails from then on.
void fv_cut(int disk, long nth);
// Writes, truncates, syncs and deletes until now.
long fv_changes(int disk);
int fv_is_cut(int disk);
// The folder's names are synced: called when the program has synced the folder itself.
void fv_folder_synced(int disk);
// Writes the files as they are after the cut into another folder. 0 when done.
int fv_survivors(int disk, const char *folder, int manner, uint64_t seed);

// Puts a memory under SQLite that can run out. Only before SQLite's first use in a process; 0 when it is in.
int fv_memory_install(void);
// The allocation number `nth` (from 1) from now fails; `forever`: all after it too. 0: none fails any more.
void fv_memory_fail(long nth, int forever);
// Allocations that failed since the last call of `fv_memory_fail`.
long fv_memory_failures(void);

#endif
