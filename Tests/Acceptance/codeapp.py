"""A code app: a client of the device routes, written from the contract with `jwcrypto` and nothing of ours.

It holds its P-256 key, proves it with every request (RFC 9449's manner, with the server's nonce), shows nothing
but the statement it signs, and signs the statement's members plus the verdict.

RFC 8785 in one line: members of statements are text, whole numbers, arrays and objects with ASCII names. For
those, JSON with sorted names, no spaces and unescaped Unicode *is* the canonical form; floating point, where the
two differ, does not occur, and `canonical` refuses it.
"""

import base64
import hashlib
import json
import secrets

import requests
from jwcrypto import jwk, jws

from webshop import TIMEOUT_SECONDS, check_answer

DEVICE_TYPE = "godkend-device+jws"
ANSWER_TYPE = "godkend-answer+jws"
ENROL_TYPE = "godkend-enrol+jws"


def _no_floats(value) -> None:
    assert not isinstance(value, float), "RFC 8785 numbers are not written by this client"
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _no_floats(inner)


def canonical(value) -> bytes:
    """RFC 8785 for text, whole numbers, booleans, null, arrays and objects with ASCII names."""
    _no_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def digest(data: bytes) -> str:
    """base64url(SHA-256(data)), as `order_digest` is written."""
    return base64url(hashlib.sha256(data).digest())


def sign(key: jwk.JWK, header: dict, payload: bytes) -> str:
    """A compact JWS with exactly this protected header."""
    token = jws.JWS(payload)
    token.allowed_algs = ["ES256"]
    token.add_signature(key, alg=None, protected=json.dumps(header, separators=(",", ":")))
    return token.serialize(compact=True)


def sign_raw(key: jwk.JWK, header: str, payload: str) -> str:
    """A compact JWS over two parts that are already encoded, however badly: for what must be refused."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    private = key.get_op_key("sign")
    r, s = utils.decode_dss_signature(private.sign(f"{header}.{payload}".encode(), ec.ECDSA(hashes.SHA256())))
    return f"{header}.{payload}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def new_device_key() -> jwk.JWK:
    return jwk.JWK.generate(kty="EC", crv="P-256")


class CodeApp:
    """One device of one customer."""

    def __init__(self, base: str, device: str, key: jwk.JWK):
        self.base, self.device, self.key, self.nonce = base, device, key, ""
        self.http = requests.Session()

    @classmethod
    def of(cls, base: str, customer) -> "CodeApp":
        """The device that the fixtures gave this customer."""
        return cls(base, customer.device["id"], jwk.JWK(**customer.device["key"]))

    # Device proofs

    def proof(self, method: str, path: str, nonce: str | None = None, jti: str | None = None,
              header: dict | None = None, key: jwk.JWK | None = None, **changes) -> str:
        """The value of `Authorization`: `Device` and a JWS over method, address, a fresh id and the nonce."""
        payload = {
            "htm": method, "htu": self.base + path, "jti": jti or secrets.token_urlsafe(18),
            "nonce": self.nonce if nonce is None else nonce} | changes
        header = {"alg": "ES256", "typ": DEVICE_TYPE, "kid": self.device} | (header or {})
        return "Device " + sign(key or self.key, header, canonical(payload))

    def send(self, method: str, path: str, authorization: str | None, **arguments) -> requests.Response:
        """One request as it is; remembers the nonce of its answer."""
        headers = dict(arguments.pop("headers", {}))
        if authorization:
            headers["Authorization"] = authorization
        response = check_answer(self.http.request(
            method, self.base + path, headers=headers, timeout=TIMEOUT_SECONDS, **arguments))
        assert response.headers.get("Device-Nonce"), f"no Device-Nonce on {method} {path}"
        self.nonce = response.headers["Device-Nonce"]
        return response

    def request(self, method: str, path: str, **arguments) -> requests.Response:
        """One request with proof; asked for a fresh nonce, it proves once more with that."""
        response = self.send(method, path, self.proof(method, path), **arguments)
        if response.status_code == 401 and response.json()["error"]["code"] == "use_device_nonce":
            response = self.send(method, path, self.proof(method, path), **arguments)
        return response

    # Confirmations

    def pending(self) -> list[dict]:
        response = self.request("GET", "/app/v1/confirmations")
        assert response.status_code == 200, response.text
        return response.json()["data"]

    def statement(self, confirmation: str) -> str:
        """The exact text this device is asked to sign."""
        found = [item["statement"] for item in self.pending() if item["id"] == confirmation]
        assert len(found) == 1, f"{confirmation} is not shown once on {self.device}"
        return found[0]

    def answer_for(self, statement: str, verdict: str, match_code: str | None = None,
                   verified_by: str | None = "pin", header: dict | None = None, without=(), **changes) -> str:
        """The signed answer. Changes, omissions and other headers are for what must be refused."""
        members = json.loads(statement) | {"verdict": verdict}
        if verified_by:
            members["verified_by"] = verified_by
        if match_code is not None:
            members["match_code"] = match_code
        members = {name: value for name, value in (members | changes).items() if name not in without}
        protected = {"alg": "ES256", "typ": ANSWER_TYPE, "kid": self.device} | (header or {})
        protected = {name: value for name, value in protected.items() if value is not None}
        return sign(self.key, protected, canonical(members))

    def deliver(self, confirmation: str, answer: str) -> requests.Response:
        return self.request(
            "POST", f"/app/v1/confirmations/{confirmation}/answer", data=answer.encode(),
            headers={"Content-Type": "application/jose"})

    def decide(self, authorization: dict, verdict: str, match_code: str | None = None) -> requests.Response:
        """Fetches, signs and delivers; to approve, types the match code that the shop's page shows."""
        confirmation = authorization["confirmation"]
        if verdict == "approve" and match_code is None:
            match_code = confirmation["match_code"]
        answer = self.answer_for(self.statement(confirmation["id"]), verdict, match_code)
        return self.deliver(confirmation["id"], answer)

    def approve(self, authorization: dict) -> None:
        response = self.decide(authorization, "approve")
        assert response.status_code == 200, response.text
        assert response.json() == {"id": authorization["confirmation"]["id"], "status": "approved"}


def enrolment(user_id: str, activation_code: str, name: str, key: jwk.JWK, header: dict | None = None,
              signer: jwk.JWK | None = None, **changes) -> dict:
    """The body of `POST /app/v1/devices`: the names, and a proof signed by the new key."""
    claims = {"user_id": user_id, "activation_code": activation_code, "name": name}
    protected = {"alg": "ES256", "typ": ENROL_TYPE, "jwk": key.export_public(as_dict=True)} | (header or {})
    return claims | {"proof": sign(signer or key, protected, canonical(claims | changes))}


def enrol(base: str, user_id: str, activation_code: str,
          name: str = "Ny telefon") -> tuple[requests.Response, CodeApp]:
    """Makes a key, proves it, and gives the answer with the app as it is from then on."""
    key = new_device_key()
    response = check_answer(requests.post(
        f"{base}/app/v1/devices", json=enrolment(user_id, activation_code, name, key), timeout=TIMEOUT_SECONDS))
    device = response.json().get("id", "") if response.status_code == 201 else ""
    return response, CodeApp(base, device, key)
