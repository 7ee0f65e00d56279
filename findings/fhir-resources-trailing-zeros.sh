#!/usr/bin/env bash
# fhir.resources loses the precision of a dose
#
# Guess:     FHIR R4 says that 1.50 is another value than 1.5 and that implementations keep the precision.
# Behaviour: A read and a write make 1.5 of 1.50, and 0.1 of a decimal of twenty digits.
# Version:   fhir.resources 8.3.0; Python 3.11, 2026-11-30.
# Seen:
#     1.0 -> {"value":1.0}
#     1.50 -> {"value":1.5}
#     0.10000000000000000001 -> {"value":0.1}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'fhir.resources==8.3.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from fhir.resources.R4B.quantity import Quantity

for text in ("1.0", "1.50", "0.10000000000000000001"):
    print(text, "->", Quantity.model_validate_json('{"value": %s}' % text).model_dump_json())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
1.0 -> {"value":1.0}
1.50 -> {"value":1.5}
0.10000000000000000001 -> {"value":0.1}
SEEN
