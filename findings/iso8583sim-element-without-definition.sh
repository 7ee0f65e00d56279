#!/usr/bin/env bash
# iso8583sim reads the elements behind DE 20 from the wrong place
#
# Guess:     A message with DE 20 (country of the card, n 3 in ISO 8583:1987) is read, or refused as
#            unknown.
# Behaviour: DE 20 has no definition, so its bit is ignored and its three characters are read as DE 22, and
#            so on to the end.
# Version:   iso8583sim 1.6.0, pyiso8583 4.0.1; Python 3.11, 2026-11-30.
# Seen:
#     pyiso8583:  {'3': '000000', '20': '208', '22': '810', '23': '001'}
#     iso8583sim: {3: '000000', 22: '208', 23: '810'}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'iso8583sim==1.6.0' 'pyiso8583==4.0.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import iso8583
from iso8583.specs import default_ascii
from iso8583sim.core.parser import ISO8583Parser

sent = {"t": "0100", "3": "000000", "20": "208", "22": "810", "23": "001"}
written, _ = iso8583.encode(dict(sent), default_ascii)
read, _ = iso8583.decode(written, default_ascii)
print("pyiso8583: ", {name: read[name] for name in ("3", "20", "22", "23")})
parsed = ISO8583Parser().parse(written.decode("ascii"))
print("iso8583sim:", {number: text for number, text in parsed.fields.items() if number})
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
pyiso8583:  {'3': '000000', '20': '208', '22': '810', '23': '001'}
iso8583sim: {3: '000000', 22: '208', 23: '810'}
SEEN
