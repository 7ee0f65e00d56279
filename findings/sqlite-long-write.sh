#!/usr/bin/env bash
# SQLite's own file layer writes nothing of 128 KiB, and calls the disk full
#
# Guess:     xWrite of SQLite's unix layer takes any length that its count, an int of 32 bits, can say.
# Behaviour: The count is masked with 0x1ffff. A multiple of 131,072 bytes is a write of nothing, which is taken
#            for a full disk (SQLITE_FULL, 13). SQLite's own pages are 65,536 bytes at most, so only a layer
#            above the file layer meets it.
# Version:   libsqlite3-dev 3.40.1-2+deb12u2 (Debian 12), 2026-11-30.
# Seen:
#     65536: code 0
#     131071: code 0
#     131072: code 13
#     262144: code 13
#     read of 131071: code 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wanted='libsqlite3-dev=3.40.1-2+deb12u2'
if [ "$(dpkg-query --show --showformat='${Package}=${Version}' libsqlite3-dev 2>/dev/null)" != "$wanted" ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$wanted" gcc libc6-dev >/dev/null
fi

cat >"$folder/write.c" <<'C'
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    sqlite3_initialize();
    sqlite3_vfs *vfs = sqlite3_vfs_find(0);
    sqlite3_file *file = calloc(1, vfs->szOsFile);
    char *bytes = calloc(1, 1 << 20);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB;
    if (count != 2 || vfs->xOpen(vfs, arguments[1], file, flags, 0)) return 2;
    int lengths[] = {65536, 131071, 131072, 262144};
    for (int i = 0; i < 4; i++)
        printf("%d: code %d\n", lengths[i], file->pMethods->xWrite(file, bytes, lengths[i], 0));
    printf("read of 131071: code %d\n", file->pMethods->xRead(file, bytes, 131071, 0));
    return file->pMethods->xClose(file);
}
C
cc -o "$folder/write" "$folder/write.c" -lsqlite3
"$folder/write" "$folder/file" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
65536: code 0
131071: code 0
131072: code 13
262144: code 13
read of 131071: code 0
SEEN
