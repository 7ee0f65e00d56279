"""Handing over what was paid, in parts or whole, and taking it back: RX-HANDOVER, RX-UNDO."""

from pharmacies import handed, medicine
from prescribers import BATCH, bundle, line, signed
from test_pharmacy_orders import coverage
from webshop import new_key, refusal


def test_RX_HANDOVER_in_parts_until_nothing_is_left_and_one_more_is_refused(counter):
    record = counter.prescribed(line(packages=3, handovers=2, interval=(30, "d")))
    captured = counter.captured(medicine(record, quantity=3))
    for quantity in (1, 2):
        response = counter.shop.hand_over(captured["id"], handed(quantity=quantity))
        assert response.status_code == 201, response.text
    refusal(counter.shop.hand_over(captured["id"], handed()), 409, "handover_not_owed")
    done = counter.shop.get(captured["id"])
    assert len(done["handovers"]) == 2 and [hold["status"] for hold in done["holds"]] == ["consumed"]
    assert coverage(counter.clinic, record)["lines"][0]["handed_over"] == 1


def test_RX_HANDOVER_more_than_is_owed_another_product_or_line_is_refused(counter):
    captured = counter.captured(medicine(counter.prescribed(line(packages=2)), quantity=2))
    shop, authorization = counter.shop, captured["id"]
    refusal(shop.hand_over(authorization, handed(quantity=3)), 409, "handover_above_owed")
    refusal(shop.hand_over(authorization, handed("900201")), 422, "handover_product_refused")
    refusal(shop.hand_over(authorization, handed(name="9")), 422, "handover_line_unknown")
    for wrong in ({"quantity": 0}, {"quantity": -1}, {"quantity": "1"}, {"batch": ""}, {"product_number": "1"}):
        assert shop.hand_over(authorization, handed() | wrong).status_code in (400, 422), wrong
    assert shop.get(authorization)["handovers"] == []
    assert shop.hand_over(authorization, handed(quantity=2)).status_code == 201


def test_RX_HANDOVER_only_by_the_holding_pharmacy_and_the_same_key_hands_over_once(counter):
    captured = counter.captured(medicine(counter.prescribed()))
    refusal(counter.at("loeven").shop.hand_over(captured["id"], handed()), 404, "not_found")
    key = new_key()
    first, again = (counter.shop.hand_over(captured["id"], handed(), key=key, final=True) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert len(counter.shop.get(captured["id"])["handovers"]) == 1


def test_RX_UNDO_a_handover_taken_back_may_be_used_again_and_the_money_goes_back_by_itself(counter):
    record = counter.prescribed()
    done = counter.handed_over(record)
    (handover,) = done["handovers"]
    refunded = counter.shop.refund(done["id"])
    assert refunded.status_code == 201, refunded.text
    counter.refused("rx_exhausted", medicine(record))
    refusal(counter.at("loeven").shop.undo(done["id"], handover["id"]), 404, "not_found")
    undone = counter.shop.undo(done["id"], handover["id"])
    assert undone.status_code == 200 and undone.json()["undone_at"], undone.text
    refusal(counter.shop.undo(done["id"], handover["id"]), 409, "handover_undone")
    assert counter.clinic.record(record).json()["status"] == "open"
    left = coverage(counter.clinic, record)["lines"][0]
    assert (left["handed_over"], left["held"] + left["left"]) == (0, 1)


def test_RX_UNDO_told_not_to_reopen_the_record_stays_closed(counter):
    record = counter.prescribed()
    done = counter.handed_over(record)
    response = counter.shop.undo(done["id"], done["handovers"][0]["id"], reopen=False)
    assert response.status_code == 200, response.text
    assert counter.clinic.record(record).json()["status"] == "closed"
    assert counter.created(medicine(record))["status"] == "declined"


FHIR = {"Accept": "application/fhir+json"}


def test_a_handover_is_told_as_a_MedicationDispense_to_who_asks_for_fhir(counter):
    content = bundle(counter.patient.cpr, line(packages=2))
    record = counter.clinic.filed(signed(content, counter.world.pki.doctor))["id"]
    captured = counter.captured(medicine(record, quantity=2))
    path = f"/v1/authorizations/{captured['id']}/handovers"
    response = counter.shop.request(
        "POST", path, key=new_key(), headers=FHIR, json={"lines": [handed(quantity=2)], "final": True})
    assert response.status_code == 201, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/fhir+json"
    dispense = response.json()
    assert (dispense["resourceType"], dispense["status"]) == ("MedicationDispense", "completed")
    assert dispense["authorizingPrescription"][0]["identifier"] == content["identifier"]
    assert dispense["medicationCodeableConcept"]["coding"][0]["code"] == "900101"
    assert dispense["quantity"]["value"] == 2 and dispense["whenHandedOver"]
    assert dispense["performer"][0]["actor"]["identifier"]["value"] == "5790000000005"
    assert {"url": "urn:godkend:batch", "valueString": BATCH} in dispense["extension"]
    assert counter.patient.cpr not in response.text


def test_a_refusal_is_told_as_an_OperationOutcome_to_who_asks_for_fhir(counter):
    content = bundle(counter.patient.cpr)
    content["entry"][4]["resource"]["status"] = "draft"
    response = counter.clinic.http.post(
        counter.clinic.base + "/v1/prescriptions", json={"jws": signed(content, counter.world.pki.doctor)},
        headers=FHIR | {"Authorization": f"Bearer {counter.clinic.secret}", "Idempotency-Key": new_key()}, timeout=30)
    assert response.status_code == 422, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/fhir+json"
    outcome = response.json()
    assert outcome["resourceType"] == "OperationOutcome"
    (issue,) = outcome["issue"]
    assert (issue["severity"], issue["expression"]) == ("error", ["Bundle.entry[4].resource.status"])
    assert issue["code"] and issue["diagnostics"] and "draft" not in response.text


def test_a_capture_of_a_part_and_the_release_of_the_rest(counter):
    record = counter.prescribed(line(packages=2))
    approved = counter.approved(medicine(record, quantity=2))
    captured = counter.shop.capture(approved["id"], amount=5000)
    assert captured.status_code == 200 and captured.json()["amount_captured"] == 5000, captured.text
    assert counter.shop.hand_over(approved["id"], handed(quantity=1), final=True).status_code == 201
    assert counter.shop.get(approved["id"])["holds"][0]["status"] == "consumed"
