// Moves the clock on the wall of one process, and nothing else: what `settimeofday` would do to the machine.
//
// To be preloaded (LD_PRELOAD). The file named by GODKEND_WALL_SHIFT holds a number of milliseconds as decimal
// text; it is added to CLOCK_REALTIME wherever the C library tells it. The file is mapped, so that a test moves
// the clock of a running server by writing to it. CLOCK_MONOTONIC and CLOCK_BOOTTIME stay as they are. Calls
// that go to the kernel without the C library (vDSO, inline syscalls) are not moved: the test checks that the
// server's time follows.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { LENGTH = 32 };

static const char *shift_text;

__attribute__((constructor)) static void open_shift(void) {
    const char *path = getenv("GODKEND_WALL_SHIFT");
    if (!path) return;
    int file = open(path, O_RDONLY);
    if (file < 0) abort();
    void *mapped = mmap(NULL, LENGTH, PROT_READ, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) abort();
    close(file);
    shift_text = mapped;
}

static long long shift_milliseconds(void) { return shift_text ? atoll(shift_text) : 0; }

static void move(struct timespec *time) {
    long long shift = shift_milliseconds();
    long long nanoseconds = time->tv_nsec + (shift % 1000) * 1000000;
    time->tv_sec += shift / 1000 + (nanoseconds >= 1000000000) - (nanoseconds < 0);
    time->tv_nsec = (nanoseconds + 1000000000) % 1000000000;
}

static int is_wall(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*next)(clockid_t, struct timespec *);
    if (!next) next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = next(clock, time);
    if (result == 0 && is_wall(clock)) move(time);
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

int timespec_get(struct timespec *time, int base) {
    if (base != TIME_UTC || clock_gettime(CLOCK_REALTIME, time) != 0) return 0;
    return base;
}

time_t time(time_t *result) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return (time_t)-1;
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
