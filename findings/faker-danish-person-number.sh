#!/usr/bin/env bash
# Faker makes American numbers for Danes
#
# Guess:     The Danish locale's `ssn` is a CPR number (six digits of birth date, four more), as Norway's
#            and Sweden's are theirs.
# Behaviour: There is no Danish one; the American is used without a word, in a form that no Danish system
#            takes.
# Version:   faker 40.63.0, python-stdnum 2.2; Python 3.11, 2026-11-30.
# Seen:
#     da_DK ['999-99-9999'] 0 of 50 are valid
#     no_NO ['99999999999'] 50 of 50 are valid
#     sv_SE ['999999-9999'] 50 of 50 are valid
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'faker==40.63.0' 'python-stdnum==2.2'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from faker import Faker
from stdnum.dk import cpr
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

for locale, kind in (("da_DK", cpr), ("no_NO", fodselsnummer), ("sv_SE", personnummer)):
    fake = Faker(locale)
    fake.seed_instance(1)
    numbers = [fake.ssn() for _ in range(50)]
    shapes = {"".join("9" if letter.isdigit() else letter for letter in number) for number in numbers}
    print(locale, sorted(shapes), sum(kind.is_valid(number) for number in numbers), "of 50 are valid")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
da_DK ['999-99-9999'] 0 of 50 are valid
no_NO ['99999999999'] 50 of 50 are valid
sv_SE ['999999-9999'] 50 of 50 are valid
SEEN
