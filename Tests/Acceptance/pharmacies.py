"""Pharmacies: clients of the prescription routes, and the gateway they trade at, with its trust and price list."""

import base64
import datetime
import json
import pathlib
import time

import requests

from certificates import PKI
from gateway import ROOT, Gateway
from patients import new_patient
from prescribers import BATCH, DOSAGE, INDICATION, MARK, PRODUCTS, bundle, signed, today
from scenes import ORIGIN, Scene
from shops import started
from webshop import Webshop, new_key, new_reference

GLNS = {"svanen": "5790000000005", "loeven": "5790000000012", "nyt": "5790000000029"}
PRICES = ROOT / "Fixtures/prices"
JOSE = {"Content-Type": "application/jose"}


def medicine(record: str, product: str = "900101", name: str = "1", quantity: int = 1, unit_amount: int = 5000) -> dict:
    """An order line that draws on line `name` of a filed record."""
    return {"kind": "medicine", "description": PRODUCTS[product][2] + MARK, "quantity": quantity,
            "unit_amount": unit_amount, "product_number": product, "prescription": {"record": record, "line": name}}


def over_the_counter(product: str, quantity: int = 1, unit_amount: int = 1650) -> dict:
    """An order line of a product with a number and without a prescription."""
    return {"kind": "medicine", "description": "Håndkøb", "quantity": quantity, "unit_amount": unit_amount,
            "product_number": product}


def shipping() -> dict:
    return {"kind": "fee", "description": "Levering", "quantity": 1, "unit_amount": 3900}


class Pharmacy(Webshop):
    """A pharmacy's or a filer's client of the prescription routes."""

    def file(self, compact: str, ocsp: list[bytes] = (), key: str | None = None) -> requests.Response:
        body = {"jws": compact} | ({"ocsp": [base64.b64encode(answer).decode() for answer in ocsp]} if ocsp else {})
        return self.request("POST", "/v1/prescriptions", key=key or new_key(), json=body)

    def file_jose(self, compact: str) -> requests.Response:
        return self.request(
            "POST", "/v1/prescriptions", key=new_key(), headers=JOSE, data=compact.encode())

    def filed(self, compact: str, **arguments) -> dict:
        """An authentic record's answer."""
        response = self.file(compact, **arguments)
        assert response.status_code == 201, response.text
        assert response.json()["authentic"] is True, response.text
        return response.json()

    def record(self, identifier: str) -> requests.Response:
        """`GET` with `wait`, which is never told to slow down; without an ETag it is answered at once."""
        return self.request("GET", f"/v1/prescriptions/{identifier}", params={"wait": 1})

    def verify(self, identifier: str, *lines: dict) -> requests.Response:
        body = {"lines": list(lines)} if lines else {}
        return self.request("POST", f"/v1/prescriptions/{identifier}/verify", key=new_key(), json=body)

    def withdraw(self, identifier: str, compact: str) -> requests.Response:
        return self.request("POST", f"/v1/prescriptions/{identifier}/cancel", key=new_key(), headers=JOSE,
                            data=compact.encode())

    def look_up(self, user_id: str) -> requests.Response:
        return self.request("POST", "/v1/prescription_lookups", key=new_key(), json={"user_id": user_id})

    def lookup(self, identifier: str, etag: str | None = None) -> requests.Response:
        return self.request("GET", f"/v1/prescription_lookups/{identifier}", params={"wait": 5},
                            headers={"If-None-Match": etag} if etag else {})

    def hand_over(self, authorization: str, *lines: dict, key: str | None = None, **members) -> requests.Response:
        return self.request("POST", f"/v1/authorizations/{authorization}/handovers", key=key or new_key(),
                            json={"lines": list(lines)} | members)

    def undo(self, authorization: str, handover: str, reopen: bool = True) -> requests.Response:
        return self.request("POST", f"/v1/authorizations/{authorization}/handovers/{handover}/undo", key=new_key(),
                            json={"reason": "forkert pakke", "reopen": reopen})


def handed(product: str = "900101", name: str = "1", quantity: int = 1) -> dict:
    """A line of a handover."""
    return {"line": name, "product_number": product, "quantity": quantity, "batch": BATCH}


class Pharmacies:
    """A gateway with two listed pharmacies, one that is not listed, a webshop, a clinic and a register."""

    def __init__(self, folder: pathlib.Path, **settings):
        self.pki = PKI()
        self.trust = folder / "trust"
        self.pki.write_trust(self.trust, {GLNS["svanen"]: "Apoteket Svanen", GLNS["loeven"]: "Apoteket Løven"})
        self.gateway = Gateway(
            folder, {name.replace("__", "."): value for name, value in settings.items()}, trust=self.trust)
        add = self.gateway.add_merchant
        names = {"svanen": "Apoteket Svanen", "loeven": "Apoteket Løven", "nyt": "Apoteket Nyt"}
        self.keys = {
            merchant: add(merchant, name, kind="pharmacy", gln=GLNS[merchant]) for merchant, name in names.items()}
        self.keys |= {
            "bogbixen": add("bogbixen", "Bogbixen ApS", origin=ORIGIN),
            "klinik": add("klinik", "Lægehuset Kanariegade", kind="filer"),
            "register": add("register", "Prøveregistret", kind="filer")}
        self.gateway.start()
        started.append(self.gateway)
        self.gateway.run(
            "prices", "import", "--valid-from", (today() - datetime.timedelta(days=6)).isoformat(),
            str(PRICES / "2026-11-16.csv"), "--state", str(self.gateway.state), "--format", "json")
        for label, value in (("indication", INDICATION), ("dosage", DOSAGE), ("drug in a record", MARK),
                             ("batch", BATCH), ("patient's name", "Karla Kanarie")):
            self.gateway.remember(label, value)
        for product in PRODUCTS.values():
            # The price list is public and rests in clear; a log has nothing to do with it.
            self.gateway.remember("drug name", product[2], may_rest=True)

    def pharmacy(self, merchant: str = "svanen") -> Pharmacy:
        keys = self.keys[merchant]
        return Pharmacy(self.gateway.base, keys.secret, keys.publishable, merchant)

    def scene(self) -> Scene:
        """A webshop's customer at this gateway."""
        return Scene(self.gateway, self.pharmacy("bogbixen"))

    def counter(self, merchant: str = "svanen", birth: datetime.date | None = None) -> "Counter":
        return Counter(self, merchant, birth)

    def run(self, *arguments: str, stdin: str = "", expect: int = 0) -> str:
        """A command on this gateway's state."""
        return self.gateway.run(*arguments, "--state", str(self.gateway.state), stdin=stdin, expect=expect)

    def relate(self, kind: str, patient, holder, *more: str) -> str:
        """Files that somebody may act for a patient; gives the relation's id."""
        told = json.loads(self.run(
            "relation", "add", "--kind", kind, "--patient", "-", "--holder", holder.id, "--format", "json", *more,
            stdin=patient.cpr + "\n"))
        return told["relation"]

    def trust_update(self, *files: pathlib.Path) -> None:
        """Puts files into the trust folder and waits the second in which the server notices."""
        self.gateway.run("trust", "update", *map(str, files), "--trust", str(self.trust))
        time.sleep(1.1)

    def end(self) -> None:
        assert self.gateway.stop() == 0, "SIGTERM must drain and end with 0"


class Counter:
    """A patient at a pharmacy: what many tests begin with."""

    def __init__(self, world: Pharmacies, merchant: str, birth: datetime.date | None = None):
        self.world, self.shop, self.clinic = world, world.pharmacy(merchant), world.pharmacy("klinik")
        self.patient, self.app = new_patient(world.gateway, birth)

    def at(self, merchant: str) -> "Counter":
        """The same patient at another shop."""
        other = Counter.__new__(Counter)
        other.__dict__ = self.__dict__ | {"shop": self.world.pharmacy(merchant)}
        return other

    def prescribed(self, *lines: dict, **members) -> str:
        """A record of this patient by the doctor, filed by the clinic; its id."""
        compact = signed(bundle(self.patient.cpr, *lines, **members), self.world.pki.doctor)
        return self.clinic.filed(compact)["id"]

    def token(self) -> str:
        return self.shop.token(self.patient.card())

    def asked(self, *lines: dict, reference: str | None = None, **members) -> requests.Response:
        amount = sum(line["quantity"] * line["unit_amount"] for line in lines)
        order = {"reference": reference or new_reference(), "lines": list(lines)}
        return self.shop.authorize(self.token(), amount, order=order, **members)

    def created(self, *lines: dict, **members) -> dict:
        response = self.asked(*lines, **members)
        assert response.status_code == 201, response.text
        return response.json()

    def pending(self, *lines: dict, **members) -> dict:
        authorization = self.created(*lines, **members)
        assert authorization["status"] == "requires_confirmation", authorization["decline"]
        return authorization

    def settled(self, *lines: dict, **members) -> dict:
        authorization = self.pending(*lines, **members)
        self.app.approve(authorization)
        return self.shop.until(authorization["id"])

    def approved(self, *lines: dict, **members) -> dict:
        authorization = self.settled(*lines, **members)
        assert authorization["status"] == "approved", authorization["decline"]
        return authorization

    def captured(self, *lines: dict, **members) -> dict:
        response = self.shop.capture(self.approved(*lines, **members)["id"])
        assert response.status_code == 200, response.text
        return response.json()

    def handed_over(self, record: str, product: str = "900101", quantity: int = 1) -> dict:
        """Ordered, confirmed, captured and handed over, whole; the authorization with its handover."""
        authorization = self.captured(medicine(record, product, quantity=quantity))
        response = self.shop.hand_over(authorization["id"], handed(product, quantity=quantity), final=True)
        assert response.status_code == 201, response.text
        return self.shop.get(authorization["id"])

    def refused(self, reason: str, *lines: dict, by: str = "prescription", **members) -> dict:
        """An order that is declined at once; its `decline`."""
        authorization = self.created(*lines, **members)
        assert authorization["status"] == "declined", authorization["status"]
        decline = authorization["decline"]
        assert (decline["reason"], decline["by"]) == (reason, by), decline
        return decline
