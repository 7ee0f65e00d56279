"""Prescribers and registers: FHIR bundles as plain dictionaries, signed by somebody else's JOSE library.

Written from CONTRACT section 7 and from the public specifications it names (FHIR R4, RFC 7515). `signed` makes a
sound record; every keyword argument of it is a way to make an unsound one.
"""

import base64
import copy
import datetime
import hashlib
import json
import secrets
from zoneinfo import ZoneInfo

from jwcrypto import jwk, jws

from certificates import Identity, der
from codeapp import base64url, sign_raw

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RECORD_TYPE = "godkend-prescription+jws"
CANCEL_TYPE = "godkend-prescription-cancel+jws"
RECORDS = "urn:godkend:record"
CPR, PRODUCT, DRUG = "urn:oid:1.2.208.176.1.2", "urn:oid:1.2.208.176.3.2", "urn:oid:1.2.208.176.3.1"
INDICATION = "mod forhøjet kanariekolesterol"
DOSAGE = "1 kanarietablet morgen og aften"
# Ends each name of a medicine in a record or an order: the price list's own names rest in clear.
MARK = ", kanariemærke"
BATCH = "KAN-4711"

# What Fixtures/prices has, as the tests prescribe it: number, drug, ATC, name, package size, group.
PRODUCTS = {
    "900101": ("28990000101", "C10AA01", "Simvastatin Prøvefarma 40 mg filmovertrukne tabletter", 100, "B"),
    "900103": ("28990000103", "C10AA01", "Simvastatin Testgen 40 mg filmovertrukne tabletter", 100, "B"),
    "900104": ("28990000104", "C10AA01", "Simvastatin Prøvefarma 20 mg filmovertrukne tabletter", 100, "B"),
    "900201": ("28990000201", "A10BA02", "Metformin Prøvefarma 500 mg filmovertrukne tabletter", 300, "B"),
    "900301": ("28990000301", "J01CE02", "Phenoxymethylpenicillin Prøvefarma 1 mill. IE", 20, "A"),
    "900401": ("28990000401", "N02AA05", "Oxycodon Prøvefarma 5 mg kapsler", 20, "AP4"),
}


def today() -> datetime.date:
    """The local date of Copenhagen, by which records are issued."""
    return datetime.datetime.now(COPENHAGEN).date()


def instant(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def born(cpr: str) -> datetime.date:
    """The birth date in a CPR number, century by the seventh digit."""
    day, month, year, seventh = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6]), int(cpr[6])
    if seventh <= 3 or (seventh in (4, 9) and year >= 37):
        century = 1900
    else:
        century = 2000 if seventh in (4, 9) or year <= 57 else 1800
    return datetime.date(century + year, month, day)


def line(product: str = "900101", name: str = "1", packages=1, handovers: int = 1, interval=None,
         substitution: bool = False, pharmacy: str | None = None, valid_from=None, valid_to=None,
         history: tuple | None = None, issued: datetime.date | None = None) -> dict:
    """One MedicationRequest. `interval`: (30, "d"); `history`: (handed over, last day or None), a register's."""
    drug, atc, text, size, group = PRODUCTS[product]
    text += MARK
    extensions = [
        {"url": "urn:godkend:package-size", "valueQuantity": {"value": size}},
        {"url": "urn:godkend:dispensing-group", "valueCode": group}]
    if history:
        extensions.append({"url": "urn:godkend:handed-over", "valueInteger": history[0]})
        if history[1]:
            extensions.append({"url": "urn:godkend:last-handover", "valueDate": history[1].isoformat()})
    supply = {"numberOfRepeatsAllowed": handovers - 1, "quantity": {"value": packages}}
    if interval:
        supply["dispenseInterval"] = {
            "value": interval[0], "system": "http://unitsofmeasure.org", "code": interval[1]}
    if period := {name: day.isoformat() for name, day in (("start", valid_from), ("end", valid_to)) if day}:
        supply["validityPeriod"] = period
    if pharmacy:
        supply["performer"] = {"identifier": {"system": "http://www.gs1.org/gln", "value": pharmacy}}
    return {
        "resourceType": "MedicationRequest", "identifier": [{"value": name}], "status": "active", "intent": "order",
        "extension": extensions, "authoredOn": (issued or today()).isoformat(),
        "subject": {"reference": "Patient/p"}, "requester": {"reference": "Practitioner/d"},
        "medicationCodeableConcept": {"text": text, "coding": [
            {"system": PRODUCT, "code": product}, {"system": DRUG, "code": drug},
            {"system": "http://www.whocc.no/atc", "code": atc}]},
        "dispenseRequest": supply, "substitution": {"allowedBoolean": substitution},
        "dosageInstruction": [{"text": DOSAGE}], "reasonCode": [{"text": INDICATION}]}


def new_record() -> str:
    return f"rx-{secrets.token_hex(12)}"


def bundle(cpr: str, *lines: dict, record: str | None = None, version: int = 1, authorisation: str = "04KXM",
           role: str = "doctor", name: str = "Karla Kanarie", attested: datetime.datetime | None = None) -> dict:
    """A record as CONTRACT's table has it."""
    given, family = name.rsplit(" ", 1)
    resources = [
        {"resourceType": "Patient", "id": "p", "identifier": [{"system": CPR, "value": cpr}],
         "name": [{"given": [given], "family": family}], "birthDate": born(cpr).isoformat()},
        {"resourceType": "Practitioner", "id": "d",
         "identifier": [{"system": "https://autregweb.sst.dk", "value": authorisation}],
         "qualification": [{"code": {"coding": [{"system": "urn:godkend:role", "code": role}]}}]},
        {"resourceType": "PractitionerRole", "practitioner": {"reference": "Practitioner/d"},
         "organization": {"reference": "Organization/o"}},
        {"resourceType": "Organization", "id": "o", "identifier": [{"value": "Lægehuset Kanariegade"}]},
        *(lines or [line()])]
    meta = {"versionId": str(version)}
    if attested:
        meta["lastUpdated"] = instant(attested)
    return {
        "resourceType": "Bundle", "type": "collection", "meta": meta,
        "identifier": {"system": RECORDS, "value": record or new_record()},
        "timestamp": instant(datetime.datetime.now(datetime.timezone.utc)),
        "entry": [{"resource": copy.deepcopy(resource)} for resource in resources]}


def payload_of(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def signed(content: dict | bytes, by: Identity, kind: str = "prescriber", typ: str = RECORD_TYPE,
           at: datetime.datetime | None = None, chain: list | None = None, key=None, without=(), **changes) -> str:
    """A compact JWS with attached payload. `key`: another one than the leaf's; `changes`: of the header."""
    payload = content if isinstance(content, bytes) else payload_of(content)
    moment = at or datetime.datetime.now(datetime.timezone.utc)
    header = {
        "alg": "ES256", "typ": typ, "kind": kind,
        "x5c": [base64.b64encode(der(certificate)).decode() for certificate in chain or by.chain],
        "x5t#S256": base64url(by.thumbprint), "iat": int(moment.timestamp())} | changes
    header = {name: value for name, value in header.items() if name not in without}
    signer = jwk.JWK.from_pyca(key or by.key)
    if header.get("alg") != "ES256" or "crit" in header:
        # What the library itself would not sign.
        return sign_raw(signer, base64url(json.dumps(header).encode()), base64url(payload))
    token = jws.JWS(payload)
    token.allowed_algs = ["ES256"]
    token.add_signature(signer, alg=None, protected=json.dumps(header))
    return token.serialize(compact=True)


def cancellation(record: str, by: Identity, version: int = 1, kind: str = "prescriber",
                 reason: str = "forkert kanarie", **changes) -> str:
    """The signer's word that a record no longer counts."""
    payload = json.dumps({"record": record, "version": version, "reason": reason}).encode()
    return signed(payload, by, kind=kind, typ=CANCEL_TYPE, **changes)


def parts(compact: str) -> list[bytes]:
    """Header, payload and signature, decoded."""
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in compact.split(".")]


def record_digest(compact: str) -> str:
    """base64url(SHA-256(payload)): the record's hash, as receipts name it."""
    return base64url(hashlib.sha256(parts(compact)[1]).digest())
