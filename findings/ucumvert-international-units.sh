#!/usr/bin/env bash
# ucumvert adds international units of medicine to anything that is counted
#
# Guess:     UCUM: [iU] is arbitrary and comparable with nothing else, so 100 [iU] and 2 (tablets) cannot be
#            added.
# Behaviour: It is a plain number. 100 [iU] and 2 are 102, and 100 [iU] are ten thousand per cent.
# Version:   ucumvert 0.3.2; Python 3.11, 2026-11-30.
# Seen:
#     sum: 102.0
#     equal to a number: True
#     in per cent: 10000.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'ucumvert==0.3.2'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from ucumvert import PintUcumRegistry

units = PintUcumRegistry()
insulin, tablets = 100 * units.from_ucum("[iU]"), 2 * units.from_ucum("1")
print("sum:", (insulin + tablets).magnitude)
print("equal to a number:", units.from_ucum("[iU]") == units.from_ucum("1"))
print("in per cent:", insulin.to(units.from_ucum("%").units).magnitude)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
sum: 102.0
equal to a number: True
in per cent: 10000.0
SEEN
