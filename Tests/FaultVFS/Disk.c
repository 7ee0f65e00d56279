#include "Disk.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// All disks, and the lock of the list.
static pthread_mutex_t listLock = PTHREAD_MUTEX_INITIALIZER;
static Disk *disks = NULL;
static int lastID = 0;

// The place of a bit that is set alone.
static int place(unsigned bit) {
    int at = 0;
    while (bit > 1) {
        bit >>= 1;
        at++;
    }
    return at;
}

static void freeImage(Image *image) {
    for (long at = 0; at < image->count; at++) free(image->changes[at].bytes);
    free(image->changes);
    free(image->bytes);
    free(image->name);
    free(image);
}

static void freeDisk(Disk *disk) {
    while (disk->images) {
        Image *next = disk->images->next;
        freeImage(disk->images);
        disk->images = next;
    }
    pthread_mutex_destroy(&disk->lock);
    pthread_cond_destroy(&disk->letGo);
    free(disk->folder);
    free(disk);
}

int fv_disk_new(const char *folder, int models) {
    Disk *disk = calloc(1, sizeof(Disk));
    if (!disk) return 0;
    disk->folder = strdup(folder);
    disk->folderLength = strlen(folder);
    disk->models = models;
    disk->space = -1;
    disk->references = 1;
    pthread_mutex_init(&disk->lock, NULL);
    pthread_cond_init(&disk->letGo, NULL);
    pthread_mutex_lock(&listLock);
    disk->id = ++lastID;
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&listLock);
    return disk->id;
}

void fvRelease(Disk *disk) {
    pthread_mutex_lock(&listLock);
    int isLast = --disk->references == 0;
    pthread_mutex_unlock(&listLock);
    if (isLast) freeDisk(disk);
}

void fv_disk_free(int id) {
    pthread_mutex_lock(&listLock);
    Disk **link = &disks;
    while (*link && (*link)->id != id) link = &(*link)->next;
    Disk *disk = *link;
    if (disk) *link = disk->next;
    pthread_mutex_unlock(&listLock);
    if (!disk) return;
    fv_heal(id);
    pthread_mutex_lock(&disk->lock);
    disk->isGone = 1;
    disk->holdsSyncs = 0;
    pthread_cond_broadcast(&disk->letGo);
    pthread_mutex_unlock(&disk->lock);
    fvRelease(disk);
}

Disk *fvDiskOf(const char *path) {
    if (!path) return NULL;
    pthread_mutex_lock(&listLock);
    Disk *disk = disks;
    while (disk && (strncmp(path, disk->folder, disk->folderLength) != 0 || path[disk->folderLength] != '/')) {
        disk = disk->next;
    }
    if (disk) disk->references++;
    pthread_mutex_unlock(&listLock);
    return disk;
}

// The disk of an id, locked and referenced.
static Disk *take(int id) {
    pthread_mutex_lock(&listLock);
    Disk *disk = disks;
    while (disk && disk->id != id) disk = disk->next;
    if (disk) disk->references++;
    pthread_mutex_unlock(&listLock);
    if (disk) pthread_mutex_lock(&disk->lock);
    return disk;
}

static void give(Disk *disk) {
    pthread_mutex_unlock(&disk->lock);
    fvRelease(disk);
}

// MARK: Faults

void fv_fail(int id, unsigned kinds, unsigned files, long nth, int forever, int code) {
    Disk *disk = take(id);
    if (!disk) return;
    disk->kinds = kinds;
    disk->files = files;
    disk->countdown = nth;
    disk->isForever = forever;
    disk->code = code;
    disk->isArmed = 1;
    give(disk);
}

void fv_heal(int id) {
    Disk *disk = take(id);
    if (!disk) return;
    disk->isArmed = 0;
    give(disk);
}

void fv_space(int id, long bytes) {
    Disk *disk = take(id);
    if (!disk) return;
    disk->space = bytes;
    give(disk);
}

void fv_hold_syncs(int id, int hold) {
    Disk *disk = take(id);
    if (!disk) return;
    disk->holdsSyncs = hold;
    pthread_cond_broadcast(&disk->letGo);
    give(disk);
}

void fv_cut(int id, long nth) {
    Disk *disk = take(id);
    if (!disk) return;
    disk->cutAt = disk->changes + nth;
    give(disk);
}

int fvEnter(Disk *disk, unsigned kind, unsigned file) {
    pthread_mutex_lock(&disk->lock);
    disk->calls[place(kind)][place(file)]++;
    int code = SQLITE_OK;
    if (disk->isCut) {
        code = SQLITE_IOERR;
    } else if (disk->isArmed && (disk->kinds & kind) && (disk->files & file)) {
        if (disk->countdown > 0) disk->countdown--;
        if (disk->countdown == 0) {
            code = disk->code;
            disk->failures++;
            if (!disk->isForever) disk->isArmed = 0;
        }
    }
    while (code == SQLITE_OK && kind == FV_SYNC && disk->holdsSyncs) {
        disk->held++;
        pthread_cond_wait(&disk->letGo, &disk->lock);
        disk->held--;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

int fvEnterChange(Disk *disk, unsigned kind, unsigned file, int *isCut) {
    int code = fvEnter(disk, kind, file);
    *isCut = 0;
    if (code != SQLITE_OK) return code;
    pthread_mutex_lock(&disk->lock);
    disk->changes++;
    if (disk->cutAt > 0 && disk->changes >= disk->cutAt) {
        *isCut = !disk->isCut;
        disk->isCut = 1;
        code = SQLITE_IOERR;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

// MARK: Figures

#define FIGURE(type, name, expression) \
    type name(int id) {                \
        Disk *disk = take(id);         \
        if (!disk) return 0;           \
        type figure = expression;      \
        give(disk);                    \
        return figure;                 \
    }

FIGURE(long, fv_failures, disk->failures)
FIGURE(long, fv_changes, disk->changes)
FIGURE(int, fv_held, disk->held)
FIGURE(int, fv_is_cut, disk->isCut)

long fv_calls(int id, unsigned kinds, unsigned files) {
    Disk *disk = take(id);
    if (!disk) return 0;
    long sum = 0;
    for (int kind = 0; kind < 11; kind++) {
        for (int file = 0; file < 4; file++) {
            if ((kinds >> kind & 1) && (files >> file & 1)) sum += disk->calls[kind][file];
        }
    }
    give(disk);
    return sum;
}

long fv_synced(int id, unsigned files) {
    Disk *disk = take(id);
    if (!disk) return 0;
    long sum = 0;
    for (int file = 0; file < 4; file++) {
        if (files >> file & 1) sum += disk->synced[file];
    }
    give(disk);
    return sum;
}

long fv_unsynced(int id, unsigned files) {
    Disk *disk = take(id);
    if (!disk) return 0;
    long sum = 0;
    for (Image *image = disk->images; image; image = image->next) {
        if (!(image->kind & files) || !image->exists) continue;
        sum += image->lost;
        for (long at = 0; at < image->count; at++) {
            sum += image->changes[at].length < 0 ? 1 : image->changes[at].length;
        }
    }
    give(disk);
    return sum;
}

// MARK: What is on the platter

static void grow(Image *image, int64_t length) {
    if (length <= image->capacity) return;
    int64_t capacity = image->capacity ? image->capacity : 4096;
    while (capacity < length) capacity *= 2;
    image->bytes = realloc(image->bytes, (size_t)capacity);
    image->capacity = capacity;
}

static void lay(Image *image, const unsigned char *bytes, long length, int64_t offset) {
    int64_t end = offset + length;
    grow(image, end);
    if (offset > image->length) memset(image->bytes + image->length, 0, (size_t)(offset - image->length));
    memcpy(image->bytes + offset, bytes, (size_t)length);
    if (end > image->length) image->length = end;
}

static void shorten(Image *image, int64_t length) {
    grow(image, length);
    if (length > image->length) memset(image->bytes + image->length, 0, (size_t)(length - image->length));
    image->length = length;
}

static void load(Image *image, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return;
    image->exists = image->existsForGood = 1;
    unsigned char piece[65536];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) lay(image, piece, (long)got, image->length);
    fclose(file);
}

Image *fvImage(Disk *disk, const char *path, unsigned kind) {
    if (!disk->models || !path) return NULL;
    const char *name = path + disk->folderLength + 1;
    pthread_mutex_lock(&disk->lock);
    Image *image = disk->images;
    while (image && strcmp(image->name, name) != 0) image = image->next;
    if (!image) {
        image = calloc(1, sizeof(Image));
        image->name = strdup(name);
        image->kind = kind;
        load(image, path);
        image->next = disk->images;
        disk->images = image;
    }
    pthread_mutex_unlock(&disk->lock);
    return image;
}

static void addChange(Image *image, Change change) {
    if (image->count == image->room) {
        image->room = image->room ? image->room * 2 : 16;
        image->changes = realloc(image->changes, (size_t)image->room * sizeof(Change));
    }
    image->changes[image->count++] = change;
}

void fvNoteWrite(Disk *disk, Image *image, const void *bytes, long length, int64_t offset) {
    Change change = {offset, length, malloc((size_t)length)};
    memcpy(change.bytes, bytes, (size_t)length);
    pthread_mutex_lock(&disk->lock);
    addChange(image, change);
    pthread_mutex_unlock(&disk->lock);
}

void fvNoteTruncate(Disk *disk, Image *image, int64_t length) {
    pthread_mutex_lock(&disk->lock);
    addChange(image, (Change){length, -1, NULL});
    pthread_mutex_unlock(&disk->lock);
}

static void clearChanges(Image *image) {
    for (long at = 0; at < image->count; at++) free(image->changes[at].bytes);
    image->count = 0;
}

static void syncFolder(Disk *disk) {
    for (Image *image = disk->images; image; image = image->next) {
        image->existsForGood = image->exists;
        if (image->exists) continue;
        clearChanges(image);
        image->length = 0;
        image->lost = 0;
    }
}

void fv_folder_synced(int id) {
    Disk *disk = take(id);
    if (!disk) return;
    syncFolder(disk);
    give(disk);
}

void fvNoteSync(Disk *disk, Image *image, unsigned file) {
    pthread_mutex_lock(&disk->lock);
    disk->synced[place(file)]++;
    if (image) {
        for (long at = 0; at < image->count; at++) {
            Change *change = &image->changes[at];
            if (change->length < 0) {
                shorten(image, change->offset);
            } else {
                lay(image, change->bytes, change->length, change->offset);
            }
        }
        clearChanges(image);
        // SQLite syncs the folder of a new journal or log with its first sync.
        if (image->syncsFolder) syncFolder(disk);
        image->syncsFolder = 0;
    }
    pthread_mutex_unlock(&disk->lock);
}

void fvLose(Disk *disk, Image *image) {
    pthread_mutex_lock(&disk->lock);
    for (long at = 0; at < image->count; at++) {
        if (image->changes[at].length > 0) image->lost += image->changes[at].length;
    }
    clearChanges(image);
    pthread_mutex_unlock(&disk->lock);
}

void fvNoteOpen(Disk *disk, Image *image, int isNew) {
    pthread_mutex_lock(&disk->lock);
    if (isNew && !image->exists) {
        // A file of this name that was deleted is another one: nothing of it comes back.
        clearChanges(image);
        image->length = 0;
        image->exists = 1;
        image->existsForGood = 0;
        image->syncsFolder = image->kind == FV_LOG || image->kind == FV_JOURNAL;
    }
    pthread_mutex_unlock(&disk->lock);
}

void fvNoteDelete(Disk *disk, const char *path, int syncsFolder) {
    const char *name = path + disk->folderLength + 1;
    pthread_mutex_lock(&disk->lock);
    for (Image *image = disk->images; image; image = image->next) {
        if (strcmp(image->name, name) == 0) image->exists = 0;
    }
    if (syncsFolder) {
        for (Image *image = disk->images; image; image = image->next) image->existsForGood = image->exists;
    }
    pthread_mutex_unlock(&disk->lock);
}

// MARK: After the cut

// SplitMix64.
static uint64_t draw(uint64_t *seed) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

// Lays the sectors of one write that the draw keeps.
static void layTorn(Image *image, const Change *change, uint64_t *seed) {
    const long sector = 512;
    long from = 0;
    while (from < change->length) {
        long until = sector - (long)((change->offset + from) % sector) + from;
        if (until > change->length) until = change->length;
        if (draw(seed) & 1) lay(image, change->bytes + from, until - from, change->offset + from);
        from = until;
    }
}

static void survive(Image *image, int manner, uint64_t *seed) {
    long whole = manner == FV_KEPT ? image->count : 0;
    if (manner == FV_TORN && image->count > 0) whole = (long)(draw(seed) % (uint64_t)image->count);
    for (long at = 0; at < image->count; at++) {
        Change *change = &image->changes[at];
        int isTorn = manner == FV_REORDERED || (manner == FV_TORN && at == whole);
        if (at >= whole && !isTorn) continue;
        if (change->length < 0) {
            if (!isTorn || (draw(seed) & 1)) shorten(image, change->offset);
        } else if (isTorn) {
            layTorn(image, change, seed);
        } else {
            lay(image, change->bytes, change->length, change->offset);
        }
    }
    clearChanges(image);
}

int fv_survivors(int id, const char *folder, int manner, uint64_t seed) {
    Disk *disk = take(id);
    if (!disk) return -1;
    int code = 0;
    for (Image *image = disk->images; image; image = image->next) {
        int isThere = image->exists;
        if (image->exists != image->existsForGood) isThere = (int)(draw(&seed) & 1);
        if (manner == FV_DROPPED) isThere = image->existsForGood;
        survive(image, manner, &seed);
        if (!isThere) continue;
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", folder, image->name);
        FILE *file = fopen(path, "wb");
        if (!file) {
            code = -1;
            continue;
        }
        if (fwrite(image->bytes, 1, (size_t)image->length, file) != (size_t)image->length) code = -1;
        if (fclose(file) != 0) code = -1;
    }
    give(disk);
    return code;
}
