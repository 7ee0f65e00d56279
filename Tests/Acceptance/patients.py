"""Patients: customers whose CPR number the tests know, with card, code app and key card.

Made by the commands of the issuer and by enrolling a device over HTTP, as a person would be.
"""

import datetime
import json
import secrets
from dataclasses import dataclass

from codeapp import CodeApp, enrol
from gateway import Card, Customer, Gateway, Secret


def luhn(digits: str) -> int:
    """The sum of ISO/IEC 7812-1 Annex B: 0 modulo 10 for a card number."""
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10


def card_number(ending: str) -> str:
    """A fresh number with these last digits, on which the test acquirer decides."""
    while True:
        number = "4" + "".join(secrets.choice("0123456789") for _ in range(11)) + ending
        if luhn(number) == 0:
            return number


def cpr_of(birth: datetime.date) -> str:
    """A number of somebody born on that day; the seventh digit tells the century, no modulus is asked for."""
    seventh = secrets.choice("0123" if birth.year < 2000 else "4567")
    return birth.strftime("%d%m%y") + seventh + f"{secrets.randbelow(1000):03d}"


def years_ago(years: int, today: datetime.date, days: int = 0) -> datetime.date:
    """The day on which somebody who is `years` old today was born, or `days` later."""
    try:
        birth = today.replace(year=today.year - years)
    except ValueError:
        birth = datetime.date(today.year - years, 3, 1)
    return birth + datetime.timedelta(days=days)


def some_adult() -> datetime.date:
    return datetime.date(1950 + secrets.randbelow(40), 1 + secrets.randbelow(12), 1 + secrets.randbelow(28))


@dataclass
class Patient(Customer):
    """A customer with a CPR number and a name."""

    cpr: str
    name: str


def new_patient(gateway: Gateway, birth: datetime.date | None = None, name: str = "Karla Kanarie",
                ending: str = "4242") -> tuple[Patient, CodeApp]:
    """A patient that no other test has used, and the code app. Without a password, whose hashing takes its time."""
    cpr, user_id = cpr_of(birth or some_adult()), f"patient-{secrets.token_hex(6)}"
    state = ["--state", str(gateway.state), "--format", "json"]

    def told(*arguments: str, stdin: str = "") -> dict:
        return json.loads(gateway.run(*arguments, *state, stdin=stdin))

    added = told("customer", "add", "--user-id", user_id, "--name", name, "--cpr", "-", stdin=cpr + "\n")
    customer, number = added["customer"], card_number(ending)
    enrolled = told("card", "enrol", customer, "--number", "-", "--expires", "12/2030", stdin=number + "\n")
    key_card = told("keycard", "issue", customer)
    code = told("app", "activation", customer)["activation_code"]
    response, app = enrol(gateway.base, user_id, code)
    assert response.status_code == 201, response.text
    card = Card(enrolled["card"], number, 12, 2030, "123", "visa", ending)
    gateway.secrets += [
        Secret("card number", number), Secret("CPR", cpr),
        Secret("CPR with a dash", f"{cpr[:6]}-{cpr[6:]}"), Secret("activation code", code)]
    device = {"id": app.device, "key": app.key.export(as_dict=True)}
    return Patient(customer, user_id, "", {ending: card}, device, key_card, cpr, name), app
