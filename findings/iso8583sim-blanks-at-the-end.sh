#!/usr/bin/env bash
# iso8583sim takes the blanks off a private element
#
# Guess:     DE 48 is free text of up to 999 characters, so the builder writes the eleven characters it was
#            given.
# Behaviour: The value is stripped before its length is written. Subfields with a length of their own then
#            reach past the end.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     '0070107ABC' for 11 characters
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from iso8583sim.core.builder import ISO8583Builder
from iso8583sim.core.types import ISO8583Message

subfield = "0107ABC    "  # tag 01, length 07, "ABC" and four blanks
built = ISO8583Builder().build(ISO8583Message(mti="0110", fields={48: subfield}))
print(repr(built[20:]), "for", len(subfield), "characters")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
'0070107ABC' for 11 characters
SEEN
