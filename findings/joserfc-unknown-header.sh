#!/usr/bin/env bash
# joserfc verifies no signature whose header says more than it knows
#
# Guess:     RFC 7515, section 4: header parameters that are not understood are ignored, unless `crit` names
#            them.
# Behaviour: A good ES256 signature with `kind` and `iat` in its header is refused; each must be registered
#            by name first.
# Version:   joserfc 1.8.0, jwcrypto 1.6.1; Python 3.11, 2026-11-30.
# Seen:
#     jwcrypto and joserfc: verified
#     jwcrypto: verified; joserfc: unsupported header ['iat', 'kind']
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'joserfc==1.8.0' 'jwcrypto==1.6.1'

"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
from joserfc import jws
from joserfc.errors import UnsupportedHeaderError
from joserfc.jwk import ECKey
from jwcrypto import jwk
from jwcrypto import jws as other

key = jwk.JWK.generate(kty="EC", crv="P-256")
public = json.loads(key.export_public())
for more in ({}, {"kind": "prescriber", "iat": 1_780_000_000}):
    signed = other.JWS(b"{}")
    signed.add_signature(key, None, json.dumps({"alg": "ES256", "typ": "record+jws"} | more))
    compact = signed.serialize(compact=True)
    other.JWS().deserialize(compact, jwk.JWK(**public))
    try:
        jws.deserialize_compact(compact, ECKey.import_key(public))
        print("jwcrypto and joserfc: verified")
    except UnsupportedHeaderError:
        print("jwcrypto: verified; joserfc: unsupported header", sorted(more))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
jwcrypto and joserfc: verified
jwcrypto: verified; joserfc: unsupported header ['iat', 'kind']
SEEN
