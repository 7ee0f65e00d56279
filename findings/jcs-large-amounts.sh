#!/usr/bin/env bash
# jcs changes an amount that it makes canonical
#
# Guess:     A whole number is written with all its digits, by both libraries for RFC 8785.
# Behaviour: Beyond 2^53 jcs writes the nearest double, another amount; rfc8785 refuses from 2^53 on.
# Version:   jcs 0.2.1, rfc8785 0.1.4; Python 3.11, 2026-11-30.
# Seen:
#     9007199254740991 {"amount":9007199254740991} {"amount":9007199254740991}
#     9007199254740992 {"amount":9007199254740992} IntegerDomainError
#     9007199254740993 {"amount":9007199254740992} IntegerDomainError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'jcs==0.2.1' 'rfc8785==0.1.4'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import jcs
import rfc8785

for amount in (2**53 - 1, 2**53, 2**53 + 1):
    try:
        other = rfc8785.dumps({"amount": amount}).decode()
    except rfc8785.CanonicalizationError as error:
        other = type(error).__name__
    print(amount, jcs.canonicalize({"amount": amount}).decode(), other)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
9007199254740991 {"amount":9007199254740991} {"amount":9007199254740991}
9007199254740992 {"amount":9007199254740992} IntegerDomainError
9007199254740993 {"amount":9007199254740992} IntegerDomainError
SEEN
