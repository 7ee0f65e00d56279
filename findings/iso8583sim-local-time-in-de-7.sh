#!/usr/bin/env bash
# iso8583sim dates a reversal in local time
#
# Guess:     DE 7, transmission date and time, is UTC (ISO 8583:1987 says GMT), so `create_reversal` writes
#            UTC.
# Behaviour: It writes the local time of the machine, hours away from DE 7 of the original in its own DE 90.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     hours between the original and its reversal: 9
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

TZ=Asia/Tokyo "$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from datetime import datetime, timezone
from iso8583sim.core.builder import ISO8583Builder
from iso8583sim.core.types import ISO8583Message

now = datetime.now(timezone.utc)
original = ISO8583Message(mti="0100", fields={
    2: "4242424242424242", 3: "000000", 4: "000000000100", 7: now.strftime("%m%d%H%M%S"), 11: "000001"})
reversal = ISO8583Builder().create_reversal(original)
written = datetime.strptime(f"{now.year}{reversal.fields[7]}", "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
print("hours between the original and its reversal:", round((written - now).total_seconds() / 3600) % 24)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
hours between the original and its reversal: 9
SEEN
