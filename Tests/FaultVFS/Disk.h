#ifndef FAULT_VFS_DISK_H
#define FAULT_VFS_DISK_H

#include "FaultVFS.h"
#include <pthread.h>
#include <sqlite3.h>

// One write or truncate that is not synced.
typedef struct {
    int64_t offset;  // of a truncate: the new length
    long length;     // of a truncate: -1
    unsigned char *bytes;
} Change;

// One file as it lies on the platter, and what waits to get there.
typedef struct Image {
    char *name;  // in the folder
    unsigned kind;
    int exists, existsForGood, syncsFolder;
    unsigned char *bytes;
    int64_t length, capacity;
    Change *changes;
    long count, room;
    long lost;  // bytes that a failed sync threw away
    struct Image *next;
} Image;

typedef struct Disk {
    int id, models, isGone, references;
    char *folder;
    size_t folderLength;
    pthread_mutex_t lock;
    pthread_cond_t letGo;
    // The rule in force.
    unsigned kinds, files;
    long countdown;
    int isForever, code, isArmed;
    long failures;
    long calls[11][4];
    long synced[4];
    long space;
    int holdsSyncs, held;
    long changes, cutAt;
    int isCut;
    Image *images;
    struct Disk *next;
} Disk;

// The disk that a path lies on, with one more reference; NULL when there is none.
Disk *fvDiskOf(const char *path);
void fvRelease(Disk *disk);

// Counts a call. SQLITE_OK, or the code with which it is to fail.
int fvEnter(Disk *disk, unsigned kind, unsigned file);
// The same for a call that changes the disk; `*isCut` when the power goes in the middle of it.
int fvEnterChange(Disk *disk, unsigned kind, unsigned file, int *isCut);

// The image of a file, loaded when it is new to us.
Image *fvImage(Disk *disk, const char *path, unsigned kind);
void fvNoteWrite(Disk *disk, Image *image, const void *bytes, long length, int64_t offset);
void fvNoteTruncate(Disk *disk, Image *image, int64_t length);
void fvNoteSync(Disk *disk, Image *image, unsigned file);
void fvLose(Disk *disk, Image *image);
void fvNoteDelete(Disk *disk, const char *path, int syncsFolder);
void fvNoteOpen(Disk *disk, Image *image, int isNew);

#endif
