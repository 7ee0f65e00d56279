#!/usr/bin/env bash
# iso8583sim takes a burger bar for Mastercard
#
# Guess:     Without a card number there is no network, so an answer's network is None whatever the shop is
#            called.
# Behaviour: The letters MC, VISA or AMEX anywhere in the message decide. Mastercard's rules then apply to
#            DE 22 and 48.
# Version:   iso8583sim 1.6.0; Python 3.11, 2026-11-30.
# Seen:
#     BOGBIXEN None 0 errors
#     MCBURGER MASTERCARD 7 errors
#     VISAGISTEN VISA 7 errors
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from iso8583sim.core.builder import ISO8583Builder
from iso8583sim.core.parser import ISO8583Parser
from iso8583sim.core.types import ISO8583Message
from iso8583sim.core.validator import ISO8583Validator

for acceptor in ("BOGBIXEN", "MCBURGER", "VISAGISTEN"):
    fields = {11: "000001", 39: "00", 42: acceptor, 48: "0103ABC"}
    text = ISO8583Builder().build(ISO8583Message(mti="0110", fields=fields))
    parsed = ISO8583Parser().parse(text)
    errors = ISO8583Validator().validate_message(parsed)
    print(acceptor, parsed.network and parsed.network.value, len(errors), "errors")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
BOGBIXEN None 0 errors
MCBURGER MASTERCARD 7 errors
VISAGISTEN VISA 7 errors
SEEN
