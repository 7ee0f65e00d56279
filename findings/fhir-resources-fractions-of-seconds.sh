#!/usr/bin/env bash
# fhir.resources writes other times than it read
#
# Guess:     An instant is written as it was read: the fraction of the second is part of what was signed.
# Behaviour: A fraction of zeros is left out, and the seventh digit is cut off.
# Version:   fhir.resources 8.3.0; Python 3.11, 2026-11-30.
# Seen:
#     12:00:00.000+01:00 -> 12:00:00+01:00
#     12:00:00.250+01:00 -> 12:00:00.250000+01:00
#     12:00:00.1234567+01:00 -> 12:00:00.123456+01:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'fhir.resources==8.3.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
from fhir.resources.R4B.bundle import Bundle

for time in ("12:00:00.000+01:00", "12:00:00.250+01:00", "12:00:00.1234567+01:00"):
    text = '{"resourceType":"Bundle","type":"collection","timestamp":"2026-11-30T%s"}' % time
    written = json.loads(Bundle.model_validate_json(text).model_dump_json())["timestamp"]
    print(time, "->", written.partition("T")[2])
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
12:00:00.000+01:00 -> 12:00:00+01:00
12:00:00.250+01:00 -> 12:00:00.250000+01:00
12:00:00.1234567+01:00 -> 12:00:00.123456+01:00
SEEN
