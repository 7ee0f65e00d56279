#!/usr/bin/env bash
# price-parser reads a refund as a payment
#
# Guess:     -12,50 kr. is minus twelve kroner and fifty oere, in whichever way the minus is written.
# Behaviour: The sign is dropped without a word: every one of them is 12.50.
# Version:   price-parser 0.5.1; Python 3.11, 2026-11-30.
# Seen:
#     '-12,50 kr.' -> 12.50
#     'kr. -12,50' -> 12.50
#     '\u221212,50 kr.' -> 12.50
#     '-USD 12.50' -> 12.50
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'price-parser==0.5.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from price_parser import Price

for text in ("-12,50 kr.", "kr. -12,50", "\u221212,50 kr.", "-USD 12.50"):
    print(ascii(text), "->", Price.fromstring(text).amount)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
'-12,50 kr.' -> 12.50
'kr. -12,50' -> 12.50
'\u221212,50 kr.' -> 12.50
'-USD 12.50' -> 12.50
SEEN
