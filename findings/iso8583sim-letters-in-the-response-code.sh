#!/usr/bin/env bash
# iso8583sim writes no response code with a letter
#
# Guess:     DE 39 is `an 2` in ISO 8583:1987, and networks use N7 (wrong CVV2) and 1A (strong
#            authentication wanted).
# Behaviour: DE 39 is defined as numeric. The builder refuses both, though the mock host's `Rule` takes
#            them.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     rule with 05
#     built 05
#     rule with N7
#     refused: Field 39 must contain only digits
#     rule with 1A
#     refused: Field 39 must contain only digits
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from iso8583sim.core.builder import ISO8583Builder
from iso8583sim.core.types import BuildError, ISO8583Message
from iso8583sim.net.host import Rule

for code in ("05", "N7", "1A"):
    print("rule with", Rule(respond=code).respond)
    try:
        print("built", ISO8583Builder().build(ISO8583Message(mti="0110", fields={39: code}))[-2:])
    except BuildError as error:
        print("refused:", error)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
rule with 05
built 05
rule with N7
refused: Field 39 must contain only digits
rule with 1A
refused: Field 39 must contain only digits
SEEN
