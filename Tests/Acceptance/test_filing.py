"""Which record is which, what cannot be read, who may file, and records taken back: RX-ID, RX-CANCEL."""

import base64
import datetime

import pytest

from certificates import DAY, now
from patients import cpr_of, some_adult
from pharmacies import handed, medicine
from prescribers import bundle, cancellation, line, new_record, payload_of, signed, today
from test_prescriptions import rejected
from webshop import made_up_id, new_key, refusal


def test_RX_ID_the_same_record_again_is_the_same_record_whoever_files_it(clinic, pharmacies, pki, cpr):
    compact = signed(bundle(cpr), pki.doctor)
    first = clinic.filed(compact)
    for again in (clinic.file(compact), clinic.file_jose(compact), pharmacies.pharmacy().file(compact)):
        assert again.status_code == 200, again.text
        assert (again.json()["id"], again.json()["authentic"]) == (first["id"], True)


def test_RX_ID_the_same_payload_signed_again_is_the_same_record(clinic, pki, cpr):
    payload = payload_of(bundle(cpr))
    first = clinic.filed(signed(payload, pki.doctor))
    again = clinic.file(signed(payload, pki.doctor))
    assert again.status_code == 200 and again.json()["id"] == first["id"], again.text


def test_RX_ID_the_same_identity_with_other_contents_is_a_conflict_and_the_first_stands(clinic, pki, cpr):
    record = new_record()
    first = clinic.filed(signed(bundle(cpr, record=record), pki.doctor))
    for other in (bundle(cpr, line(packages=9), record=record), bundle(cpr_of(some_adult()), record=record)):
        refusal(clinic.file(signed(other, pki.doctor)), 409, "rx_conflict")
    by_another = bundle(cpr, record=record, version=2, authorisation="1B2CD")
    refusal(clinic.file(signed(by_another, pki.other_doctor)), 409, "rx_conflict")
    shown = clinic.record(first["id"])
    assert shown.status_code == 200 and shown.json()["status"] == "open", shown.text


def test_RX_ID_an_unsound_record_takes_nobodys_identity(clinic, pki, cpr):
    record = new_record()
    rejected(clinic, signed(bundle(cpr, record=record), pki.stranger), "rx_chain_untrusted")
    clinic.filed(signed(bundle(cpr, record=record), pki.doctor))


def test_RX_ID_a_newer_version_takes_the_place_of_the_older(counter):
    record, doctor = new_record(), counter.world.pki.doctor
    older = counter.clinic.filed(signed(bundle(counter.patient.cpr, record=record), doctor))
    newer = counter.clinic.filed(signed(bundle(counter.patient.cpr, record=record, version=2), doctor))
    assert (newer["version"], newer["id"] != older["id"]) == (2, True)
    counter.refused("rx_canceled", medicine(older["id"]))
    counter.pending(medicine(newer["id"]))


def attestation(pki, cpr: str, record: str, moment: datetime.datetime, *history) -> str:
    content = bundle(cpr, line(handovers=4, history=history), record=record, attested=moment)
    return signed(content, pki.register, kind="registry", at=moment)


def test_RX_ID_of_a_registers_attestations_the_newest_counts_whatever_came_first(pharmacies, pki, cpr):
    register, record = pharmacies.pharmacy("register"), new_record()
    moment = now() - datetime.timedelta(seconds=90)
    second = register.file(attestation(pki, cpr, record, moment, 1, today() - 90 * DAY))
    assert second.status_code == 201 and second.json()["authentic"], second.text
    filed = second.json()
    assert filed["kind"] == "registry"

    def handed_over() -> int:
        response = register.verify(filed["id"])
        assert response.status_code == 200, response.text
        return response.json()["lines"][0]["handed_over"]

    assert handed_over() == 1
    third = register.file(attestation(pki, cpr, record, moment + datetime.timedelta(seconds=60), 2, today() - 30 * DAY))
    assert third.status_code in (200, 201) and third.json()["id"] == filed["id"], third.text
    assert handed_over() == 2
    late = register.file(attestation(pki, cpr, record, moment - datetime.timedelta(seconds=60), 0, None))
    assert late.status_code in (200, 409), late.text
    assert handed_over() == 2, "an older word never takes a handover back"


# What cannot be read

def with_change(content: dict, change) -> dict:
    change(content)
    return content


@pytest.mark.parametrize("path, change", [
    ("Bundle.entry[4].resource.status", lambda b: b["entry"][4]["resource"].update(status="draft")),
    ("Bundle.entry[4].resource.intent", lambda b: b["entry"][4]["resource"].update(intent="plan")),
    ("Bundle.type", lambda b: b.update(type="document")),
    ("Bundle.entry[0].resource.birthDate", lambda b: b["entry"][0]["resource"].update(birthDate="1900-01-01")),
    ("Bundle.entry[4].resource.substitution", lambda b: b["entry"][4]["resource"].pop("substitution")),
    ("Bundle.entry[4].resource.dispenseRequest", lambda b: b["entry"][4]["resource"]["dispenseRequest"].update(
        validityPerod={"end": "2026-01-01"})),
    ("Bundle.entry[4].resource.modifierExtension", lambda b: b["entry"][4]["resource"].update(
        modifierExtension=[{"url": "urn:x", "valueBoolean": True}])),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_sound_signature_over_what_cannot_be_read_is_refused_by_path(clinic, pki, cpr, path, change):
    response = clinic.file(signed(with_change(bundle(cpr), change), pki.doctor))
    refusal(response, 422, "prescription_unreadable")
    assert response.json()["error"]["param"].startswith(path), response.text
    assert cpr not in response.text and "1900-01-01" not in response.text


def test_a_text_that_is_no_jws_is_refused_or_filed_as_nothing_to_believe(clinic):
    for text in ("nonsense", "a.b", "a.b.c", "....", "x" * 40):
        response = clinic.file(text)
        if response.status_code == 201:
            assert response.json()["authentic"] is False
        else:
            assert response.status_code in (400, 422), response.text


@pytest.mark.parametrize("change", [
    {"jws": None}, {"jws": 7}, {"jws": ["x"]}, {"ocsp": "AAAA"}, {"ocsp": [7]}, {"ocsp": ["not base64"]},
    {"ocsp": ["AAAA"] * 9}, {"kind": "prescriber"}, {"jws": "a.b"}, {"jws": ""}], ids=str)
def test_a_filing_in_json_has_its_members_and_no_others(clinic, pki, cpr, change):
    body = {"jws": signed(bundle(cpr), pki.doctor)} | change
    body = {name: value for name, value in body.items() if value is not None}
    response = clinic.request("POST", "/v1/prescriptions", key=new_key(), json=body)
    assert response.status_code in (400, 422), response.text
    assert next(iter(change)) in (response.json()["error"]["param"] or ""), response.text


def test_a_filing_in_another_content_type_is_refused(clinic, pki, cpr):
    for kind in ("text/plain", "application/jwt", "application/x-www-form-urlencoded"):
        response = clinic.request("POST", "/v1/prescriptions", key=new_key(), headers={"Content-Type": kind},
                                  data=signed(bundle(cpr), pki.doctor).encode())
        refusal(response, 415, "content_type_unsupported")


def test_the_same_key_files_once_and_for_one_body(clinic, pki, cpr):
    key, compact = new_key(), signed(bundle(cpr), pki.doctor)
    first, again = clinic.file(compact, key=key), clinic.file(compact, key=key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    refusal(clinic.file(signed(bundle(cpr), pki.doctor), key=key), 422, "idempotency_key_reused")


def test_webshops_and_publishable_keys_file_nothing(pharmacies, pki, cpr):
    compact = signed(bundle(cpr), pki.doctor)
    refusal(pharmacies.pharmacy("bogbixen").file(compact), 403, "merchant_kind_not_allowed")
    public = pharmacies.pharmacy().request(
        "POST", "/v1/prescriptions", bearer=pharmacies.keys["svanen"].publishable, key="k-1", json={"jws": compact})
    assert public.status_code in (401, 403), public.text


def test_every_unknown_record_is_not_found_alike(pharmacies, pki, cpr):
    record = pharmacies.pharmacy("klinik").filed(signed(bundle(cpr), pki.doctor))["id"]
    pharmacy = pharmacies.pharmacy()
    for identifier in (record, made_up_id("prx")):
        refusal(pharmacy.record(identifier), 404, "not_found")
        refusal(pharmacy.verify(identifier), 404, "not_found")
        response = pharmacies.pharmacy("register").record(identifier)
        refusal(response, 404, "not_found")


# Taken back

def test_RX_CANCEL_the_prescriber_takes_it_back_and_nobody_else_does(counter):
    pki, record = counter.world.pki, new_record()
    filed = counter.clinic.filed(signed(bundle(counter.patient.cpr, record=record), pki.doctor))
    for wrong in (
        cancellation(record, pki.other_doctor), cancellation(record, pki.stranger), cancellation(record, pki.revoked),
        cancellation(new_record(), pki.doctor), cancellation(record, pki.doctor, version=7),
        cancellation(record, pki.doctor, alg="none"), cancellation(record, pki.register, kind="registry"),
        signed(bundle(counter.patient.cpr, record=record), pki.doctor),
    ):
        response = counter.clinic.withdraw(filed["id"], wrong)
        assert response.status_code in (400, 422), response.text
    assert counter.clinic.record(filed["id"]).json()["status"] == "open"
    done = counter.clinic.withdraw(filed["id"], cancellation(record, pki.doctor))
    assert done.status_code == 200 and done.json()["status"] == "canceled", done.text
    counter.refused("rx_canceled", medicine(filed["id"]))


def test_RX_CANCEL_while_an_order_holds_it_the_order_may_end_and_then_it_is_canceled(counter):
    pki, record = counter.world.pki, new_record()
    content = bundle(counter.patient.cpr, line(handovers=3), record=record)
    filed = counter.clinic.filed(signed(content, pki.doctor))
    approved = counter.approved(medicine(filed["id"]))
    done = counter.clinic.withdraw(filed["id"], cancellation(record, pki.doctor))
    assert done.status_code in (200, 202) and done.json()["status"] == "cancel_pending", done.text
    assert counter.shop.capture(approved["id"]).status_code == 200
    response = counter.shop.hand_over(approved["id"], handed(), final=True)
    assert response.status_code == 201, response.text
    assert counter.clinic.record(filed["id"]).json()["status"] == "canceled"
    counter.refused("rx_canceled", medicine(filed["id"]))


# Large and deep

def nested_der(depth: int) -> bytes:
    """Sequences in sequences, each of a definite length."""
    content = b""
    for _ in range(depth):
        size = len(content)
        head = bytes([size]) if size < 128 else bytes([0x82, size >> 8, size & 0xFF])
        content = b"\x30" + head + content
    return content


@pytest.mark.parametrize("name", ["array", "object", "der", "certificate", "long", "many lines"])
def test_what_is_too_deep_or_too_large_is_refused_and_the_gateway_lives(clinic, pki, cpr, name):
    compact, ocsp = {
        "array": lambda: (signed(b"[" * 60_000, pki.doctor), []),
        "object": lambda: (signed(b'{"a":' * 20_000 + b"1" + b"}" * 20_000, pki.doctor), []),
        "der": lambda: (signed(bundle(cpr), pki.unknown_to_all), [nested_der(3_500)]),
        "certificate": lambda: (
            signed(bundle(cpr), pki.doctor, x5c=[base64.b64encode(nested_der(3_500)).decode()]), []),
        "long": lambda: (signed(b" " * 3_000_000 + payload_of(bundle(cpr)), pki.doctor), []),
        "many lines": lambda: (signed(bundle(cpr, *(line(name=str(n)) for n in range(51))), pki.doctor), []),
    }[name]()
    response = clinic.file(compact, ocsp)
    if response.status_code == 201:
        assert response.json()["authentic"] is False, response.text
    else:
        assert response.status_code in (400, 413, 422), response.text
    assert clinic.filed(signed(bundle(cpr), pki.doctor))["authentic"] is True


def test_RX_QTY_half_a_package_is_a_number_and_nothing_below_is(counter):
    record = counter.prescribed(line(packages=2.5))
    counter.refused("rx_quantity_exceeded", medicine(record, quantity=3))
    assert counter.pending(medicine(record, quantity=2))
    for packages in (0, -1, 10_000, 2.0005, 1e-7):
        response = counter.clinic.file(
            signed(bundle(counter.patient.cpr, line(packages=packages)), counter.world.pki.doctor))
        refusal(response, 422, "prescription_unreadable")
