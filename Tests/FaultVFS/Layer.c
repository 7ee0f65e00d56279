#include "Disk.h"
#include <pthread.h>
#include <string.h>

// An open file: ours first, the system's own behind it.
typedef struct {
    sqlite3_file base;
    Disk *disk;
    Image *image;
    unsigned kind;
    sqlite3_file *inner;
} File;

static sqlite3_vfs *below;

static unsigned kindOf(int flags) {
    if (flags & (SQLITE_OPEN_MAIN_DB)) return FV_DATABASE;
    if (flags & SQLITE_OPEN_WAL) return FV_LOG;
    if (flags & SQLITE_OPEN_MAIN_JOURNAL) return FV_JOURNAL;
    return FV_OTHER;
}

static unsigned kindOfName(const char *path) {
    size_t length = strlen(path);
    if (length > 4 && strcmp(path + length - 4, "-wal") == 0) return FV_LOG;
    if (length > 8 && strcmp(path + length - 8, "-journal") == 0) return FV_JOURNAL;
    return FV_DATABASE;
}

// A disk that was forgotten has no faults left.
static int isWatched(const File *file) { return file->disk != NULL && !file->disk->isGone; }

#define FAIL_IF_TOLD(call)                                     \
    File *file = (File *)f;                                    \
    if (isWatched(file)) {                                     \
        int told = fvEnter(file->disk, (call), file->kind);    \
        if (told != SQLITE_OK) return told;                    \
    }

static int fileClose(sqlite3_file *f) {
    File *file = (File *)f;
    int code = file->inner->pMethods->xClose(file->inner);
    if (file->disk) fvRelease(file->disk);
    file->disk = NULL;
    return code;
}

static int fileRead(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset) {
    FAIL_IF_TOLD(FV_READ)
    return file->inner->pMethods->xRead(file->inner, bytes, count, offset);
}

// Takes the growth from the space that is left; false when there is not enough.
static int hasSpace(File *file, int count, sqlite3_int64 offset) {
    sqlite3_int64 size = 0;
    if (file->inner->pMethods->xFileSize(file->inner, &size) != SQLITE_OK) return 1;
    long growth = offset + count > size ? (long)(offset + count - size) : 0;
    pthread_mutex_lock(&file->disk->lock);
    int fits = file->disk->space < 0 || growth <= file->disk->space;
    if (fits && file->disk->space >= 0) file->disk->space -= growth;
    pthread_mutex_unlock(&file->disk->lock);
    return fits;
}

static int fileWrite(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    File *file = (File *)f;
    if (!isWatched(file)) return file->inner->pMethods->xWrite(file->inner, bytes, count, offset);
    int isCut;
    int code = fvEnterChange(file->disk, FV_WRITE, file->kind, &isCut);
    if (isCut && file->image) fvNoteWrite(file->disk, file->image, bytes, count, offset);
    if (code == SQLITE_OK && !hasSpace(file, count, offset)) code = SQLITE_FULL;
    if (code != SQLITE_OK) {
        // A write that fails may have got half of its way.
        if (code != SQLITE_IOERR && count > 1
            && file->inner->pMethods->xWrite(file->inner, bytes, count / 2, offset) == SQLITE_OK && file->image) {
            fvNoteWrite(file->disk, file->image, bytes, count / 2, offset);
        }
        return code;
    }
    code = file->inner->pMethods->xWrite(file->inner, bytes, count, offset);
    if (code == SQLITE_OK && file->image) fvNoteWrite(file->disk, file->image, bytes, count, offset);
    return code;
}

static int fileTruncate(sqlite3_file *f, sqlite3_int64 size) {
    File *file = (File *)f;
    if (isWatched(file)) {
        int isCut;
        int code = fvEnterChange(file->disk, FV_TRUNCATE, file->kind, &isCut);
        if ((code == SQLITE_OK || isCut) && file->image) fvNoteTruncate(file->disk, file->image, size);
        if (code != SQLITE_OK) return code;
    }
    return file->inner->pMethods->xTruncate(file->inner, size);
}

static int fileSync(sqlite3_file *f, int flags) {
    File *file = (File *)f;
    if (isWatched(file)) {
        int isCut;
        int code = fvEnterChange(file->disk, FV_SYNC, file->kind, &isCut);
        if (code != SQLITE_OK) {
            if (!isCut && code != SQLITE_IOERR && file->image) fvLose(file->disk, file->image);
            return code;
        }
    }
    // The model is the disk: the real one need not be waited for.
    if (!isWatched(file) || !file->image) {
        int code = file->inner->pMethods->xSync(file->inner, flags);
        if (code != SQLITE_OK) return code;
    }
    if (isWatched(file)) fvNoteSync(file->disk, file->image, file->kind);
    return SQLITE_OK;
}

static int fileSize(sqlite3_file *f, sqlite3_int64 *size) {
    FAIL_IF_TOLD(FV_SIZE)
    return file->inner->pMethods->xFileSize(file->inner, size);
}

static int fileLock(sqlite3_file *f, int level) {
    FAIL_IF_TOLD(FV_LOCK)
    return file->inner->pMethods->xLock(file->inner, level);
}

static int fileUnlock(sqlite3_file *f, int level) {
    File *file = (File *)f;
    return file->inner->pMethods->xUnlock(file->inner, level);
}

static int fileCheckReservedLock(sqlite3_file *f, int *result) {
    FAIL_IF_TOLD(FV_LOCK)
    return file->inner->pMethods->xCheckReservedLock(file->inner, result);
}

static int fileControl(sqlite3_file *f, int operation, void *argument) {
    File *file = (File *)f;
    return file->inner->pMethods->xFileControl(file->inner, operation, argument);
}

static int fileSectorSize(sqlite3_file *f) {
    File *file = (File *)f;
    return file->inner->pMethods->xSectorSize(file->inner);
}

static int fileCharacteristics(sqlite3_file *f) {
    File *file = (File *)f;
    return file->inner->pMethods->xDeviceCharacteristics(file->inner);
}

static int fileShmMap(sqlite3_file *f, int page, int size, int extend, void volatile **memory) {
    FAIL_IF_TOLD(FV_SHM_MAP)
    return file->inner->pMethods->xShmMap(file->inner, page, size, extend, memory);
}

static int fileShmLock(sqlite3_file *f, int offset, int count, int flags) {
    File *file = (File *)f;
    if (isWatched(file) && (flags & SQLITE_SHM_LOCK)) {
        int told = fvEnter(file->disk, FV_SHM_LOCK, file->kind);
        if (told != SQLITE_OK) return told;
    }
    return file->inner->pMethods->xShmLock(file->inner, offset, count, flags);
}

static void fileShmBarrier(sqlite3_file *f) {
    File *file = (File *)f;
    file->inner->pMethods->xShmBarrier(file->inner);
}

static int fileShmUnmap(sqlite3_file *f, int deletes) {
    File *file = (File *)f;
    return file->inner->pMethods->xShmUnmap(file->inner, deletes);
}

// Version 2: without memory-mapped reads, which the product turns off too.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = fileClose,
    .xRead = fileRead,
    .xWrite = fileWrite,
    .xTruncate = fileTruncate,
    .xSync = fileSync,
    .xFileSize = fileSize,
    .xLock = fileLock,
    .xUnlock = fileUnlock,
    .xCheckReservedLock = fileCheckReservedLock,
    .xFileControl = fileControl,
    .xSectorSize = fileSectorSize,
    .xDeviceCharacteristics = fileCharacteristics,
    .xShmMap = fileShmMap,
    .xShmLock = fileShmLock,
    .xShmBarrier = fileShmBarrier,
    .xShmUnmap = fileShmUnmap,
};

static int layerOpen(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *outFlags) {
    (void)vfs;
    File *file = (File *)f;
    memset(file, 0, sizeof *file);
    file->inner = (sqlite3_file *)&file[1];
    file->kind = kindOf(flags);
    Disk *disk = fvDiskOf(path);
    int isNew = 0;
    if (disk) {
        int told = fvEnter(disk, FV_OPEN, file->kind);
        if (told != SQLITE_OK) {
            fvRelease(disk);
            return told;
        }
        file->image = fvImage(disk, path, file->kind);
        isNew = file->image && !file->image->exists;
    }
    int code = below->xOpen(below, path, file->inner, flags, outFlags);
    if (code != SQLITE_OK) {
        if (disk) fvRelease(disk);
        return code;
    }
    if (disk && file->image) fvNoteOpen(disk, file->image, isNew);
    file->disk = disk;
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int layerDelete(sqlite3_vfs *vfs, const char *path, int syncsFolder) {
    (void)vfs;
    Disk *disk = fvDiskOf(path);
    if (!disk) return below->xDelete(below, path, syncsFolder);
    int isCut;
    int code = fvEnterChange(disk, FV_DELETE, kindOfName(path), &isCut);
    if (code == SQLITE_OK) {
        code = below->xDelete(below, path, syncsFolder);
        if (code == SQLITE_OK) fvNoteDelete(disk, path, syncsFolder);
    }
    fvRelease(disk);
    return code;
}

static int layerAccess(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    Disk *disk = fvDiskOf(path);
    if (disk) {
        int told = fvEnter(disk, FV_ACCESS, kindOfName(path));
        fvRelease(disk);
        if (told != SQLITE_OK) return told;
    }
    return below->xAccess(below, path, flags, result);
}

static sqlite3_vfs layer;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int installed = SQLITE_ERROR;

static void install(void) {
    below = sqlite3_vfs_find(NULL);
    if (!below) return;
    layer = *below;
    layer.zName = "fault";
    layer.pNext = NULL;
    layer.szOsFile = (int)sizeof(File) + below->szOsFile;
    layer.xOpen = layerOpen;
    layer.xDelete = layerDelete;
    layer.xAccess = layerAccess;
    installed = sqlite3_vfs_register(&layer, 1);
}

int fv_install(void) {
    pthread_once(&once, install);
    return installed;
}
