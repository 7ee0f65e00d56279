#!/usr/bin/env bash
# iso8583sim calls chip data malformed that it reads itself
#
# Guess:     What `parse_emv_data` reads is well formed for `validate_emv_data` of the same package.
# Behaviour: The validator knows lengths of one byte only: 81 82 (130 bytes, BER as EMV has it) is taken for
#            129 bytes.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     read: {'9F10': '130 bytes'}
#     validated: ['Incomplete value for tag AB']
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from iso8583sim.core.emv import parse_emv_data
from iso8583sim.core.validator import ISO8583Validator

data = "9F10" + "8182" + "AB" * 130
print("read:", {tag: f"{len(value) // 2} bytes" for tag, value in parse_emv_data(data).items()})
print("validated:", ISO8583Validator().validate_emv_data(data))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
read: {'9F10': '130 bytes'}
validated: ['Incomplete value for tag AB']
SEEN
