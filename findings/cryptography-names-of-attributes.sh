#!/usr/bin/env bash
# cryptography cannot read back the name it is asked for by its usual words
#
# Guess:     `rfc4514_string` says serialNumber and title by name, as openssl does, and
#            `from_rfc4514_string` reads them.
# Behaviour: It knows the nine words of RFC 4514 and no others. The rest are dotted numbers, and their words
#            are refused with an empty message.
# Version:   cryptography 50.0.2; Python 3.11, 2026-11-30.
# Seen:
#     CN=Anna Hansen,UID=ABC12,2.5.4.5=UI:DK-E:G:1,2.5.4.12=doctor
#     read: 4 attributes
#     refused: ''
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'cryptography==50.0.2'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from cryptography import x509
from cryptography.x509.oid import NameOID

name = x509.Name([
    x509.NameAttribute(NameOID.TITLE, "doctor"), x509.NameAttribute(NameOID.SERIAL_NUMBER, "UI:DK-E:G:1"),
    x509.NameAttribute(NameOID.USER_ID, "ABC12"), x509.NameAttribute(NameOID.COMMON_NAME, "Anna Hansen")])
print(name.rfc4514_string())
for text in (name.rfc4514_string(), "CN=Anna Hansen,serialNumber=UI:DK-E:G:1,title=doctor"):
    try:
        print("read:", len(list(x509.Name.from_rfc4514_string(text))), "attributes")
    except ValueError as error:
        print("refused:", repr(str(error)))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
CN=Anna Hansen,UID=ABC12,2.5.4.5=UI:DK-E:G:1,2.5.4.12=doctor
read: 4 attributes
refused: ''
SEEN
