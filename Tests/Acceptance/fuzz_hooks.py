"""What Schemathesis needs to get past the door: credentials by route, signed bodies, a card that exists.

Loaded by Schemathesis (`hooks` of its configuration file), which runs in a process of its own; what it may use is
told in the JSON file named by `GODKEND_FUZZ_CONTEXT`. Requests that were made to be refused are sent as they are.
How often each route gave which status is written beside that file, so that the test can see that the fuzzer got in.
"""

import atexit
import itertools
import json
import os
import pathlib
import threading
from collections import Counter, deque

import requests
import schemathesis
from hypothesis import strategies as st
from jwcrypto import jwk

import customers
from codeapp import ANSWER_TYPE, CodeApp, canonical, enrolment, new_device_key, sign
from fuzz_pharmacy import FuzzedPharmacy, is_pharmacy_route
from gateway import Customer
from webshop import Webshop, new_key, order, page_token

CONTEXT_FILE = pathlib.Path(os.environ["GODKEND_FUZZ_CONTEXT"])
CONTEXT = json.loads(CONTEXT_FILE.read_text())
BASE = CONTEXT["base"]
SHOP = Webshop(BASE, CONTEXT["secret"], CONTEXT["publishable"])
PHARMACY = FuzzedPharmacy(CONTEXT["pharmacy"])
PAYER, FORGETFUL, *VISITORS = [Customer.read(line) for line in CONTEXT["customers"]]
APP = CodeApp.of(BASE, PAYER)
SAVED_CARD = SHOP.tokenize(PAYER.card(), reusable=True).json()["id"]
TEST_ANSWERS = itertools.cycle(["app_approves", "app_approves", "key_card", "app_denies", "app_silent"])
CREATED: deque[str] = deque(maxlen=20)
TALLY: Counter[str] = Counter()
_lock = threading.RLock()


class Sessions:
    """A customer's session for the `/me` routes. Blocking one's own factors is allowed: then the next signs in."""

    def __init__(self):
        self.waiting, self.bearer = list(VISITORS), None

    def current(self) -> str:
        with _lock:
            while self.bearer is None and self.waiting:
                try:
                    self.bearer = customers.session(BASE, self.waiting.pop(0))
                except (AssertionError, StopIteration, KeyError):
                    continue
            return self.bearer or "spent"

    def spent(self, bearer: str) -> None:
        with _lock:
            if bearer == self.bearer:
                self.bearer = None


class Pages:
    """A pending confirmation with its page token, made anew when the last one has ended."""

    def __init__(self):
        self.last = None

    def current(self) -> dict:
        with _lock:
            if self.last is None or SHOP.get(self.last["id"])["status"] != "requires_confirmation":
                for waiting in APP.pending():
                    SHOP.cancel(json.loads(waiting["statement"])["authorization"])
                self.last = SHOP.created(SAVED_CARD)
            return self.last


SESSIONS, PAGES = Sessions(), Pages()


def is_page_route(path: str) -> bool:
    return path.startswith("/v1/confirmations/")


@schemathesis.auth(refresh_interval=None)
class Credentials:
    """The credential that the route's party would send."""

    def get(self, case, context):
        path = case.operation.path
        if path.startswith("/me/v1/sign_ins") or (path, case.method.upper()) == ("/app/v1/devices", "POST"):
            return None
        if path.startswith("/me/"):
            return f"Bearer {SESSIONS.current()}"
        if path.startswith("/app/"):
            return "Device"
        if is_page_route(path):
            return f"Bearer {page_token(PAGES.current())}"
        if is_pharmacy_route(path):
            return f"Bearer {PHARMACY.bearer(path)}"
        if path.startswith("/v1/"):
            return f"Bearer {SHOP.secret}"
        return None

    def set(self, case, data, context):
        case.headers = dict(case.headers or {})
        case.headers["Authorization"] = proof(case) if data == "Device" else data


def proof(case) -> str:
    """A device proof for exactly this request, with a nonce that is good."""
    with _lock:
        if not APP.nonce:
            APP.pending()
        return APP.proof(case.method.upper(), case.formatted_path)


def is_positive(case) -> bool:
    """Made to be taken, in every part of it."""
    return (case.meta is not None and case.meta.generation.mode.is_positive
            and all(part.mode.is_positive for part in case.meta.components.values()))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives well-formed requests what no generator can know: ids that exist and signatures that hold."""
    if not is_positive(case):
        return
    path, has_members = case.operation.path, isinstance(case.body, dict)
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = new_key()  # else the shortest key of all would be reused and reused
    if is_pharmacy_route(path):
        if case.meta.phase.name != "stateful":
            PHARMACY.fill(case)
    elif path == "/v1/authorizations" and case.method.upper() == "POST" and has_members:
        with_known_card(case.body)
    elif path == "/v1/card_tokens" and has_members:
        case.body |= PAYER.card().fields()
    elif path == "/me/v1/sign_ins" and has_members:
        case.body |= {"user_id": FORGETFUL.user_id, "password": FORGETFUL.password}
    elif path.endswith("/capture") and SALES and case.meta.phase.name != "stateful":
        with_approved_sale(case)
    elif path.startswith("/v1/authorizations/{"):
        with_known_id(case)
    elif is_page_route(path) and case.headers.get("Authorization", "").startswith("Bearer"):
        confirmation = PAGES.current()
        for name in case.path_parameters or {}:
            case.path_parameters[name] = confirmation["confirmation"]["id"]
        case.headers["Authorization"] = f"Bearer {page_token(confirmation)}"
    elif path.endswith("/answer") and case.headers.get("Authorization", "").startswith("Device"):
        with_signed_answer(case)
    elif path == "/app/v1/devices" and has_members:
        names = {name: str(case.body.get(name, "x")) for name in ("user_id", "activation_code", "name")}
        case.body = enrolment(names["user_id"], names["activation_code"], names["name"], new_device_key())


def with_known_card(body: dict) -> None:
    """A card that exists, lines that come to the amount, no prescription, and a test customer that answers."""
    body["card"] = SAVED_CARD
    if isinstance(body.get("amount"), int):
        body["order"] = order(body["amount"], (body.get("order") or {}).get("reference"))
    for unknown in ("replaces", "patient"):
        body.pop(unknown, None)
    body["metadata"] = {"godkend_test": next(TEST_ANSWERS)}


def with_known_id(case) -> None:
    """An authorization that was created, but where the stateful phase has chosen one itself."""
    if CREATED and case.meta.phase.name != "stateful":
        CREATED.rotate()
        for name in case.path_parameters or {}:
            case.path_parameters[name] = CREATED[0]


def with_approved_sale(case) -> None:
    """A payment that the bank has approved, to be captured in full; only for the first few requests."""
    with _lock:
        sale = SALES.pop()
    case.path_parameters = {name: sale for name in case.path_parameters or {}}
    case.body = {}


def approved_sales(count: int) -> list[str]:
    """Payments of another customer, whose app answers by itself."""
    card, sales = SHOP.tokenize(FORGETFUL.card(), reusable=True).json()["id"], []
    for _ in range(count):
        made = SHOP.created(card, metadata={"godkend_test": "app_approves"})
        sales.append(SHOP.until(made["id"])["id"])
    return sales


SALES = approved_sales(4)


def with_signed_answer(case) -> None:
    """The true answer to a confirmation that is pending, signed by the device that is asked."""
    with _lock:
        PAGES.current()
        waiting = APP.pending()
        if waiting:
            statement = json.loads(waiting[0]["statement"])
            for name in case.path_parameters or {}:
                case.path_parameters[name] = waiting[0]["id"]
            verdict = next(VERDICTS)
            match_code = SHOP.get(statement["authorization"])["confirmation"]["match_code"]
            case.body = APP.answer_for(
                waiting[0]["statement"], verdict, match_code if verdict == "approve" else None).encode()
        case.headers["Authorization"] = proof(case)


VERDICTS = itertools.cycle(["approve", "deny"])


@schemathesis.hook
def after_call(context, case, response):
    """Counts; notices what was created, a session that is over and a nonce that was renewed."""
    TALLY[f"{case.operation.label} {response.status_code}"] += 1
    if response.status_code == 201 and case.operation.path == "/v1/authorizations":
        CREATED.append(response.json()["id"])
    sent = response.request.headers.get("Authorization", "")
    if response.status_code == 401 and case.operation.path.startswith("/me/") and sent.startswith("Bearer "):
        SESSIONS.spent(sent.removeprefix("Bearer "))
    if nonce := response.headers.get("device-nonce"):
        APP.nonce = nonce[0] if isinstance(nonce, list) else nonce


@st.composite
def signed_bodies(draw) -> bytes:
    """Compact JWSs: of the right shape and key over a statement that was never asked, or of any other."""
    key = draw(st.sampled_from([APP.key, STRANGER]))
    kind = draw(st.sampled_from([ANSWER_TYPE, "godkend-device+jws", "JWT"]))
    header = {"alg": "ES256", "typ": kind, "kid": APP.device}
    members = ["amount", "authorization", "confirmation", "device", "verdict", "verified_by", "match_code", "v"]
    payload = draw(st.dictionaries(
        st.sampled_from(members),
        st.one_of(st.integers(0, 2**31), st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=30))))
    return sign(key, header, canonical(payload)).encode()


STRANGER: jwk.JWK = new_device_key()
schemathesis.openapi.media_type("application/jose", signed_bodies())
atexit.register(lambda: CONTEXT_FILE.with_name("tally.json").write_text(json.dumps(TALLY, sort_keys=True, indent=1)))
assert requests.get(BASE + "/healthz", timeout=10).status_code == 200
