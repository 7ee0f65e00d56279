"""Filing signed records: which are believed, and which never: RX-SIG to RX-AUTH-ACTIVE.

All records are made and signed by `cryptography` and `jwcrypto`; only the gateway's answer is looked at.
"""

import datetime
import hashlib
import hmac
import json

import pytest
from cryptography.x509.ocsp import OCSPCertStatus

from certificates import DAY, HOUR, now, pem
from codeapp import base64url
from patients import cpr_of
from pharmacies import medicine
from prescribers import born, bundle, line, parts, payload_of, signed, today

RULES = ["RX-SIG", "RX-ALG", "RX-CERT-ONE", "RX-CHAIN", "RX-TIME", "RX-DAY", "RX-REV", "RX-ROLE", "RX-AUTH-ACTIVE"]


def reasons(filed: dict) -> list[str]:
    return [check["reason"] for check in filed["checks"] if check.get("reason")]


def rejected(clinic, compact: str, reason: str, ocsp=()) -> dict:
    """Filed with its verdict, and not believed; the first check that failed gives the reason."""
    response = clinic.file(compact, ocsp)
    assert response.status_code == 201, response.text
    filed = response.json()
    assert filed["authentic"] is False and filed["status"] == "invalid", filed
    assert reasons(filed)[:1] == [reason], filed["checks"]
    return filed


def test_the_birth_date_in_a_number_is_read_as_it_was_written():
    for birth in (datetime.date(1950, 1, 31), datetime.date(1999, 12, 1), datetime.date(2012, 2, 29)):
        assert all(born(cpr_of(birth)) == birth for _ in range(20))


def test_RX_SIG_a_record_signed_by_somebody_elses_library_is_authentic(clinic, pki, cpr):
    content = bundle(cpr)
    response = clinic.file(signed(content, pki.doctor))
    assert response.status_code == 201, response.text
    filed = response.json()
    assert filed["id"].startswith("prx_")
    said = {"record": content["identifier"]["value"], "version": 1, "kind": "prescriber", "authentic": True}
    assert {name: filed[name] for name in said} == said
    assert [(check["rule"], check["verdict"]) for check in filed["checks"]] == [(rule, "pass") for rule in RULES]
    assert all(check["detail"] for check in filed["checks"])
    assert cpr not in response.text


def test_a_record_is_taken_as_application_jose_too(clinic, pki, cpr):
    response = clinic.file_jose(signed(bundle(cpr), pki.doctor))
    assert response.status_code == 201 and response.json()["authentic"] is True, response.text


def test_RX_SIG_the_bytes_are_verified_as_they_came_however_the_json_is_written(clinic, pki, cpr):
    payload = json.dumps(bundle(cpr), ensure_ascii=True, indent=7, sort_keys=True).encode()
    clinic.filed(signed(payload, pki.doctor))


def flipped(compact: str, part: int, position: int) -> str:
    """One bit of one byte of one part, encoded again without padding."""
    decoded = [bytearray(piece) for piece in parts(compact)]
    decoded[part][position] ^= 1
    return ".".join(base64url(bytes(piece)) for piece in decoded)


def test_RX_SIG_one_flipped_bit_of_header_payload_or_signature_and_it_is_never_authentic(clinic, pki, cpr):
    compact = signed(bundle(cpr), pki.doctor)
    for part, whole in enumerate(parts(compact)):
        positions = {round(step * (len(whole) - 1) / 13) for step in range(14)}
        for position in sorted(positions):
            response = clinic.file(flipped(compact, part, position))
            place = f"part {part}, byte {position}: {response.text}"
            if response.status_code == 201:
                filed = response.json()
                assert filed["authentic"] is False and filed["status"] == "invalid", place
                assert reasons(filed), place
            else:
                assert response.status_code in (400, 422), place
    assert clinic.filed(compact)["authentic"] is True, "the one that was not changed"


def test_RX_SIG_the_same_content_with_its_members_in_another_order_is_another_payload(clinic, pki, cpr):
    header, payload, signature = signed(bundle(cpr), pki.doctor).split(".")
    members = json.loads(parts(f"{header}.{payload}.{signature}")[1])
    reordered = base64url(payload_of(dict(reversed(members.items()))))
    assert reordered != payload
    rejected(clinic, f"{header}.{reordered}.{signature}", "rx_signature_invalid")


@pytest.mark.parametrize("name, reason, changes", [
    ("RX-ALG: none", "rx_algorithm_refused", {"alg": "none"}),
    ("RX-ALG: HS256", "rx_algorithm_refused", {"alg": "HS256"}),
    ("RX-ALG: RS256 with a P-256 key", "rx_algorithm_refused", {"alg": "RS256"}),
    ("RX-SIG: another typ", "rx_signature_invalid", {"typ": "JWT"}),
    ("RX-SIG: a key in the header", "rx_signature_invalid", {"jwk": {"kty": "EC"}}),
    ("RX-SIG: an address of keys", "rx_signature_invalid", {"jku": "https://elsewhere.example/jwks"}),
    ("RX-SIG: crit", "rx_signature_invalid", {"crit": ["exp"], "exp": 1}),
    ("RX-CERT-ONE: another hash of the leaf", "rx_certificate_malformed", {"x5t#S256": "A" * 43}),
    ("RX-CERT-ONE: no hash of the leaf", "rx_certificate_malformed", {"without": ("x5t#S256",)}),
    ("RX-TIME: no time", "rx_signing_time_implausible", {"without": ("iat",)}),
    ("RX-TIME: a time in text", "rx_signing_time_implausible", {"iat": "now"}),
], ids=lambda value: value if isinstance(value, str) and " " in value else "")
def test_a_header_that_says_other_is_refused(clinic, pki, cpr, name, reason, changes):
    rejected(clinic, signed(bundle(cpr), pki.doctor, **changes), reason)


def test_RX_ALG_a_mac_keyed_with_the_public_key_is_refused(clinic, pki, cpr):
    header, payload, _ = signed(bundle(cpr), pki.doctor, alg="HS256").split(".")
    mac = hmac.new(pem(pki.doctor.leaf), f"{header}.{payload}".encode(), hashlib.sha256).digest()
    rejected(clinic, f"{header}.{payload}.{base64url(mac)}", "rx_algorithm_refused")


def test_RX_CERT_ONE_repeated_foreign_and_missing_certificates_are_refused(clinic, pki, cpr):
    leaf, issuer = pki.doctor.chain
    for chain in ([leaf, issuer, issuer], [leaf, leaf, issuer], [leaf, pki.registers.certificate],
                  [leaf, pki.other_doctor.leaf, issuer]):
        rejected(clinic, signed(bundle(cpr), pki.doctor, chain=chain), "rx_certificate_malformed")
    rejected(clinic, signed(bundle(cpr), pki.doctor, x5c=[]), "rx_certificate_malformed")
    whole = signed(bundle(cpr), pki.doctor, chain=[leaf, issuer, pki.root.certificate])
    assert clinic.filed(whole)["authentic"] is True, "the root may be sent along"


def test_RX_CHAIN_a_foreign_root_of_the_same_name_is_not_trusted(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.stranger), "rx_chain_untrusted")
    whole = [*pki.stranger.chain, pki.foreign_root.certificate]
    rejected(clinic, signed(bundle(cpr), pki.stranger, chain=whole), "rx_chain_untrusted")


def test_RX_CHAIN_a_leaf_that_bears_the_issuers_name_and_another_keys_signature(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.pretender), "rx_chain_untrusted")


def test_RX_CHAIN_a_registers_root_vouches_for_no_prescriber_nor_the_other_way_round(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.register), "rx_chain_untrusted")
    attested = bundle(cpr, line(history=(0, None)), attested=now())
    rejected(clinic, signed(attested, pki.doctor, kind="registry"), "rx_chain_untrusted")


def test_RX_SIG_another_doctors_key_does_not_fit(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.doctor, key=pki.other_doctor.key), "rx_signature_invalid")


def test_RX_TIME_a_time_more_than_a_day_old_or_in_the_future_is_not_plausible(clinic, pki, cpr):
    content = bundle(cpr)
    for moment in (now() - DAY - datetime.timedelta(minutes=1), now() + datetime.timedelta(minutes=6)):
        rejected(clinic, signed(content, pki.doctor, at=moment), "rx_signing_time_implausible")


def test_RX_TIME_a_back_dated_signature_of_an_expired_certificate_is_refused(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.expired), "rx_signing_time_implausible")
    rejected(clinic, signed(bundle(cpr), pki.expired, at=now() - 30 * DAY), "rx_signing_time_implausible")


def test_RX_DAY_the_issue_day_is_the_local_day_of_the_signature(clinic, pki, cpr):
    for day in (today() - DAY, today() + DAY):
        rejected(clinic, signed(bundle(cpr, line(issued=day)), pki.doctor), "rx_date_mismatch")


def test_RX_REV_a_revoked_certificate_is_refused(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr), pki.revoked), "rx_revoked")


def test_RX_REV_a_stapled_answer_that_says_revoked_counts_beside_a_list_that_does_not(clinic, pki, cpr):
    stapled = [pki.other_doctor.answer(OCSPCertStatus.REVOKED)]
    compact = signed(bundle(cpr, authorisation="1B2CD"), pki.other_doctor)
    rejected(clinic, compact, "rx_revoked", stapled)


def test_RX_ROLE_a_pharmacists_sound_signature_entitles_to_nothing(clinic, pki, cpr):
    content = bundle(cpr, authorisation="5FRM8", role="treating_pharmacist")
    rejected(clinic, signed(content, pki.pharmacist), "rx_prescriber_not_entitled")


def test_RX_ROLE_the_record_names_role_and_authorisation_of_the_certificate(clinic, pki, cpr):
    for content in (bundle(cpr, authorisation="1B2CD"), bundle(cpr, role="dentist")):
        rejected(clinic, signed(content, pki.doctor), "rx_prescriber_not_entitled")
    dentist = bundle(cpr, authorisation="7TND3", role="dentist")
    clinic.filed(signed(dentist, pki.dentist))


def test_RX_AUTH_ACTIVE_an_authorisation_that_ended_is_refused(clinic, pki, cpr):
    rejected(clinic, signed(bundle(cpr, authorisation="9NKPT"), pki.inactive), "rx_prescriber_inactive")


# Not known is not good

@pytest.mark.parametrize("name", ["nothing", "stale", "from the future", "another issuer's", "unknown", "nonsense"])
def test_RX_REV_DOWN_without_fresh_evidence_it_waits_and_is_not_believed(clinic, pki, cpr, name):
    signer = pki.unknown_to_all
    stapled = {
        "nothing": lambda: [],
        "stale": lambda: [signer.answer(made=now() - DAY - HOUR)],
        "from the future": lambda: [signer.answer(made=now() + HOUR)],
        "another issuer's": lambda: [signer.answer(signed_by=pki.foreign)],
        "unknown": lambda: [signer.answer(OCSPCertStatus.UNKNOWN)],
        "nonsense": lambda: [b"0\x03\n\x01\x06"],
    }[name]()
    response = clinic.file(signed(bundle(cpr), signer), stapled)
    assert response.status_code == 201, response.text
    filed = response.json()
    assert (filed["authentic"], filed["status"]) == (False, "pending")
    assert reasons(filed) == ["rx_revocation_unknown"]


def test_RX_REV_DOWN_an_order_is_told_to_try_later_and_with_a_fresh_answer_it_goes_through(counter):
    signer = counter.world.pki.unknown_to_all
    compact = signed(bundle(counter.patient.cpr), signer)
    record = counter.clinic.file(compact).json()["id"]
    decline = counter.created(medicine(record))["decline"]
    assert decline["reason"] == "rx_revocation_unknown" or decline["class"] == "try_later", decline
    again = counter.clinic.file(compact, [signer.answer()])
    assert again.status_code == 200, again.text
    assert (again.json()["id"], again.json()["authentic"], again.json()["status"]) == (record, True, "open")
    assert counter.approved(medicine(record))["status"] == "approved"


def test_RX_REV_a_certificate_revoked_after_the_filing_ends_the_record_for_new_orders(counter, tmp_path):
    world = counter.world
    record = counter.clinic.filed(signed(bundle(counter.patient.cpr), world.pki.soon_revoked))["id"]
    world.pki.late.revoke(world.pki.soon_revoked, now() - 2 * DAY)
    newer = tmp_path / "late.crl"
    newer.write_bytes(world.pki.late.revocation_list(now() - datetime.timedelta(minutes=1)))
    world.trust_update(newer)
    # Nobody vouches for the bytes any more, so nobody vouches for the patient in them: a class only.
    assert counter.refused("prescription_not_accepted", medicine(record))["class"] == "record"
    told = counter.clinic.verify(record).json()
    assert (told["authentic"], told["covers"]) == (False, False)
    assert [check["reason"] for check in told["checks"] if check["rule"] == "RX-REV"] == ["rx_revoked"]
