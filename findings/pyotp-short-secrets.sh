#!/usr/bin/env bash
# pyotp refuses the secret that is in everybody's examples
#
# Guess:     JBSWY3DPEHPK3PXP (80 bits, what many servers still hand out) is accepted, as it was for years.
# Behaviour: A secret under 112 bits raises ValueError when the object is made, so old enrolments stop
#            working on upgrade.
# Version:   pyotp 2.12.1; Python 3.11, 2026-11-30.
# Seen:
#     80 bits: Secrets must be at least 112 bits after decoding
#     160 bits: 046969
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'pyotp==2.12.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import pyotp

for secret in ("JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"):
    try:
        print(len(secret) * 5, "bits:", pyotp.TOTP(secret).at(1_780_000_000))
    except ValueError as error:
        print(len(secret) * 5, "bits:", error)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
80 bits: Secrets must be at least 112 bits after decoding
160 bits: 046969
SEEN
