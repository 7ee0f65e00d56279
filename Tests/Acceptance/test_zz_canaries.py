"""Last of all: no secret that any test handed out stands in a log, a database or its WAL: PAN-2, PAN-3, SCA-28.

Nor in what an audit tells: leaves and their bodies, exports, entry bundles, stories and console pages, in clear, in
hexadecimal or in base64: LOG-LEAF, OPS-TRACE, OPS-EXPORT.
"""

import base64
import pathlib
import re
import sqlite3

import pytest
import requests

from audits import Auditor, everywhere
from decisionlog import DecisionLog, size_of
from operators import Office
from pharmacies import medicine
from prescribers import line
from webshop import TIMEOUT_SECONDS, page_token

# A canary of fewer characters could stand in an id or a time by chance.
SHORTEST = 8
RESTING = ("*.sqlite", "*.sqlite-wal", "*.jsonl", "checkpoints.log")
PERSON_NUMBER = "0101651234"


@pytest.fixture(scope="module")
def person_number(main):
    """A customer with a CPR number, told to the command on standard input."""
    main.gateway.run(
        "customer", "add", "--user-id", "kanariefugl-1", "--name", "Kanarie Fugl", "--cpr", "-",
        "--state", str(main.gateway.state), "--format", "json", stdin=PERSON_NUMBER + "\n")
    return [PERSON_NUMBER, "010165-1234"]


def hits(text: bytes, canaries) -> list[str]:
    return [label for label, value in canaries if value.encode() in text]


def test_the_search_finds_a_canary_that_is_there():
    assert hits(b"x 4242424242424242 y", [("card number", "4242424242424242")]) == ["card number"]


def test_PAN_3_SCA_28_no_log_line_holds_a_secret(every_gateway, person_number):
    assert every_gateway
    for gateway in every_gateway:
        canaries = [(secret.label, secret.value) for secret in gateway.secrets if len(secret.value) >= SHORTEST]
        assert canaries
        canaries += [("CPR", number) for number in person_number]
        log = gateway.log.read_bytes()
        assert log and hits(log, canaries) == [], gateway.log
        assert not re.search(rb'"(cvc|password|number)"\s*:\s*"?\d', log), "a field of a request was logged"


def test_PAN_3_no_database_journal_or_book_holds_a_secret(every_gateway, person_number):
    for gateway in every_gateway:
        canaries = [(secret.label, secret.value) for secret in gateway.secrets
                    if len(secret.value) >= SHORTEST and not secret.may_rest]
        canaries += [("CPR", number) for number in person_number]
        files = [path for pattern in RESTING for path in pathlib.Path(gateway.state).glob(pattern)]
        assert any(path.suffix == ".sqlite" for path in files), gateway.state
        for path in files:
            assert hits(path.read_bytes(), canaries) == [], path


def test_RX_PRIVACY_the_canaries_of_patients_and_prescriptions_were_among_them(every_gateway):
    found = [gateway for gateway in every_gateway if gateway.trust]
    for gateway in found:
        labels = {secret.label for secret in gateway.secrets
                  if not secret.may_rest and len(secret.value) >= SHORTEST}
        assert {"CPR", "indication", "dosage", "drug in a record", "batch", "patient's name"} <= labels
    assert found, "no test had a pharmacy"


def test_no_file_of_the_state_folder_is_open_to_others(every_gateway):
    for gateway in every_gateway:
        for path in pathlib.Path(gateway.state).iterdir():
            if path.name == "control.sock" or "key" in path.name:
                assert path.stat().st_mode & 0o077 == 0, f"{path} is open to others"


KEY_CARD_CODE = "731946"


class Audited:
    """A story with everything that is secret in it, and what an audit then tells."""

    def __init__(self, world):
        self.world, gateway = world, world.gateway
        world.office = Office(gateway)
        scene = world.scene()
        pending = scene.pending(77700)
        scene.shop.attempt(pending["confirmation"]["id"], "key_card", KEY_CARD_CODE, bearer=page_token(pending))
        counter = world.counter()
        record = counter.prescribed(line(handovers=1))
        handed_over = counter.handed_over(record)
        exhausted = counter.created(medicine(record))
        self.payments = [pending["id"], scene.approved()["id"], handed_over["id"], exhausted["id"]]
        self.customers = [scene.customer.id, counter.patient.id]

    def told(self) -> dict[str, bytes]:
        gateway, auditor, log = self.world.gateway, Auditor(self.world.gateway), DecisionLog(self.world.gateway)
        texts = {f"explain {one} {form}": auditor.told("explain", one, "--format", form)
                 for one in self.payments for form in ("table", "json")}
        texts |= {f"export {form}": auditor.told("export", "status:any", "--format", form) for form in ("json", "csv")}
        texts |= {f"declined {form}": auditor.told("declined", "--limit", "100", "--format", form)
                  for form in ("table", "json", "csv")}
        texts["checkpoints.log"] = (gateway.state / "checkpoints.log").read_text()
        http = self.world.office.bo.visit()
        gateway.remember("operator session", http.cookies["godkend-console"])
        paths = ["", "/lists", "/charts", "/log", "/operators", "/changes"]
        paths += [f"/authorizations/{one}" for one in self.payments] + [f"/customers/{one}" for one in self.customers]
        found = {f"console {path}": http.get(f"{gateway.base}/console{path}", timeout=TIMEOUT_SECONDS)
                 for path in paths}
        assert [path for path, page in found.items() if page.status_code != 200] == []
        told = {where: text.encode() for where, text in texts.items()}
        told |= {where: page.content for where, page in found.items()}
        size = size_of(log.settled())
        for number in range(-(-size // 256)):
            width = min(256, size - number * 256)
            path = f"tile/entries/{number:03d}" + ("" if width == 256 else f".p/{width}")
            bundle = requests.get(f"{log.base}/{path}", timeout=TIMEOUT_SECONDS, headers={
                "Authorization": f"Bearer {http.cookies['godkend-console']}"})
            assert bundle.status_code == 200, bundle.text
            told[path] = bundle.content
        return told


@pytest.fixture(scope="module")
def audited(pharmacies) -> Audited:
    return Audited(pharmacies)


def forms(gateway) -> dict[str, list[bytes]]:
    """The secrets of a gateway, in every form."""
    return {f"{secret.label} {number}": everywhere(secret.value)
            for number, secret in enumerate(gateway.secrets) if len(secret.value) >= SHORTEST}


def test_the_search_finds_a_canary_in_any_form():
    number = "4242424242424242"
    for offset in range(3):
        hidden = base64.b64encode(b"abcdefg"[:offset + 3] + number.encode() + b"xyz")
        assert any(form in hidden for form in everywhere(number))
    assert any(form in number.encode().hex().encode() for form in everywhere(number))


def test_PAN_3_OPS_EXPORT_OPS_TRACE_nothing_that_an_audit_tells_holds_a_secret(audited):
    canaries = forms(audited.world.gateway)
    labels = {label.rsplit(" ", 1)[0] for label in canaries}
    assert {"card number", "password", "CPR", "api key", "patient's name", "indication", "operator password"} <= labels
    code = re.compile(rb"(?<![0-9A-Za-z])" + KEY_CARD_CODE.encode() + rb"(?![0-9A-Za-z])")
    for where, text in audited.told().items():
        # A customer's own page tells the name, to whoever may open it, and that is a leaf.
        known = "patient's name" if where.startswith("console /customers/") else "nothing"
        found = [label for label, values in canaries.items()
                 if any(value in text for value in values) and not label.startswith(known)]
        assert found == [], where
        assert not code.search(text) and b'"cvc"' not in text, where
        assert len(text) > 60, f"{where} says nothing"


def test_LOG_LEAF_no_leaf_and_no_body_holds_a_secret(every_gateway, audited):
    for gateway in every_gateway:
        with sqlite3.connect(f"file:{gateway.state}/godkend.sqlite?mode=ro", uri=True) as database:
            data = b"".join(row[0] + (row[1] or b"") for row in database.execute("SELECT bytes, body FROM leaves"))
        assert data
        found = [label for label, values in forms(gateway).items() if any(value in data for value in values)]
        assert found == [], gateway.state
