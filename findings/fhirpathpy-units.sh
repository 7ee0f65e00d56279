#!/usr/bin/env bash
# fhirpathpy knows that 1 g is 1000 mg, and not that 1 kg is 1000 g
#
# Guess:     FHIRPath compares quantities by UCUM, so each of these pairs of units is equal.
# Behaviour: Some pairs are converted, some are not and are simply unequal: false, not empty and not an
#            error.
# Version:   fhirpathpy 2.2.4; Python 3.11, 2026-11-30.
# Seen:
#     1 'g' = 1000 'mg' -> [True]
#     1 'cm' = 10 'mm' -> [True]
#     1 'kg' = 1000 'g' -> [False]
#     1 'L' = 1000 'mL' -> [False]
#     10 'mg' = 0.01 'g' -> [False]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'fhirpathpy==2.2.4'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from fhirpathpy import evaluate

for pair in ("1 'g' = 1000 'mg'", "1 'cm' = 10 'mm'", "1 'kg' = 1000 'g'", "1 'L' = 1000 'mL'", "10 'mg' = 0.01 'g'"):
    print(pair, "->", evaluate({}, pair, {}))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
1 'g' = 1000 'mg' -> [True]
1 'cm' = 10 'mm' -> [True]
1 'kg' = 1000 'g' -> [False]
1 'L' = 1000 'mL' -> [False]
10 'mg' = 0.01 'g' -> [False]
SEEN
