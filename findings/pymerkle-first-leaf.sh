#!/usr/bin/env bash
# pymerkle counts leaves from 1
#
# Guess:     The first leaf has index 0, as in RFC 6962 and in every log that is read with it.
# Behaviour: Its index is 1, in `append_entry` and in `prove_inclusion`; 0 is refused.
# Version:   pymerkle 7.0.0; Python 3.11, 2026-11-30.
# Seen:
#     appended as [1, 2, 3]
#     0 InvalidChallenge Provided index is out of bounds
#     1 proved
#     3 proved
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'pymerkle==7.0.0'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from pymerkle import InmemoryTree

tree = InmemoryTree(algorithm="sha256")
print("appended as", [tree.append_entry(entry) for entry in (b"a", b"b", b"c")])
for index in (0, 1, 3):
    try:
        tree.prove_inclusion(index)
        print(index, "proved")
    except Exception as error:
        print(index, type(error).__name__, error)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
appended as [1, 2, 3]
0 InvalidChallenge Provided index is out of bounds
1 proved
3 proved
SEEN
