#!/usr/bin/env bash
# fhirpathpy rounds halves to the even neighbour
#
# Guess:     FHIRPath: `round` is the traditional one, 0.5 or higher goes up, so 2.5 gives 3 and 0.125 gives
#            0.13.
# Behaviour: It is Python's own rounding of decimals: half to even. A dose or a price differs by one in the
#            last place.
# Version:   fhirpathpy 2.2.4; Python 3.11, 2026-11-30.
# Seen:
#     2.5.round(0) -> 2
#     3.5.round(0) -> 4
#     0.125.round(2) -> 0.12
#     0.135.round(2) -> 0.14
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'fhirpathpy==2.2.4'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from fhirpathpy import evaluate

for expression in ("2.5.round(0)", "3.5.round(0)", "0.125.round(2)", "0.135.round(2)"):
    print(expression, "->", *evaluate({}, expression, {}))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
2.5.round(0) -> 2
3.5.round(0) -> 4
0.125.round(2) -> 0.12
0.135.round(2) -> 0.14
SEEN
