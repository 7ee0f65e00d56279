"""Pharmacy orders over HTTP, from the record to the handover and its receipt: RX-COVER to RX-RECEIPT."""

import datetime
import json

import pytest

from codeapp import canonical, digest
from patients import years_ago
from pharmacies import handed, medicine, over_the_counter, shipping
from prescribers import bundle, line, new_record, record_digest, signed, today
from test_receipts import checked
from webshop import made_up_id, new_key, new_reference, refusal


def statement(counter, pending: dict) -> dict:
    """What the code app shows and signs."""
    return json.loads(counter.app.statement(pending["confirmation"]["id"]))


def coverage(shop, record: str, *lines: dict) -> dict:
    response = shop.verify(record, *lines)
    assert response.status_code == 200, response.text
    return response.json()


def classed(counter, klass: str, *lines: dict, **members) -> dict:
    """Declined with a class only: no patient match, or no pharmacy."""
    decline = counter.refused("prescription_not_accepted", *lines, **members)
    assert decline["class"] == klass, decline
    return decline


# The whole way

def test_RX_CONFIRM_RX_RECEIPT_the_whole_way_from_the_record_to_the_receipt(counter):
    compact = signed(bundle(counter.patient.cpr, line(handovers=4, interval=(30, "d"))), counter.world.pki.doctor)
    record = counter.clinic.filed(compact)["id"]
    pending = counter.pending(medicine(record), shipping())
    assert [(hold["status"], hold["line"]) for hold in pending["holds"]] == [("reserved", "1")]

    shown = statement(counter, pending)
    assert shown["effect"] == ["Bruger udlevering 1 af 4"]
    assert shown["prescriptions"] == [{"handover": 1, "line": "1", "record": record, "version": 1}]
    assert (shown["patient_initials"], shown["payee"]) == ("", "Apoteket Svanen")
    assert shown["order_digest"] == digest(canonical(pending["order"]))

    counter.app.approve(pending)
    approved = counter.shop.until(pending["id"])
    assert approved["status"] == "approved", approved["decline"]
    assert [hold["status"] for hold in approved["holds"]] == ["firm"]
    refusal(counter.shop.hand_over(approved["id"], handed()), 409, "handover_not_owed")

    captured = counter.shop.capture(approved["id"]).json()
    assert [hold["status"] for hold in captured["holds"]] == ["owed"]
    response = counter.shop.hand_over(approved["id"], handed(), final=True)
    assert response.status_code == 201, response.text
    handover = response.json()
    assert handover["id"].startswith("hnd_")
    done = counter.shop.get(approved["id"])
    assert [hold["status"] for hold in done["holds"]] == ["consumed"]
    assert [entry["id"] for entry in done["handovers"]] == [handover["id"]]

    receipt = checked(counter.shop, done)
    said = {"authorization": approved["id"], "merchant": "svanen", "status": "captured", "amount": 8900,
            "captured": 8900, "refunded": 0, "order_digest": digest(canonical(pending["order"])),
            "record_digests": [record_digest(compact)], "handovers": [handover["id"]], "factor": "app"}
    assert {name: receipt[name] for name in said} == said
    assert receipt["patient"] and counter.patient.cpr not in json.dumps(receipt)
    assert counter.clinic.record(record).json()["status"] == "part_handed_over"


def test_RX_AUDIT_each_decision_of_an_order_stands_in_the_log(counter):
    done = counter.handed_over(counter.prescribed())
    leaves = [decision["leaf"] for decision in done["decisions"]]
    assert leaves == sorted(set(leaves)) and len(leaves) >= 2


def test_a_dry_run_says_what_is_left_and_takes_nothing(counter):
    record = counter.prescribed(line(handovers=3, packages=2))
    wanted = {"line": "1", "product_number": "900101", "quantity": 2}
    for _ in range(2):
        told = coverage(counter.clinic, record, wanted)
        assert (told["authentic"], told["covers"]) == (True, True), told
        (left,) = told["lines"]
        said = {"line": "1", "prescribed": 3, "handed_over": 0, "held": 0, "left": 3, "next_from": today().isoformat()}
        assert {name: left[name] for name in said} == said
    too_much = coverage(counter.clinic, record, wanted | {"quantity": 3})
    assert (too_much["authentic"], too_much["covers"]) == (True, False)
    assert coverage(counter.clinic, record)["covers"] is True, "without lines: as prescribed"
    counter.pending(medicine(record))
    held = coverage(counter.clinic, record, wanted)["lines"][0]
    assert (held["handed_over"], held["held"], held["left"]) == (0, 1, 2)


# What a prescription does not cover

def test_RX_INTERVAL_the_next_one_too_early_is_told_with_the_first_day(counter):
    record = counter.prescribed(line(handovers=3, interval=(30, "d")))
    counter.handed_over(record)
    counter.refused("rx_too_early", medicine(record))
    told = coverage(counter.shop, record)
    first = today() + datetime.timedelta(days=30)
    assert (told["covers"], told["lines"][0]["next_from"]) == (False, first.isoformat()), told
    other = counter.at("loeven")
    assert other.created(medicine(record))["decline"]["reason"] == "rx_too_early", "the other pharmacy sees it too"


def test_RX_COUNT_without_an_interval_each_handover_is_used_once(counter):
    record = counter.prescribed(line(handovers=2))
    for number in (1, 2):
        pending = counter.pending(medicine(record))
        assert statement(counter, pending)["effect"] == [f"Bruger udlevering {number} af 2"]
        counter.app.approve(pending)
        assert counter.shop.until(pending["id"])["status"] == "approved"
        assert counter.shop.capture(pending["id"]).status_code == 200
        assert counter.shop.hand_over(pending["id"], handed(), final=True).status_code == 201
    assert counter.clinic.record(record).json()["status"] == "closed"
    counter.refused("rx_exhausted", medicine(record))
    left = coverage(counter.clinic, record)["lines"][0]
    assert (left["handed_over"], left["left"], left["next_from"]) == (2, 0, None)


def test_RX_GROUP_a_medicine_of_group_A_is_handed_over_once_only(counter):
    record = counter.prescribed(line("900301", handovers=3))
    counter.refused("rx_group_single", medicine(record, "900301"))
    once = counter.prescribed(line("900301"))
    assert counter.pending(medicine(once, "900301"))


def test_RX_SUBST_an_equivalent_where_it_is_allowed_and_of_the_same_group(counter):
    allowed, not_allowed = counter.prescribed(line(substitution=True)), counter.prescribed(line())
    counter.refused("rx_substitution_refused", medicine(not_allowed, "900103"))
    counter.refused("rx_substitution_refused", medicine(allowed, "900104"))
    assert counter.approved(medicine(allowed, "900103"))["status"] == "approved"


def test_RX_QTY_no_more_packages_than_a_handover_has(counter):
    record = counter.prescribed(line(packages=2))
    counter.refused("rx_quantity_exceeded", medicine(record, quantity=3))
    assert counter.pending(medicine(record, quantity=2))


def test_RX_VALID_not_before_the_first_and_not_after_the_last_day(counter):
    day = datetime.timedelta(days=1)
    counter.refused("rx_not_yet_valid", medicine(counter.prescribed(line(valid_from=today() + day))))
    assert counter.pending(medicine(counter.prescribed(line(valid_from=today(), valid_to=today()))))


def test_RX_MERCHANT_a_record_that_names_a_pharmacy_is_for_that_one(counter):
    record = counter.prescribed(line(pharmacy="5790000000012"))
    counter.refused("rx_not_covered", medicine(record))
    assert counter.at("loeven").pending(medicine(record))


def test_RX_COVER_one_line_of_five_that_is_not_covered_declines_the_whole_order_by_its_index(counter):
    record = counter.prescribed(line(name="1"), line("900201", name="2"))
    order = [medicine(record), shipping(), medicine(record, "900201", name="2"), medicine(record, name="7"), shipping()]
    decline = counter.refused("rx_not_covered", *order)
    assert decline["line"] == 3, decline
    assert counter.clinic.record(record).json()["status"] == "open"
    pending = counter.pending(*order[:3])
    assert [hold["line"] for hold in pending["holds"]] == ["1", "2"]
    assert len(statement(counter, pending)["effect"]) == 2


def test_RX_COVER_of_five_lines_the_one_that_names_no_prescription_is_told_by_its_index(counter):
    covered = medicine(counter.prescribed())
    bare = medicine(counter.prescribed(line("900201")), "900201")
    del bare["prescription"]
    decline = counter.refused("rx_missing", covered, shipping(), over_the_counter("900707"), bare, shipping())
    assert decline["line"] == 3, decline


def test_RX_COVER_one_record_line_covers_one_order_line(counter):
    record = counter.prescribed(line(packages=2))
    counter.refused("rx_not_covered", medicine(record), medicine(record))


def test_RX_COVER_medicine_without_a_prescription_is_missing_one(counter):
    bare = medicine(counter.prescribed()) | {"quantity": 1}
    del bare["prescription"]
    assert counter.refused("rx_missing", shipping(), bare)["line"] == 1
    # A record is named and not there: no patient has been matched.
    classed(counter, "coverage", medicine(made_up_id("prx")))


def test_RX_PATIENT_another_patients_record_is_refused_with_nothing_about_it(pharmacies):
    counter, other = pharmacies.counter(), pharmacies.counter()
    record = other.prescribed(line(handovers=3))
    response = counter.asked(medicine(record))
    assert response.json()["decline"]["reason"] == "prescription_not_accepted"
    assert response.json()["decline"]["class"] == "person"
    told = response.text.replace(medicine(record)["description"], "")
    assert other.patient.cpr not in told and "Simvastatin" not in told
    refusal(counter.shop.verify(record), 404, "not_found")


def test_RX_PATIENT_an_order_that_names_another_patient_is_refused(pharmacies):
    counter, other = pharmacies.counter(), pharmacies.counter()
    record = counter.prescribed()
    response = counter.asked(medicine(record), patient=other.patient.cpr)
    assert response.status_code == 201, response.text
    assert response.json()["decline"]["reason"] in ("rx_patient_mismatch", "prescription_not_accepted")
    assert other.patient.cpr not in response.text and counter.patient.cpr not in response.text
    assert counter.pending(medicine(record), patient=counter.patient.cpr)


def test_an_unsound_record_is_refused_by_class(counter):
    pki = counter.world.pki
    content = bundle(counter.patient.cpr, authorisation="5FRM8", role="treating_pharmacist")
    record = counter.clinic.file(signed(content, pki.pharmacist)).json()["id"]
    classed(counter, "record", medicine(record))


# Who sells

def test_RX_MERCHANT_a_webshop_sells_no_medicine_nor_does_a_pharmacy_that_is_not_listed(counter):
    record = counter.prescribed()
    for merchant in ("bogbixen", "nyt"):
        decline = counter.at(merchant).refused("merchant_not_pharmacy", medicine(record), by="merchant_rules")
        assert "class" not in decline
    assert counter.pending(medicine(record))


def test_a_prescription_line_is_never_captured_by_itself(counter):
    response = counter.asked(medicine(counter.prescribed()), capture="automatic")
    refusal(response, 422, response.json()["error"]["code"], "capture")
    assert counter.app.pending() == []


def test_an_unknown_product_declines_with_the_index_of_its_line(counter):
    record = counter.prescribed()
    decline = counter.refused(
        "product_unknown", medicine(record), shipping(), over_the_counter("123456"), by="merchant_rules")
    assert decline["line"] == 2, decline


@pytest.mark.parametrize("product", ["900702", "900703"], ids=["HA18", "HX18"])
def test_RX_MINOR_what_is_for_adults_is_sold_from_the_eighteenth_birthday_on(pharmacies, product):
    child = pharmacies.counter(birth=years_ago(18, today(), days=1))
    decline = child.refused("age_restricted", shipping(), over_the_counter(product), by="merchant_rules")
    assert decline["line"] == 1, decline
    assert child.pending(over_the_counter("900707")), "HX is sold to everybody"
    adult = pharmacies.counter(birth=years_ago(18, today()))
    assert adult.approved(over_the_counter(product))["holds"] == []


# Holds

def test_RX_LAST_while_one_pharmacy_holds_it_another_is_told_to_try_later(counter):
    record = counter.prescribed(line(handovers=2))
    approved = counter.approved(medicine(record))
    decline = counter.at("loeven").refused("rx_held_elsewhere", medicine(record))
    assert "Svanen" not in json.dumps(decline, ensure_ascii=False)
    assert counter.shop.cancel(approved["id"]).status_code == 200
    assert counter.at("loeven").approved(medicine(record))["status"] == "approved"


def test_RX_PAYFAIL_denied_in_the_app_the_hold_is_released_in_the_same_moment(counter):
    record = counter.prescribed()
    pending = counter.pending(medicine(record))
    counter.app.decide(pending, "deny")
    ended = counter.shop.until(pending["id"])
    assert (ended["status"], [hold["status"] for hold in ended["holds"]]) == ("declined", ["released"])
    left = coverage(counter.clinic, record)["lines"][0]
    assert (left["held"], left["left"]) == (0, 1)
    assert counter.at("loeven").pending(medicine(record))


def test_RX_SAMESHOP_the_same_order_again_is_the_same_hold(counter):
    record, reference, key, token = counter.prescribed(), new_reference(), new_key(), counter.token()
    body = {"amount": 5000, "order": {"reference": reference, "lines": [medicine(record)]}, "key": key}
    first, again = counter.shop.authorize(token, **body), counter.shop.authorize(token, **body)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    superseding = counter.pending(medicine(record), reference=reference)
    assert superseding["id"] != first.json()["id"]
    older = counter.shop.get(first.json()["id"])
    assert (older["status"], [hold["status"] for hold in older["holds"]]) == ("canceled", ["released"])


def test_a_record_of_the_register_is_sold_against_while_its_word_is_fresh(counter):
    pki, register = counter.world.pki, counter.world.pharmacy("register")
    moment = datetime.datetime.now(datetime.timezone.utc)

    def attested(seconds: int) -> str:
        when = moment - datetime.timedelta(seconds=seconds)
        content = bundle(counter.patient.cpr, line(handovers=4, history=(3, today() - datetime.timedelta(days=60))),
                         record=new_record(), attested=when)
        return register.filed(signed(content, pki.register, kind="registry", at=when))["id"]

    counter.refused("rx_attestation_stale", medicine(attested(660)))
    pending = counter.pending(medicine(attested(30)))
    assert statement(counter, pending)["effect"] == ["Bruger udlevering 4 af 4"]
