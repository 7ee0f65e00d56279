#!/usr/bin/env bash
# python-stdnum writes a price under another identifier than it was given
#
# Guess:     3922 means: amount with two decimals. 249.5 is written 392224950, or refused.
# Behaviour: The last digit of the identifier is replaced by the number of decimals that the value happens
#            to have.
# Version:   python-stdnum 2.2; Python 3.11, 2026-11-30.
# Seen:
#     Decimal('249.50') -> 3922 24950
#     Decimal('249.5') -> 3921 2495
#     Decimal('249') -> 3920 249
#     249.5 -> 3921 2495
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'python-stdnum==2.2'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from decimal import Decimal
from stdnum import gs1_128

for amount in (Decimal("249.50"), Decimal("249.5"), Decimal("249"), 249.50):
    written = gs1_128.encode({"3922": amount})
    print(repr(amount), "->", written[:4], written[4:])
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
Decimal('249.50') -> 3922 24950
Decimal('249.5') -> 3921 2495
Decimal('249') -> 3920 249
249.5 -> 3921 2495
SEEN
