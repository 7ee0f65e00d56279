#!/usr/bin/env bash
# num2words takes whole kroner for oere
#
# Guess:     24900 and 24900.0 are the same number, so they are the same amount in words.
# Behaviour: A whole number is counted in cents, a decimal one in euros: the two differ by a factor of a
#            hundred.
# Version:   num2words 0.5.14; Python 3.11, 2026-11-30.
# Seen:
#     24900 -> two hundred and forty-nine euro, zero cents
#     24900.0 -> twenty-four thousand, nine hundred euro, zero cents
#     Decimal('24900') -> twenty-four thousand, nine hundred euro, zero cents
#     '24900' -> twenty-four thousand, nine hundred euro, zero cents
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'num2words==0.5.14'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from decimal import Decimal
from num2words import num2words

for amount in (24900, 24900.0, Decimal(24900), "24900"):
    print(repr(amount), "->", num2words(amount, to="currency", currency="EUR"))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
24900 -> two hundred and forty-nine euro, zero cents
24900.0 -> twenty-four thousand, nine hundred euro, zero cents
Decimal('24900') -> twenty-four thousand, nine hundred euro, zero cents
'24900' -> twenty-four thousand, nine hundred euro, zero cents
SEEN
