"""Last of all: no secret that any test handed out stands in a log, a database or its WAL: PAN-2, PAN-3, SCA-28."""

import pathlib
import re

import pytest

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
