#!/usr/bin/env bash
# Babel does not use the minor units of ISO 4217
#
# Guess:     The precision of a currency is its ISO 4217 exponent: IQD 3, AFN 2, HUF 2, as payments are made
#            in it.
# Behaviour: It is CLDR's, which follows what people pay with at a counter. 12.345 dinars of Iraq are shown
#            as 12.
# Version:   babel 2.19.0, iso4217 1.16.20260101; Python 3.11, 2026-11-30.
# Seen:
#     DKK ISO 4217: 2 Babel: 2
#     BHD ISO 4217: 3 Babel: 3
#     ISK ISO 4217: 0 Babel: 0
#     HUF ISO 4217: 2 Babel: 0
#     IQD ISO 4217: 3 Babel: 0
#     AFN ISO 4217: 2 Babel: 0
#     COP ISO 4217: 2 Babel: 0
#     IQD12
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'babel==2.19.0' 'iso4217==1.16.20260101'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from decimal import Decimal
from babel.numbers import format_currency, get_currency_precision
from iso4217 import Currency

for code in ("DKK", "BHD", "ISK", "HUF", "IQD", "AFN", "COP"):
    print(code, "ISO 4217:", Currency(code).exponent, "Babel:", get_currency_precision(code))
print(format_currency(Decimal("12.345"), "IQD", locale="en"))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
DKK ISO 4217: 2 Babel: 2
BHD ISO 4217: 3 Babel: 3
ISK ISO 4217: 0 Babel: 0
HUF ISO 4217: 2 Babel: 0
IQD ISO 4217: 3 Babel: 0
AFN ISO 4217: 2 Babel: 0
COP ISO 4217: 2 Babel: 0
IQD12
SEEN
