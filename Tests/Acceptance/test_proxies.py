"""Somebody else's prescription: guardians and powers of attorney: RX-MINOR, RX-PROXY."""

from patients import years_ago
from pharmacies import medicine
from prescribers import bundle, line, signed, today
from test_pharmacy_orders import classed, coverage, statement


def for_another(counter, patient, *lines: dict) -> str:
    compact = signed(bundle(patient.cpr, *(lines or [line()]), name=patient.name), counter.world.pki.doctor)
    return counter.clinic.filed(compact)["id"]


def test_RX_MINOR_a_guardian_draws_on_a_childs_record_until_the_age_that_is_set(pharmacies):
    parent = pharmacies.counter()
    child = pharmacies.counter(birth=years_ago(9, today())).patient
    record = for_another(parent, child)
    classed(parent, "person", medicine(record))
    pharmacies.relate("guardian", child, parent.patient)
    pending = parent.pending(medicine(record))
    assert statement(parent, pending)["patient_initials"] == "KK"
    parent.app.approve(pending)
    assert parent.shop.until(pending["id"])["status"] == "approved"
    pharmacies.run("relation", "add", "--kind", "guardian", "--patient", "-", "--holder", parent.patient.id,
                   stdin=pharmacies.counter(birth=years_ago(15, today())).patient.cpr + "\n", expect=1)


def test_RX_PROXY_a_power_of_attorney_revoked_before_the_answer_declines(pharmacies):
    carer, patient = pharmacies.counter(), pharmacies.counter().patient
    record = for_another(carer, patient, line(handovers=2))
    relation = pharmacies.relate("power-of-attorney", patient, carer.patient)
    pending = carer.pending(medicine(record))
    statement(carer, pending)
    pharmacies.run("relation", "revoke", relation)
    carer.app.decide(pending, "approve")
    ended = carer.shop.until(pending["id"])
    assert ended["status"] == "declined" and ended["decline"]["by"] == "prescription", ended["decline"]
    assert ended["decline"]["reason"] == "rx_proxy_missing", ended["decline"]
    assert [hold["status"] for hold in ended["holds"]] == ["released"]
    assert carer.created(medicine(record))["status"] == "declined"
    assert coverage(carer.clinic, record)["lines"][0]["left"] == 2


def test_RX_PROXY_revoked_after_the_approval_nothing_is_captured(pharmacies):
    carer, patient = pharmacies.counter(), pharmacies.counter().patient
    record = for_another(carer, patient)
    relation = pharmacies.relate("power-of-attorney", patient, carer.patient)
    approved = carer.approved(medicine(record))
    pharmacies.run("relation", "revoke", relation)
    response = carer.shop.capture(approved["id"])
    assert response.status_code == 409, response.text
    assert carer.shop.get(approved["id"])["amount_captured"] == 0
    assert carer.shop.cancel(approved["id"]).json()["status"] == "canceled"


def test_RX_PROXY_a_requested_power_of_attorney_covers_nothing_until_it_is_approved(pharmacies):
    carer, patient = pharmacies.counter(), pharmacies.counter().patient
    record = for_another(carer, patient)
    relation = pharmacies.relate("power-of-attorney", patient, carer.patient, "--requested")
    assert carer.created(medicine(record))["decline"]["reason"] == "rx_proxy_missing"
    pharmacies.run("relation", "approve", relation)
    assert carer.pending(medicine(record))
