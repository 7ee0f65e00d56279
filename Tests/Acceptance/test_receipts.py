"""The signed proof of a decision, checked with somebody else's JOSE library: SCA-30."""

import json

from jwcrypto import jwk, jws
from jwcrypto.common import base64url_decode

from codeapp import base64url, canonical, digest
from webshop import refusal

RECEIPT_TYPE = "godkend-receipt+jws"


def key_set(shop) -> dict[str, jwk.JWK]:
    """The published keys by their id."""
    response = shop.request("GET", "/.well-known/jwks.json", bearer="")
    assert response.status_code == 200, response.text
    keys = response.json()["keys"]
    assert keys and not any("d" in key for key in keys)
    return {key["kid"]: jwk.JWK(**key) for key in keys}


def checked(shop, authorization: dict) -> dict:
    """The members of a receipt whose signature holds under a published key."""
    response = shop.receipt(authorization["id"])
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/jose"
    token = jws.JWS()
    token.allowed_algs = ["ES256"]
    token.deserialize(response.text)
    header = token.jose_header
    key = key_set(shop)[header["kid"]]
    token.verify(key)
    assert header["alg"] == "ES256" and header["typ"] == RECEIPT_TYPE
    assert header["kid"] == key.thumbprint(), "RFC 7638"
    return json.loads(token.payload)


def test_SCA_30_a_captured_payment_has_a_receipt_over_amount_payee_order_and_answer(scene):
    pending = scene.pending(24900)
    statement = scene.app.statement(pending["confirmation"]["id"])
    answer = scene.app.answer_for(statement, "approve", pending["confirmation"]["match_code"])
    assert scene.app.deliver(pending["confirmation"]["id"], answer).status_code == 200
    approved = scene.shop.until(pending["id"])
    receipt = checked(scene.shop, approved)
    said = {"v": 1, "authorization": approved["id"], "merchant": "bogbixen", "status": "approved", "amount": 24900,
            "currency": "DKK", "captured": 0, "refunded": 0, "factor": "app", "verified_by": "pin",
            "order_digest": digest(canonical(approved["order"])), "answer_digest": digest(answer.encode())}
    assert {name: receipt[name] for name in said} == said
    assert {"card", "customer", "device", "decided_at", "leaf", "log"} <= receipt.keys()
    assert receipt["leaf"] in [decision["leaf"] for decision in approved["decisions"]]
    scene.shop.capture(approved["id"])
    scene.shop.refund(approved["id"], amount=900)
    later = checked(scene.shop, approved)
    assert (later["status"], later["captured"], later["refunded"]) == ("captured", 24900, 900)


def test_SCA_30_a_refused_payment_has_a_receipt_with_its_reason(scene):
    pending = scene.pending()
    scene.app.decide(pending, "deny")
    receipt = checked(scene.shop, scene.shop.until(pending["id"]))
    assert (receipt["status"], receipt["reason"]) == ("declined", "confirmation_denied")
    assert (receipt["captured"], receipt["refunded"]) == (0, 0)


def test_SCA_30_before_a_decision_there_is_no_receipt(scene):
    refusal(scene.shop.receipt(scene.pending()["id"]), 409, "receipt_not_ready")


def test_SCA_30_the_receipt_names_nobody_it_has_one_pseudonym_a_merchant(main):
    scene = main.scene()
    here = scene.approved()
    there = main.shop("modehuset")
    first = checked(scene.shop, here)
    scene.shop = there
    second = checked(there, scene.approved())
    assert first["customer"] != second["customer"] and first["device"] != second["device"]
    written = json.dumps([first, second], ensure_ascii=False)
    for secret in (scene.customer.id, scene.app.device, scene.customer.user_id, scene.customer.card().number):
        assert secret not in written


def test_SCA_30_one_flipped_byte_and_the_signature_does_not_hold(scene):
    approved = scene.approved()
    header, payload, signature = scene.shop.receipt(approved["id"]).text.split(".")
    forged = base64url_decode(payload).replace(b'"captured":0', b'"captured":1')
    assert forged != base64url_decode(payload)
    token = jws.JWS()
    token.deserialize(f"{header}.{base64url(forged)}.{signature}")
    for key in key_set(scene.shop).values():
        try:
            token.verify(key)
        except jws.InvalidJWSSignature:
            continue
        raise AssertionError("a changed receipt was verified")
