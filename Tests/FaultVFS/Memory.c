#include "FaultVFS.h"
#include <pthread.h>
#include <sqlite3.h>

static sqlite3_mem_methods below;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long countdown = 0;
static int isForever = 0;
static long failures = 0;

static int fails(void) {
    pthread_mutex_lock(&lock);
    int isDue = 0;
    if (countdown > 0 && --countdown == 0) {
        isDue = 1;
        failures++;
        if (isForever) countdown = 1;
    }
    pthread_mutex_unlock(&lock);
    return isDue;
}

static void *allocate(int size) { return fails() ? NULL : below.xMalloc(size); }

static void *resize(void *memory, int size) { return fails() ? NULL : below.xRealloc(memory, size); }

int fv_memory_install(void) {
    int code = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &below);
    if (code != SQLITE_OK) return code;
    sqlite3_mem_methods methods = below;
    methods.xMalloc = allocate;
    methods.xRealloc = resize;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

void fv_memory_fail(long nth, int forever) {
    pthread_mutex_lock(&lock);
    countdown = nth;
    isForever = forever;
    failures = 0;
    pthread_mutex_unlock(&lock);
}

long fv_memory_failures(void) {
    pthread_mutex_lock(&lock);
    long count = failures;
    pthread_mutex_unlock(&lock);
    return count;
}
