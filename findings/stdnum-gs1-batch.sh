#!/usr/bin/env bash
# python-stdnum fills a batch number with blanks
#
# Guess:     A batch number before another element ends with the group separator (FNC1), or asks for one.
# Behaviour: Without `separator` it is filled with blanks to twenty characters, and another reader, biip,
#            reads nothing of it.
# Version:   python-stdnum 2.2, biip 5.2.0; Python 3.11, 2026-11-30.
# Seen:
#     '10B2\x1d21A1' read: ['B2', 'A1']
#     '10B2                  21A1' read: None
#     {'10': 'B2', '21': 'A1'}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'python-stdnum==2.2' 'biip==5.2.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import biip
from stdnum import gs1_128

for arguments in ({"separator": "\x1d"}, {}):
    written = gs1_128.encode({"10": "B2", "21": "A1"}, **arguments)
    read = biip.parse(written)
    print(repr(written), "read:", read.gs1_message and [one.value for one in read.gs1_message.element_strings])
print(gs1_128.info(written))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
'10B2\x1d21A1' read: ['B2', 'A1']
'10B2                  21A1' read: None
{'10': 'B2', '21': 'A1'}
SEEN
