#!/usr/bin/env bash
# price-parser makes 125 kroner of an eighth of a krone
#
# Guess:     A number that begins with 0 and a separator is below one, however many decimals it has.
# Behaviour: Three digits after the only separator are taken for thousands, also after a 0: 0,125 and 0.125
#            are 125.
# Version:   price-parser 0.5.1; Python 3.11, 2026-11-30.
# Seen:
#     0,5 kr. -> 0.5
#     0,12 kr. -> 0.12
#     0,125 kr. -> 125
#     EUR 0.125 -> 125
#     0,1250 kr. -> 0.1250
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'price-parser==0.5.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from price_parser import Price

for text in ("0,5 kr.", "0,12 kr.", "0,125 kr.", "EUR 0.125", "0,1250 kr."):
    print(text, "->", Price.fromstring(text).amount)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
0,5 kr. -> 0.5
0,12 kr. -> 0.12
0,125 kr. -> 125
EUR 0.125 -> 125
0,1250 kr. -> 0.1250
SEEN
