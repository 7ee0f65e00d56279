#!/usr/bin/env bash
# standardwebhooks signs another instant when the time has a zone
#
# Guess:     The same instant gives the same signature, whether it is written 12:00 UTC or 14:00 in
#            Copenhagen.
# Behaviour: `sign` puts UTC in the place of the zone, so 14:00+02:00 is signed as 14:00 UTC.
# Version:   standardwebhooks 1.1.0; Python 3.11, 2026-11-30.
# Seen:
#     the same instant: True
#     the same signature: False
#     that of two hours later: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'standardwebhooks==1.1.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from datetime import datetime, timedelta, timezone
from standardwebhooks import Webhook

hook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
noon = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
there = noon.astimezone(timezone(timedelta(hours=2)))
print("the same instant:", noon == there)
print("the same signature:", hook.sign("msg_1", noon, "{}") == hook.sign("msg_1", there, "{}"))
later = noon + timedelta(hours=2)
print("that of two hours later:", hook.sign("msg_1", later, "{}") == hook.sign("msg_1", there, "{}"))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
the same instant: True
the same signature: False
that of two hours later: True
SEEN
