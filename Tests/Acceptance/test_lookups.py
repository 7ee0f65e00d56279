"""A pharmacy looks at a patient's records once the patient has said yes: CONTRACT section 7, RX-PRIVACY, SCA-09."""

import json
import time

import pytest

from pharmacies import medicine
from prescribers import DOSAGE, INDICATION, bundle, line, new_record, parts, signed
from webshop import made_up_id, page_token, refusal


def started(pharmacy, user_id: str) -> dict:
    response = pharmacy.look_up(user_id)
    assert response.status_code == 201, response.text
    return response.json()


def until(pharmacy, lookup: dict, status: str) -> dict:
    """Long polling until the look-up has this status."""
    deadline, etag = time.monotonic() + 20, None
    while time.monotonic() < deadline:
        response = pharmacy.lookup(lookup["id"], etag)
        if response.status_code == 304:
            continue
        assert response.status_code == 200, response.text
        etag = response.headers["ETag"]
        if response.json()["status"] == status:
            return response.json()
    raise AssertionError(f"the look-up is {response.text}, not {status}")


def approved(counter, lookup: dict) -> dict:
    counter.app.approve(lookup)
    return until(counter.shop, lookup, "approved")


def test_the_app_is_asked_by_whom_and_with_a_yes_the_records_are_listed_and_shown(counter):
    record = new_record()
    compact = signed(bundle(counter.patient.cpr, line(handovers=4), record=record), counter.world.pki.doctor)
    prescription = counter.clinic.filed(compact)["id"]
    refusal(counter.shop.record(prescription), 404, "not_found")
    refusal(counter.shop.verify(prescription), 404, "not_found")

    asked = started(counter.shop, counter.patient.user_id)
    assert asked["status"] == "pending" and "records" not in asked
    statement = json.loads(counter.app.statement(asked["confirmation"]["id"]))
    said = {"kind": "prescription_lookup", "merchant": "svanen", "customer": counter.patient.id}
    assert {name: statement[name] for name in said} == said
    # Contract section 5: no amount, card, payee or order.
    assert not any(statement.get(name) for name in ("amount", "card", "payee", "order", "order_digest"))
    refusal(counter.shop.record(prescription), 404, "not_found")

    seen = approved(counter, asked)
    assert seen["open_until"]
    (listed,) = seen["records"]
    said = {"id": prescription, "record": record, "version": 1, "kind": "prescriber", "status": "open",
            "authentic": True}
    assert {name: listed[name] for name in said} == said
    assert not any(text in json.dumps(seen, ensure_ascii=False) for text in (INDICATION, DOSAGE, counter.patient.cpr))

    shown = counter.shop.record(prescription)
    assert shown.status_code == 200 and counter.patient.cpr not in shown.text, shown.text
    (prescribed,) = shown.json()["lines"]
    assert (prescribed["product"]["number"], prescribed["dosage"], prescribed["left"]) == ("900101", DOSAGE, 4)
    assert shown.json()["patient"]["name"] == counter.patient.name
    assert counter.shop.verify(prescription).json()["covers"] is True


def test_the_signed_bundle_is_given_byte_for_byte_to_who_asks_for_fhir(counter):
    compact = signed(bundle(counter.patient.cpr), counter.world.pki.doctor)
    prescription = counter.clinic.filed(compact)["id"]
    approved(counter, started(counter.shop, counter.patient.user_id))
    response = counter.shop.request(
        "GET", f"/v1/prescriptions/{prescription}", headers={"Accept": "application/fhir+json"})
    assert response.headers["Content-Type"].split(";")[0] == "application/fhir+json"
    assert response.content == parts(compact)[1]


def test_of_another_patient_nothing_is_shown(pharmacies):
    counter, other = pharmacies.counter(), pharmacies.counter()
    others = other.prescribed()
    seen = approved(counter, started(counter.shop, counter.patient.user_id))
    assert seen["records"] == []
    refusal(counter.shop.record(others), 404, "not_found")


def test_another_pharmacy_sees_neither_the_look_up_nor_the_records(counter):
    prescription = counter.prescribed()
    lookup = started(counter.shop, counter.patient.user_id)
    approved(counter, lookup)
    other = counter.world.pharmacy("loeven")
    refusal(other.lookup(lookup["id"]), 404, "not_found")
    refusal(other.record(prescription), 404, "not_found")
    refusal(other.lookup(made_up_id("lku")), 404, "not_found")


def test_a_denied_look_up_shows_nothing(counter):
    prescription = counter.prescribed()
    lookup = started(counter.shop, counter.patient.user_id)
    counter.app.decide(lookup, "deny")
    assert "records" not in until(counter.shop, lookup, "declined")
    refusal(counter.shop.record(prescription), 404, "not_found")


def key_number(lookup: dict) -> str:
    number, = [item["key_number"] for item in lookup["challenges"] if item["factor"] == "key_card"]
    return number


@pytest.mark.parametrize("by", ["page", "pharmacy"])
def test_SCA_07_a_key_card_answers_a_look_up_though_no_payment(counter, by):
    prescription = counter.prescribed()
    lookup = started(counter.shop, counter.patient.user_id)
    bearer = page_token(lookup) if by == "page" else None
    code = counter.patient.code(key_number(lookup))
    response = counter.shop.attempt(lookup["confirmation"]["id"], "key_card", code, bearer=bearer)
    assert response.status_code == 200 and response.json()["status"] == "approved", response.text
    assert [item["id"] for item in until(counter.shop, lookup, "approved")["records"]] == [prescription]
    again = started(counter.shop, counter.patient.user_id)
    assert key_number(again) != key_number(lookup), "each key is used once"


def test_SCA_07_a_wrong_code_shows_nothing_and_never_names_the_element(counter):
    lookup = started(counter.shop, counter.patient.user_id)
    right = counter.patient.code(key_number(lookup))
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    response = counter.shop.attempt(lookup["confirmation"]["id"], "key_card", wrong)
    assert response.status_code == 200 and response.json()["status"] != "approved", response.text
    assert "records" not in counter.shop.lookup(lookup["id"]).json()


def shape(value):
    """Names, kinds and lengths, and what must not differ: statuses."""
    if isinstance(value, dict):
        plain = ("status", "object", "factor")
        return {name: inner if name in plain else shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    if isinstance(value, str):
        return len(value)
    return type(value).__name__


def test_SCA_09_for_an_unknown_user_everything_looks_the_same(counter):
    unknown = "patient-" + "0" * (len(counter.patient.user_id) - len("patient-"))
    mine, nobodys = (started(counter.shop, user) for user in (counter.patient.user_id, unknown))
    assert shape(mine) == shape(nobodys)
    assert shape(counter.shop.lookup(mine["id"]).json()) == shape(counter.shop.lookup(nobodys["id"]).json())
    answers = [counter.shop.attempt(lookup["confirmation"]["id"], "key_card", "123456") for lookup in (mine, nobodys)]
    assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
    assert shape(answers[0].json()) == shape(answers[1].json())
    pages = [counter.shop.request("GET", f"/v1/confirmations/{lookup['confirmation']['id']}", bearer=page_token(lookup))
             for lookup in (mine, nobodys)]
    assert shape(pages[0].json()) == shape(pages[1].json())


def test_only_pharmacies_look_up(pharmacies, counter):
    for merchant in ("bogbixen", "klinik"):
        response = pharmacies.pharmacy(merchant).look_up(counter.patient.user_id)
        assert response.status_code == 403, response.text
    assert counter.app.pending() == []


def test_the_filer_sees_its_own_without_asking_and_a_holding_pharmacy_what_it_holds(counter):
    prescription = counter.prescribed()
    assert counter.clinic.record(prescription).status_code == 200
    pending = counter.pending(medicine(prescription))
    shown = counter.shop.record(prescription)
    assert shown.status_code == 200 and shown.json()["lines"][0]["held"] == 1, shown.text
    refusal(counter.at("loeven").shop.record(prescription), 404, "not_found")
    assert counter.shop.cancel(pending["id"]).status_code == 200
    refusal(counter.shop.record(prescription), 404, "not_found")
