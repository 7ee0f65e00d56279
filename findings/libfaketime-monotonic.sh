#!/usr/bin/env bash
# libfaketime moves the monotonic clock with the wall clock
#
# Guess:     FAKETIME=+3600 moves the wall clock by an hour. The monotonic clock says how long the machine has been
#            up, as before, so a test of "elapsed time does not jump" runs under it.
# Behaviour: The monotonic clock and the boot clock give the faked wall clock's seconds since 1970. Only
#            FAKETIME_DONT_FAKE_MONOTONIC=1 leaves them alone.
# Version:   libfaketime 0.9.10 (Debian 12), Python 3.11, 2026-11-30.
# Seen:
#     as it is: wall +0 h, monotonic is no date
#     FAKETIME=+3600: wall +1 h, monotonic is the wall clock
#     and DONT_FAKE_MONOTONIC: wall +1 h, monotonic is no date
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download libfaketime >/dev/null 2>&1 || { apt-get update -qq && apt-get download libfaketime >/dev/null; }
dpkg -x libfaketime_*.deb .
library=$(find "$folder" -name libfaketime.so.1)

ask() {
    local label=$1
    shift
    env REAL="$(date +%s)" "$@" python3 - "$label" <<'PYTHON'
import os
import sys
import time

wall, monotonic = time.time(), time.clock_gettime(time.CLOCK_MONOTONIC)
hours = round((wall - int(os.environ["REAL"])) / 3600)
print(f"{sys.argv[1]}: wall +{hours} h, monotonic is", "the wall clock" if abs(wall - monotonic) < 5 else "no date")
PYTHON
}

{
    ask "as it is" A=b
    ask "FAKETIME=+3600" LD_PRELOAD="$library" FAKETIME=+3600
    ask "and DONT_FAKE_MONOTONIC" LD_PRELOAD="$library" FAKETIME=+3600 FAKETIME_DONT_FAKE_MONOTONIC=1
} >seen
cat seen
diff seen - <<'SEEN'
as it is: wall +0 h, monotonic is no date
FAKETIME=+3600: wall +1 h, monotonic is the wall clock
and DONT_FAKE_MONOTONIC: wall +1 h, monotonic is no date
SEEN
