"""What others are told, and what is written down: no drug name, no CPR number, no indication, no dosage: RX-PRIVACY.

The searches are over raw bytes: every answer that an ordinary webshop gets, every list, receipt, page and metric,
and the database and log as they lie on the disk.
"""

import json
import re

import pytest

from pharmacies import handed, medicine, shipping
from prescribers import BATCH, DOSAGE, INDICATION, MARK, PRODUCTS, bundle, line, parts, signed
from test_lookups import approved, started
from webshop import page_token

DRUG = PRODUCTS["900101"][2]


def words(counter) -> dict[str, str]:
    """What must not be told: by what it is."""
    cpr = counter.patient.cpr
    return {"CPR": cpr, "CPR with a dash": f"{cpr[:6]}-{cpr[6:]}", "drug": DRUG, "drug's first word": "Simvastatin",
            "indication": INDICATION, "dosage": DOSAGE, "ATC": "C10AA01", "product number": "900101"}


def told(text: str | bytes, told_words: dict[str, str]) -> list[str]:
    """Which of the words stand in a text, in clear or as JSON writes them in ASCII."""
    text = text if isinstance(text, bytes) else text.encode()
    return [label for label, word in told_words.items()
            if word.encode() in text or json.dumps(word)[1:-1].encode() in text]


def test_the_search_finds_what_is_there():
    assert told('{"x":"' + INDICATION + '"}', {"indication": INDICATION}) == ["indication"]
    assert told(json.dumps({"x": INDICATION}), {"indication": INDICATION}) == ["indication"]


@pytest.fixture
def story(counter):
    """A record that was ordered, confirmed, captured and handed over; with the compact JWS."""
    compact = signed(bundle(counter.patient.cpr, line(handovers=3, interval=(30, "d"))), counter.world.pki.doctor)
    record = counter.clinic.filed(compact)["id"]
    return counter, record, compact


def test_a_webshop_that_names_a_record_is_told_nothing_of_it(story):
    counter, record, _ = story
    shop = counter.at("bogbixen")
    order = medicine(record) | {"description": "Vare"}
    secret = words(counter) | {"product number": "900102"}
    answer = shop.asked(order)
    assert answer.status_code == 201 and answer.json()["status"] == "declined"
    texts = [answer.text, shop.shop.record(record).text, shop.shop.verify(record).text, shop.shop.page().text,
             shop.shop.receipt(answer.json()["id"]).text,
             shop.shop.look_up(counter.patient.user_id).text, shop.shop.file("a.b.c").text]
    for text in texts:
        assert told(text, secret) == [], text


def test_another_patients_record_tells_a_pharmacy_a_class_and_nothing_else(pharmacies, story):
    owner, record, _ = story
    stranger = pharmacies.counter()
    answer = stranger.asked(medicine(record) | {"description": "Vare"})
    assert told(answer.text, words(owner) | {"product number": "900102"}) == []
    assert set(answer.json()["decline"]) == {"reason", "by", "class", "network_code", "advice", "message"}


def test_lists_receipts_pages_and_public_answers_show_no_product(story):
    counter, record, _ = story
    secret = words(counter)
    pending = counter.pending(medicine(record), shipping())
    path = f"/v1/confirmations/{pending['confirmation']['id']}"
    page = counter.shop.request("GET", path, bearer=page_token(pending))
    html = counter.shop.http.get(pending["confirmation"]["page_url"].partition("#")[0], timeout=10)
    counter.app.approve(pending)
    approved_order = counter.shop.until(pending["id"])
    assert counter.shop.capture(approved_order["id"]).status_code == 200
    handover = counter.shop.hand_over(approved_order["id"], handed(), final=True)
    assert handover.status_code == 201, handover.text
    receipt = counter.shop.receipt(pending["id"]).text
    found = counter.shop.every("/v1/authorizations", order=pending["order"]["reference"])
    assert [item["id"] for item in found] == [pending["id"]]
    for text in (page.text, html.text, json.dumps(found, ensure_ascii=False), receipt, parts(receipt)[1], handover.text,
                 counter.shop.http.get(counter.world.gateway.base + "/metrics", timeout=10).text):
        assert told(text, secret) == [], text
    one = counter.shop.get(pending["id"])
    assert one["order"] == pending["order"], "the pharmacy's own order is shown to it whole"


def test_the_app_is_shown_effect_and_counts_and_neither_drug_nor_number(story):
    counter, record, _ = story
    pending = counter.pending(medicine(record))
    assert told(counter.app.statement(pending["confirmation"]["id"]), words(counter)) == []


def test_an_answer_about_a_filing_says_nothing_about_the_patient_or_the_drug(story):
    counter, _, compact = story
    texts = [counter.clinic.file(compact).text, counter.world.pharmacy("register").file(compact).text]
    changed = signed(bundle(counter.patient.cpr, authorisation="1B2CD"), counter.world.pki.doctor)
    texts.append(counter.clinic.file(changed).text)
    for text in texts:
        assert told(text, words(counter)) == [], text


def test_RX_PRIVACY_database_journal_and_log_hold_neither_number_nor_drug_nor_indication(story):
    counter, record, compact = story
    gateway = counter.world.gateway
    approved(counter, started(counter.shop, counter.patient.user_id))
    counter.handed_over(record)
    counter.asked(medicine(record))
    counter.at("bogbixen").asked(medicine(record))
    secret = words(counter)
    in_log = {**secret, "the record": compact.split(".")[1][:60], "name": counter.patient.name}
    assert told(gateway.log.read_bytes(), in_log) == []
    # The price list is public and rests in clear, with its numbers, names and ATC codes.
    resting = {label: secret[label] for label in ("CPR", "CPR with a dash", "indication", "dosage")}
    resting |= {"drug in a record": MARK, "the record": compact.split(".")[1][:60], "name": counter.patient.name,
                "batch": BATCH}
    files = [path for path in gateway.state.iterdir() if path.name.startswith("godkend.sqlite")]
    assert any(path.stat().st_size > 100_000 for path in files)
    for path in files:
        assert told(path.read_bytes(), resting) == [], path


def test_RX_PRIVACY_orders_and_filings_in_the_database_name_no_product(story):
    """The names of the price list aside: no order line's own words rest in clear."""
    counter, record, _ = story
    gateway = counter.world.gateway
    own_words = "Kanariens hjertemedicin 77"
    order = medicine(record) | {"description": own_words}
    approved_order = counter.approved(order)
    assert counter.shop.get(approved_order["id"])["order"]["lines"][0]["description"] == own_words
    for path in [*gateway.state.glob("godkend.sqlite*"), gateway.log]:
        assert own_words.encode() not in path.read_bytes(), path


def test_errors_never_repeat_what_was_sent(story):
    counter, record, _ = story
    secret = words(counter)
    cpr = counter.patient.cpr
    broken = bundle(cpr)
    broken["entry"][0]["resource"]["birthDate"] = "1901-01-01"
    answers = [
        counter.clinic.file(signed(broken, counter.world.pki.doctor)),
        counter.clinic.file(DRUG), counter.shop.look_up(""),
        counter.shop.request("POST", "/v1/prescriptions", key="x-1", json={"jws": "a.b.c", cpr: 1}),
        counter.shop.verify(record, {"line": INDICATION, "product_number": cpr, "quantity": 1}),
        counter.asked(medicine(record) | {"product_number": cpr}),
    ]
    for answer in answers:
        assert answer.status_code >= 400, answer.text
        assert told(answer.text, {name: secret[name] for name in ("drug", "indication", "dosage")}) == [], answer.text
        assert not re.search(rf'"(value|detail|message)"[^,]*{cpr}', answer.text), answer.text
