#!/usr/bin/env bash
# fido2 reads null as False and writes no null
#
# Guess:     CBOR's null (f6) is None, as its false (f4) is False, and None can be written.
# Behaviour: Both read as False, and None cannot be written: what an authenticator left open reads as what
#            it denied.
# Version:   fido2 2.2.1; Python 3.11, 2026-11-30.
# Seen:
#     f4 -> False
#     f5 -> True
#     f6 -> False
#     Unsupported value: None
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'fido2==2.2.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from fido2 import cbor

for data in (b"\xf4", b"\xf5", b"\xf6"):
    print(data.hex(), "->", cbor.decode(data))
try:
    print(cbor.encode(None).hex())
except ValueError as error:
    print(error)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
f4 -> False
f5 -> True
f6 -> False
Unsupported value: None
SEEN
