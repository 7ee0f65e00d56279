#!/usr/bin/env bash
# asn1crypto takes two names for one that differ in every letter
#
# Guess:     Two names are equal when they are written alike, for asn1crypto as for cryptography and for the
#            DER.
# Behaviour: RFC 5280, section 7.1: case and inner blanks do not count. asn1crypto follows it, cryptography
#            does not.
# Version:   asn1crypto 1.5.1, cryptography 50.0.2; Python 3.11, 2026-11-30.
# Seen:
#     'CN=ANNA HANSEN' cryptography: False asn1crypto: True
#     'CN=Anna   Hansen' cryptography: False asn1crypto: True
#     'CN=Anne Hansen' cryptography: False asn1crypto: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'asn1crypto==1.5.1' 'cryptography==50.0.2'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from asn1crypto import x509 as other
from cryptography import x509
from cryptography.x509.oid import NameOID

plain, *rest = [
    x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
    for text in ("Anna Hansen", "ANNA HANSEN", "Anna   Hansen", "Anne Hansen")]
for name in rest:
    same = other.Name.load(plain.public_bytes()) == other.Name.load(name.public_bytes())
    print(repr(name.rfc4514_string()), "cryptography:", plain == name, "asn1crypto:", same)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
'CN=ANNA HANSEN' cryptography: False asn1crypto: True
'CN=Anna   Hansen' cryptography: False asn1crypto: True
'CN=Anne Hansen' cryptography: False asn1crypto: False
SEEN
