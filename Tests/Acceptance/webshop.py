"""A webshop: a client of the merchant routes, written from the contract with `requests` and nothing of ours.

Every answer it gets is checked for what holds of all answers: a `Request-Id`, JSON that says so, and for a
refusal an RFC 9457 problem document with an `error` object beside it (PAY-ERROR).
"""

import secrets
import threading
import time
import uuid

import requests

ENDED = {"approved", "captured", "declined", "canceled", "expired"}
TIMEOUT_SECONDS = 45


def check_answer(response: requests.Response) -> requests.Response:
    """PAY-ERROR: what every answer has, whatever was asked."""
    assert response.headers.get("Request-Id"), f"no Request-Id on {response.request.method} {response.url}"
    if response.status_code >= 400 and response.request.method != "HEAD":
        check_problem(response)
    return response


def check_problem(response: requests.Response) -> dict:
    """PAY-ERROR: RFC 9457 members, and the `error` object that other clients look for."""
    kind = response.headers.get("Content-Type", "")
    assert kind.split(";")[0] == "application/problem+json", f"{response.status_code} with {kind!r}"
    problem = response.json()
    for member in ("type", "title", "detail", "instance"):
        assert isinstance(problem.get(member), str) and problem[member], f"problem without {member}: {problem}"
    assert problem["status"] == response.status_code
    error = problem["error"]
    for member in ("type", "code", "message", "doc_url"):
        assert isinstance(error.get(member), str) and error[member], f"error without {member}: {problem}"
    assert {"param", "decline_code"} <= error.keys()
    return problem


def refusal(response: requests.Response, status: int, code: str, param: str | None = None) -> dict:
    """Asserts one refusal and gives its `error` object."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    error = check_problem(response)["error"]
    assert error["code"] == code, error
    if param is not None:
        assert error["param"] == param, error
    return error


def new_key() -> str:
    return f"key-{uuid.uuid4()}"


def new_reference() -> str:
    return f"order-{uuid.uuid4().hex[:16]}"


def made_up_id(prefix: str) -> str:
    """A well-formed id of nothing: UUIDv7 in Crockford base32 behind its prefix."""
    number = int(time.time() * 1000) << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return f"{prefix}_" + "".join(digits[(number >> shift) & 31] for shift in range(125, -1, -5))


def order(amount: int, reference: str | None = None) -> dict:
    """An order of one line that comes to the amount."""
    line = {"kind": "goods", "description": "En bog om penge", "quantity": 1, "unit_amount": amount}
    return {"reference": reference or new_reference(), "lines": [line]}


class Webshop:
    """One merchant's client. Threads may share it: each has its own connection pool."""

    def __init__(self, base: str, secret: str, publishable: str | None = None, merchant: str = ""):
        self.base, self.secret, self.publishable, self.merchant = base, secret, publishable, merchant
        self._local = threading.local()

    @property
    def http(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        return self._local.session

    def request(self, method: str, path: str, bearer: str | None = None, key: str | None = None,
                headers: dict | None = None, **arguments) -> requests.Response:
        """One request with the secret key (or another bearer; an empty one sends none)."""
        sent = dict(headers or {})
        bearer = self.secret if bearer is None else bearer
        if bearer:
            sent.setdefault("Authorization", f"Bearer {bearer}")
        if key:
            sent["Idempotency-Key"] = key
        arguments.setdefault("timeout", TIMEOUT_SECONDS)
        return check_answer(self.http.request(method, self.base + path, headers=sent, **arguments))

    # Card tokens

    def tokenize(self, card, bearer: str | None = None, **changes) -> requests.Response:
        return self.request("POST", "/v1/card_tokens", bearer=bearer, json=card.fields(**changes))

    def token(self, card, **changes) -> str:
        """A token for one use, made with the publishable key as a browser would."""
        response = self.tokenize(card, bearer=self.publishable, **changes)
        assert response.status_code == 201, response.text
        return response.json()["id"]

    # Authorizations

    def authorize(self, token: str, amount: int = 24900, key: str | None = None, **members) -> requests.Response:
        """`POST /v1/authorizations`; members given as None are left out."""
        body = {"amount": amount, "currency": "DKK", "card": token, "capture": "manual", "order": order(amount)}
        body = {name: value for name, value in (body | members).items() if value is not None}
        return self.request("POST", "/v1/authorizations", key=key or new_key(), json=body)

    def created(self, token: str, amount: int = 24900, **members) -> dict:
        """An authorization that was stored: 201, whatever was decided. While the gateway says that it is at its
        limit, the same request is sent again with the same key after the time that it names."""
        members = {"key": new_key(), "order": order(amount)} | members
        until = time.monotonic() + TIMEOUT_SECONDS
        response = self.authorize(token, amount, **members)
        while response.status_code == 503 and time.monotonic() < until:
            time.sleep(int(response.headers["Retry-After"]))
            response = self.authorize(token, amount, **members)
        assert response.status_code == 201, response.text
        return response.json()

    def look(self, authorization: str, wait: int = 1, etag: str | None = None) -> requests.Response:
        """`GET` with `wait`, which is never told to slow down; without an ETag it is answered at once."""
        headers = {"If-None-Match": etag} if etag else {}
        return self.request("GET", f"/v1/authorizations/{authorization}", params={"wait": wait}, headers=headers)

    def get(self, authorization: str) -> dict:
        response = self.look(authorization)
        assert response.status_code == 200, response.text
        return response.json()

    def until(self, authorization: str, statuses=frozenset(ENDED), seconds: float = 40) -> dict:
        """Long polling until the authorization has one of the statuses."""
        deadline, etag, last = time.monotonic() + seconds, None, None
        while time.monotonic() < deadline:
            response = self.look(authorization, wait=10, etag=etag)
            if response.status_code == 304:
                continue
            assert response.status_code == 200, response.text
            etag, last = response.headers["ETag"], response.json()
            if last["status"] in statuses:
                return last
        raise AssertionError(f"{authorization} is {last and last['status']} after {seconds} s, not {sorted(statuses)}")

    def act(self, authorization: str, action: str, key: str | None = None, **members) -> requests.Response:
        """Capture, cancel or refund. 503 means: not known yet, ask again with the same key."""
        key = key or new_key()
        for _ in range(30):
            response = self.request("POST", f"/v1/authorizations/{authorization}/{action}", key=key, json=members)
            if response.status_code != 503:
                return response
            time.sleep(float(response.headers["Retry-After"]))
        raise AssertionError(f"{action} stayed at 503: {response.text}")

    def capture(self, authorization: str, **members) -> requests.Response:
        return self.act(authorization, "capture", **members)

    def cancel(self, authorization: str, **members) -> requests.Response:
        return self.act(authorization, "cancel", **members)

    def refund(self, authorization: str, **members) -> requests.Response:
        return self.act(authorization, "refunds", **members)

    def page(self, **filters) -> requests.Response:
        return self.request("GET", "/v1/authorizations", params=filters)

    def refunds(self, authorization: str, **filters) -> requests.Response:
        return self.request("GET", f"/v1/authorizations/{authorization}/refunds", params=filters)

    def every(self, path: str, **filters) -> list[dict]:
        """All objects of a list, page after page."""
        found, cursor = [], {}
        while True:
            page = self.request("GET", path, params={"limit": 100} | filters | cursor).json()
            found += page["data"]
            if not page["has_more"]:
                return found
            cursor = {"starting_after": page["data"][-1]["id"]}

    def receipt(self, authorization: str) -> requests.Response:
        return self.request("GET", f"/v1/authorizations/{authorization}/receipt")

    # Confirmations

    def attempt(self, confirmation: str, factor: str, code: str | None = None, bearer: str | None = None):
        body = {"factor": factor} | ({"code": code} if code else {})
        return self.request("POST", f"/v1/confirmations/{confirmation}/attempts", bearer=bearer, json=body)


def page_token(authorization: dict) -> str:
    """The token in the fragment of `page_url`: what only the shop's customer's browser gets to see."""
    return authorization["confirmation"]["page_url"].partition("#")[2]
