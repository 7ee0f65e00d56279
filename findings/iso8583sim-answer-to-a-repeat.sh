#!/usr/bin/env bash
# iso8583sim gives a repeat an answer type of its own
#
# Guess:     A repeat (0101, 0421) is answered with the type that answers the original: 0110 and 0430, as in
#            ISO 8583:1987.
# Behaviour: `response_mti` adds one to the third digit and keeps the fourth, so its host answers 0111 and
#            0431.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     0100 -> 0110
#     0101 -> 0111
#     0420 -> 0430
#     0421 -> 0431
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from iso8583sim.net.host import response_mti

for request in ("0100", "0101", "0420", "0421"):
    print(request, "->", response_mti(request))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
0100 -> 0110
0101 -> 0111
0420 -> 0430
0421 -> 0431
SEEN
