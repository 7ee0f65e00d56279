"""A good record of ours passes somebody else's check: `jwcrypto` for the JWS, `cryptography` for the certificates.

What `godkend prescription sign` and `godkend fixtures pharmacy` write is verified with nothing but those two and the
public files beside it; what the fixtures say is unsound fails there in the same place.
"""

import base64
import csv
import datetime
import hashlib
import json
import pathlib
import subprocess
from dataclasses import dataclass
from decimal import Decimal

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from jwcrypto import jwk, jws

from certificates import der, pem
from codeapp import base64url
from gateway import binary
from patients import cpr_of, some_adult
from prescribers import CANCEL_TYPE, RECORD_TYPE, bundle, line, parts, payload_of

ROLES = {"doctor", "dentist", "specialist", "on_call_doctor", "treating_pharmacist", "register"}


def godkend(*arguments, expect: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == expect, f"{arguments[:3]}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


class Unsound(Exception):
    """The independent check says no, and where."""


@dataclass
class Checked:
    """A record that our independent check finds sound."""

    header: dict
    leaf: x509.Certificate
    content: dict
    payload: bytes


def independently(compact: str, roots: list[x509.Certificate], typ: str = RECORD_TYPE) -> Checked:
    """CONTRACT section 7, the record, as another programmer reads it."""
    header = json.loads(parts(compact)[0])
    if header["alg"] != "ES256" or header["typ"] != typ:
        raise Unsound("header")
    if set(header) != {"alg", "typ", "kind", "x5c", "x5t#S256", "iat"} or not isinstance(header["iat"], int):
        raise Unsound("header members")
    try:
        chain = [x509.load_der_x509_certificate(base64.b64decode(text, validate=True)) for text in header["x5c"]]
    except ValueError as error:
        raise Unsound("certificates") from error
    if base64url(hashlib.sha256(der(chain[0])).digest()) != header["x5t#S256"]:
        raise Unsound("thumbprint")
    check_path(chain, roots, datetime.datetime.fromtimestamp(header["iat"], datetime.timezone.utc))
    token = jws.JWS()
    token.allowed_algs = ["ES256"]
    token.deserialize(compact)
    try:
        token.verify(jwk.JWK.from_pyca(chain[0].public_key()))
    except jws.InvalidJWSSignature as error:
        raise Unsound("signature") from error
    content = json.loads(token.payload, parse_float=Decimal)
    return Checked(header, chain[0], content, token.payload)


def check_path(chain: list, roots: list, moment: datetime.datetime) -> None:
    """Signature by signature to a root, valid at the moment, with the usages that are asked for."""
    path = list(chain)
    for root in roots:
        if path[-1].fingerprint(root.signature_hash_algorithm) != root.fingerprint(root.signature_hash_algorithm):
            if path[-1].issuer == root.subject:
                path.append(root)
                break
    for certificate, issuer in zip(path, path[1:]):
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, ValueError) as error:
            raise Unsound("chain") from error
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        if not (constraints.ca and usage.key_cert_sign):
            raise Unsound("authority")
    if path[-1] not in roots:
        raise Unsound("root")
    for certificate in path:
        if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
            raise Unsound("time")
    usage = path[0].extensions.get_extension_for_class(x509.KeyUsage).value
    if not (usage.digital_signature or usage.content_commitment):
        raise Unsound("usage")


def read_pem(path: pathlib.Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def named(certificate: x509.Certificate, oid) -> str | None:
    found = certificate.subject.get_attributes_for_oid(oid)
    assert len(found) <= 1
    return found[0].value if found else None


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("made") / "fixtures"
    godkend("fixtures", "pharmacy", "--output", folder, "--keys")
    return folder


@pytest.fixture(scope="module")
def roots(fixtures) -> list[x509.Certificate]:
    return read_pem(fixtures / "certificates/root.pem") + read_pem(fixtures / "certificates/registerRoot.pem")


def cases(fixtures: pathlib.Path) -> list[dict]:
    with open(fixtures / "cases.csv", newline="") as file:
        return list(csv.DictReader(file))


def read_case(fixtures: pathlib.Path, case: dict) -> str:
    return (fixtures / case["file"]).read_text().strip()


def walk(value, path: str = ""):
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from walk(item, f"{path}.{name}")


def test_every_good_fixture_passes_the_independent_check(fixtures, roots):
    good = [case for case in cases(fixtures) if case["verdict"] == "pass" and case["case"] != "cancellation"]
    assert len(good) >= 20
    for case in good:
        found = independently(read_case(fixtures, case), roots)
        assert (fixtures / case["file"].replace(".jws", ".json")).read_bytes() == found.payload, case["case"]
        title, subject = named(found.leaf, NameOID.TITLE), named(found.leaf, NameOID.SERIAL_NUMBER)
        assert title in ROLES and subject.startswith("UI:DK-E:G:"), case["case"]
        assert (title == "register") == (found.header["kind"] == "registry"), case["case"]
        check_content(found, case["case"])


def check_content(found: Checked, name: str) -> None:
    """The content reads as CONTRACT's table says, in whole numbers and decimals: no binary floating point."""
    content = found.content
    assert (content["resourceType"], content["type"]) == ("Bundle", "collection"), name
    assert content["identifier"]["system"] in ("urn:oid:1.2.208.176.7.2.2", "urn:godkend:record")
    assert int(content["meta"]["versionId"]) >= 1
    assert ("lastUpdated" in content["meta"]) == (found.header["kind"] == "registry"), name
    resources = [entry["resource"] for entry in content["entry"]]
    requests = [resource for resource in resources if resource["resourceType"] == "MedicationRequest"]
    assert requests and all((line["status"], line["intent"]) == ("active", "order") for line in requests), name
    assert all(isinstance(line["substitution"]["allowedBoolean"], bool) for line in requests), name
    practitioner = next(resource for resource in resources if resource["resourceType"] == "Practitioner")
    if found.header["kind"] == "prescriber":
        assert practitioner["identifier"][0]["value"] == named(found.leaf, NameOID.USER_ID), name
    for path, value in walk(content):
        assert not isinstance(value, float), f"{name} {path}"
        if isinstance(value, Decimal):
            assert -value.as_tuple().exponent <= 3, f"{name} {path}: {value}"


@pytest.mark.parametrize("name, where", [
    ("bad-signature", {"signature"}), ("alg-none", {"header"}), ("alg-hs256", {"header"}),
    ("two-certificates", {"certificates", "thumbprint"}), ("foreign-chain", {"chain", "root"})])
def test_what_the_fixtures_call_unsound_fails_the_independent_check_in_the_same_place(fixtures, roots, name, where):
    case, = [case for case in cases(fixtures) if case["case"] == name]
    with pytest.raises(Unsound) as failed:
        independently(read_case(fixtures, case), roots)
    assert str(failed.value) in where


def test_the_good_fixtures_cancellation_is_signed_by_the_same_doctor(fixtures, roots):
    by_name = {case["case"]: case for case in cases(fixtures)}
    good = independently(read_case(fixtures, by_name["good"]), roots)
    taken_back = independently(read_case(fixtures, by_name["cancellation"]), roots, typ=CANCEL_TYPE)
    assert taken_back.leaf == good.leaf
    assert set(taken_back.content) == {"record", "version", "reason"}
    assert taken_back.content["record"] == good.content["identifier"]["value"]


def test_lists_and_answers_of_the_fixtures_hold_for_somebody_else(fixtures, roots):
    authorities = {certificate.subject: certificate for name in ("root", "issuing", "registerRoot")
                   for certificate in read_pem(fixtures / f"certificates/{name}.pem")}
    lists = [x509.load_der_x509_crl(path.read_bytes()) for path in sorted((fixtures / "trust/crls").glob("*.crl"))]
    assert len(lists) == len(authorities)
    for found in lists:
        assert found.is_signature_valid(authorities[found.issuer].public_key())
    revoked = read_pem(fixtures / "certificates/revokedDoctor-chain.pem")[0]
    listed = [found.get_revoked_certificate_by_serial_number(revoked.serial_number) for found in lists]
    entry, = [entry for entry in listed if entry]
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason == x509.ReasonFlags.key_compromise
    answer = ocsp.load_der_ocsp_response((fixtures / "ocsp/good.der").read_bytes())
    doctor, issuer = read_pem(fixtures / "certificates/doctor-chain.pem")[:2]
    assert (answer.certificate_status, answer.serial_number) == (ocsp.OCSPCertStatus.GOOD, doctor.serial_number)
    responder, = answer.certificates
    responder.verify_directly_issued_by(issuer)
    usages = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usages) == [ExtendedKeyUsageOID.OCSP_SIGNING], "RFC 6960 section 4.2.2.2"
    responder.public_key().verify(
        answer.signature, answer.tbs_response_bytes, ec.ECDSA(answer.signature_hash_algorithm))


def test_what_prescription_sign_writes_holds_for_somebody_else_byte_for_byte(fixtures, roots, tmp_path):
    chain = fixtures / "certificates/doctor-chain.pem"
    authorisation = named(read_pem(chain)[0], NameOID.USER_ID)
    payload = payload_of(bundle(cpr_of(some_adult()), line(packages=2), authorisation=authorisation))
    (tmp_path / "bundle.json").write_bytes(payload)
    arguments = ["prescription", "sign", "--bundle", tmp_path / "bundle.json", "--key", fixtures / "keys/doctor.pem",
                 "--chain", chain]
    told = godkend(*arguments).stdout.strip()
    found = independently(told, roots)
    assert found.payload == payload and found.header["kind"] == "prescriber"
    godkend(*arguments, "--output", tmp_path / "signed.jws")
    assert (tmp_path / "signed.jws").stat().st_mode & 0o077 == 0, "it names a patient"
    godkend("prescription", "verify", tmp_path / "signed.jws", "--trust", fixtures / "trust")


def test_prescription_sign_takes_our_own_keys_and_certificates(pharmacies, tmp_path):
    doctor, root = pharmacies.pki.doctor, pharmacies.pki.root.certificate
    key = tmp_path / "key.pem"
    key.write_bytes(doctor.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    (tmp_path / "chain.pem").write_bytes(pem(*doctor.chain))
    (tmp_path / "bundle.json").write_bytes(payload_of(bundle(cpr_of(some_adult()))))
    arguments = ["prescription", "sign", "--bundle", tmp_path / "bundle.json", "--key", key, "--chain",
                 tmp_path / "chain.pem"]
    key.chmod(0o644)
    assert "chmod 600" in godkend(*arguments, expect=1).stderr, "a key that others can read is not used"
    key.chmod(0o600)
    signed = godkend(*arguments).stdout.strip()
    assert independently(signed, [root]).leaf == doctor.leaf
    assert pharmacies.pharmacy("klinik").filed(signed)["authentic"] is True
    other = tmp_path / "other.pem"
    other.write_bytes(pem(*pharmacies.pki.other_doctor.chain))
    godkend(*arguments[:-1], other, expect=1)
