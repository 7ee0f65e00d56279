"""What "the customer confirmed this in a code app" means.

SCA-01 to SCA-04, SCA-12 to SCA-17, SCA-21, SCA-22, SCA-24 to SCA-26, SCA-33, SCA-34.
"""

import base64
import json
import time

import pytest

from codeapp import ANSWER_TYPE, DEVICE_TYPE, CodeApp, base64url, canonical, digest, new_device_key, sign_raw
from scenes import Scene, declined
from webshop import made_up_id, page_token, refusal


def answers(scene, pending, verdict="approve", **changes):
    """The signed answer to a pending confirmation, with changes that must be refused."""
    confirmation = pending["confirmation"]
    match_code = confirmation["match_code"] if verdict == "approve" else None
    return scene.app.answer_for(scene.app.statement(confirmation["id"]), verdict, match_code, **changes)


def untouched(scene, pending) -> None:
    """The pending confirmation lives on: the right answer still decides."""
    assert scene.shop.get(pending["id"])["confirmation"]["status"] == "pending"
    scene.app.approve(pending)
    assert scene.shop.until(pending["id"])["status"] == "approved"


# What is asked

def test_SCA_01_the_statement_says_what_is_paid_to_whom_and_is_canonical(scene):
    pending = scene.pending(24900)
    item, = scene.app.pending()
    statement = json.loads(item["statement"])
    assert canonical(statement).decode() == item["statement"], "RFC 8785, to the byte"
    said = {
        "amount": 24900, "authorization": pending["id"], "card": "visa ••4242",
        "confirmation": pending["confirmation"]["id"], "currency": "DKK", "customer": scene.customer.id,
        "device": scene.app.device, "kind": "card_payment", "merchant": "bogbixen", "payee": "Bogbixen ApS",
        "order": pending["order"]["reference"], "patient_initials": "", "prescriptions": [], "v": 1}
    assert {name: statement[name] for name in said} == said
    assert statement["nonce"] and statement["issued_at"] and statement["expires_at"] == item["expires_at"]
    assert statement["expires_at"] == pending["confirmation"]["expires_at"]
    assert isinstance(statement["effect"], list)


def test_SCA_01_the_order_digest_is_that_of_the_order_as_returned(scene):
    pending = scene.pending()
    statement = json.loads(scene.app.statement(pending["confirmation"]["id"]))
    assert statement["order_digest"] == digest(canonical(pending["order"]))


def test_SCA_13_the_match_code_is_on_the_shops_page_and_never_in_the_app(scene):
    pending = scene.pending()
    statement = json.loads(scene.app.statement(pending["confirmation"]["id"]))
    assert not {"match_code", "verdict", "verified_by"} & statement.keys()


def test_SCA_04_the_same_text_is_shown_at_every_fetch(scene):
    pending = scene.pending()
    identifier = pending["confirmation"]["id"]
    assert scene.app.statement(identifier) == scene.app.statement(identifier)


# What is answered

def test_SCA_21_denied_in_the_app(scene):
    pending = scene.pending()
    response = scene.app.decide(pending, "deny")
    assert response.json() == {"id": pending["confirmation"]["id"], "status": "denied"}
    ended = scene.shop.until(pending["id"])
    declined(ended, "confirmation_denied", "authentication")
    assert ended["confirmation"]["status"] == "denied"


def test_SCA_15_it_was_not_me_declines_and_blocks_the_next_request(scene):
    pending = scene.pending()
    assert scene.app.decide(pending, "report").json()["status"] == "reported"
    declined(scene.shop.until(pending["id"]), "confirmation_reported", "authentication")
    declined(scene.created(), "authentication_unavailable", "authentication")
    assert scene.app.pending() == []


def test_SCA_13_one_wrong_match_code_kills_the_confirmation(scene):
    pending = scene.pending()
    confirmation = pending["confirmation"]
    statement = scene.app.statement(confirmation["id"])
    wrong = f"{(int(confirmation['match_code']) + 1) % 100:02d}"
    response = scene.app.deliver(confirmation["id"], scene.app.answer_for(statement, "approve", wrong))
    assert response.status_code == 200 and response.json()["status"] == "denied", response.text
    right = scene.app.answer_for(statement, "approve", confirmation["match_code"])
    refusal(scene.app.deliver(confirmation["id"], right), 409, "confirmation_over")
    declined(scene.shop.until(pending["id"]), "match_code_wrong", "authentication")


def test_SCA_16_nobody_answers_and_it_expires_the_same_to_shop_and_app(brief):
    scene = brief.scene()
    pending = scene.pending()
    statement = scene.app.statement(pending["confirmation"]["id"])
    ended = scene.shop.until(pending["id"], seconds=20)
    declined(ended, "confirmation_expired", "authentication")
    assert ended["confirmation"]["status"] == "expired"
    assert scene.app.pending() == []
    late = scene.app.answer_for(statement, "approve", pending["confirmation"]["match_code"])
    refusal(scene.app.deliver(pending["confirmation"]["id"], late), 409, "confirmation_over")
    assert scene.pending()["id"] != pending["id"], "the next one may be asked"


def test_SCA_17_the_same_answer_again_gives_the_same_result(scene):
    pending = scene.pending()
    identifier = pending["confirmation"]["id"]
    answer = answers(scene, pending)
    first, again = scene.app.deliver(identifier, answer), scene.app.deliver(identifier, answer)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.json() == {"id": identifier, "status": "approved"}
    assert scene.shop.until(pending["id"])["status"] == "approved"
    assert scene.app.deliver(identifier, answer).content == first.content


def test_SCA_17_an_answer_for_another_confirmation_is_refused(main):
    mine, other = main.scene(), main.scene()
    pending, others = mine.pending(), other.pending()
    answer = answers(mine, pending)
    response = mine.app.deliver(others["confirmation"]["id"], answer)
    refusal(response, 400, "answer_malformed")
    answered = mine.pending(order=pending["order"] | {"lines": pending["order"]["lines"]})
    response = mine.app.deliver(answered["confirmation"]["id"], answer)
    assert response.status_code in (400, 409), response.text
    untouched(mine, answered)


def test_SCA_17_another_customers_device_cannot_see_nor_answer(main):
    scene, thief = main.scene(), main.scene()
    pending = scene.pending()
    statement = json.loads(scene.app.statement(pending["confirmation"]["id"])) | {"device": thief.app.device}
    answer = thief.app.answer_for(json.dumps(statement), "approve", pending["confirmation"]["match_code"])
    assert thief.app.pending() == []
    refusal(thief.app.deliver(pending["confirmation"]["id"], answer), 404, "not_found")
    untouched(scene, pending)


def altered(value):
    """The nearest other value of the same shape."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [*value, "mere"]
    return value + "a"


MEMBERS = ["amount", "authorization", "card", "confirmation", "currency", "customer", "device", "effect", "expires_at",
           "issued_at", "kind", "merchant", "nonce", "order", "order_digest", "patient_initials", "payee",
           "prescriptions", "v"]


def test_SCA_02_every_member_is_signed_change_or_leave_out_any_one_and_it_is_refused(scene):
    pending = scene.pending()
    identifier = pending["confirmation"]["id"]
    statement = scene.app.statement(identifier)
    assert sorted(json.loads(statement)) == MEMBERS, "a member this test does not know"
    for member in MEMBERS:
        for change in ({member: altered(json.loads(statement)[member])}, {}):
            answer = scene.app.answer_for(
                statement, "approve", pending["confirmation"]["match_code"],
                without=() if change else (member,), **change)
            response = scene.app.deliver(identifier, answer)
            assert response.status_code in (400, 404), f"{member} {change}: {response.status_code} {response.text}"
    untouched(scene, pending)


@pytest.mark.parametrize("name, changes", [
    ("an unknown member", {"tip": 100}),
    ("an unknown verdict", {"verdict": "maybe"}),
    ("SCA-33: an unknown element", {"verified_by": "face"}),
    ("SCA-33: no element", {"without": ("verified_by",)}),
    ("SCA-13: no match code", {"without": ("match_code",)}),
    ("no verdict", {"without": ("verdict",)}),
    ("SCA-34: another typ", {"header": {"typ": DEVICE_TYPE}}),
    ("SCA-34: no typ", {"header": {"typ": None}}),
    ("SCA-34: a jku", {"header": {"jku": "https://elsewhere.example/keys"}}),
    ("SCA-34: a jwk", {"header": {"jwk": new_device_key().export_public(as_dict=True)}}),
    ("SCA-34: an unknown header", {"header": {"cty": "JSON"}}),
    ("another device", {"header": {"kid": made_up_id("dev")}}),
], ids=lambda value: value if isinstance(value, str) else "")
def test_SCA_34_an_answer_that_says_more_less_or_other_is_refused_and_kills_nothing(scene, name, changes):
    pending = scene.pending()
    response = scene.app.deliver(pending["confirmation"]["id"], answers(scene, pending, **changes))
    refusal(response, 400, "answer_malformed")
    untouched(scene, pending)


def malformed(kind: str, compact: str, key) -> str:
    """The right answer, encoded wrongly, and signed as it stands where that is possible."""
    header, payload, signature = compact.split(".")
    plain = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    members = json.loads(plain)
    named = {"alg": "ES256", "typ": ANSWER_TYPE, "kid": members["device"]}

    def heads(**more) -> str:
        return base64url(json.dumps(named | more).encode())

    return {
        "padding": lambda: f"{header}.{payload}.{signature}==",
        "spaces in the payload": lambda: sign_raw(key, header, base64url(json.dumps(members).encode())),
        "unsorted members": lambda: sign_raw(key, header, base64url(
            json.dumps(dict(reversed(members.items())), separators=(",", ":"), ensure_ascii=False).encode())),
        "a repeated member": lambda: sign_raw(key, header, base64url(plain[:-1] + b',"verdict":"approve"}')),
        "crit": lambda: sign_raw(key, heads(crit=["exp"], exp=1), payload),
        "b64": lambda: sign_raw(key, heads(b64=False, crit=["b64"]), payload),
        "alg none": lambda: f"{heads(alg='none')}.{payload}.",
        "alg HS256": lambda: f"{heads(alg='HS256')}.{payload}.{signature}",
        "another key's signature": lambda: sign_raw(new_device_key(), header, payload),
        "an empty signature": lambda: f"{header}.{payload}.",
        "zeros for a signature": lambda: f"{header}.{payload}.{base64url(bytes(64))}",
        "two parts": lambda: f"{header}.{payload}",
        "four parts": lambda: f"{compact}.{signature}",
        "JSON serialization": lambda: json.dumps(
            {"protected": header, "payload": payload, "signature": signature}),
        "nothing": lambda: "",
    }[kind]()


@pytest.mark.parametrize("kind", [
    "padding", "spaces in the payload", "unsorted members", "a repeated member", "crit", "b64", "alg none",
    "alg HS256", "another key's signature", "an empty signature", "zeros for a signature", "two parts",
    "four parts", "JSON serialization", "nothing"])
def test_SCA_34_an_answer_in_any_other_encoding_is_refused_and_kills_nothing(scene, kind):
    pending = scene.pending()
    answer = malformed(kind, answers(scene, pending), scene.app.key)
    refusal(scene.app.deliver(pending["confirmation"]["id"], answer), 400, "answer_malformed")
    untouched(scene, pending)


def test_SCA_34_an_answer_is_taken_as_application_jose_only(scene):
    pending = scene.pending()
    identifier, answer = pending["confirmation"]["id"], answers(scene, pending)
    response = scene.app.request(
        "POST", f"/app/v1/confirmations/{identifier}/answer", data=answer.encode(),
        headers={"Content-Type": "application/json"})
    refusal(response, 415, "content_type_unsupported")
    untouched(scene, pending)


# Who asks: device proofs

PATH = "/app/v1/confirmations"


def test_SCA_25_without_a_good_nonce_the_answer_is_a_fresh_one_and_then_it_works(scene):
    app = CodeApp(scene.app.base, scene.app.device, scene.app.key)
    refusal(app.send("GET", PATH, app.proof("GET", PATH, nonce="")), 401, "use_device_nonce")
    assert app.send("GET", PATH, app.proof("GET", PATH)).status_code == 200
    refusal(app.send("GET", PATH, app.proof("GET", PATH, nonce="made-up")), 401, "use_device_nonce")


def test_SCA_24_a_device_proof_is_accepted_once_and_for_its_own_request_only(scene):
    app = scene.app
    app.pending()
    used = app.proof("GET", PATH)
    assert app.send("GET", PATH, used).status_code == 200
    refusal(app.send("GET", PATH, used), 401, "device_proof_invalid")
    for wrong in (
        app.proof("POST", PATH), app.proof("GET", PATH + "/x"), app.proof("GET", PATH, key=new_device_key()),
        app.proof("GET", PATH, header={"typ": ANSWER_TYPE}), app.proof("GET", PATH, iat=int(time.time())),
        "Device nonsense",
    ):
        refusal(app.send("GET", PATH, wrong), 401, "device_proof_invalid")
    stranger = app.proof("GET", PATH, header={"kid": made_up_id("dev")})
    refusal(app.send("GET", PATH, stranger), 401, "device_unknown")
    assert app.send("GET", PATH, None).status_code == 401
    assert app.pending() == []


# The page of the shop's customer

def test_the_page_token_shows_shop_amount_and_match_code_and_nothing_of_the_merchant(main, scene):
    pending = scene.pending(24900)
    confirmation = pending["confirmation"]
    path = f"/v1/confirmations/{confirmation['id']}"
    token = main.gateway.remember("page token", page_token(pending), may_rest=True)
    shown = scene.shop.request("GET", path, bearer=token)
    assert shown.status_code == 200, shown.text
    said = {"id": confirmation["id"], "status": "pending", "payee": "Bogbixen ApS", "amount": 24900,
            "currency": "DKK", "match_code": confirmation["match_code"], "expires_at": confirmation["expires_at"]}
    assert {name: shown.json()[name] for name in said} == said
    assert scene.shop.request("GET", path, bearer=token[:-2] + "AA").status_code in (401, 404)
    assert scene.shop.request("GET", f"/v1/authorizations/{pending['id']}", bearer=token).status_code in (401, 403)


def test_the_page_token_of_one_confirmation_opens_no_other(main):
    mine, other = main.scene(), main.scene()
    token, others = page_token(mine.pending()), other.pending()
    path = f"/v1/confirmations/{others['confirmation']['id']}"
    assert mine.shop.request("GET", path, bearer=token).status_code in (401, 404)
    assert mine.shop.request("POST", path + "/cancel", bearer=token).status_code in (401, 404)
    assert other.shop.get(others["id"])["status"] == "requires_confirmation"


def test_SCA_22_the_shops_customer_cancels_on_the_page(scene):
    pending = scene.pending()
    path = f"/v1/confirmations/{pending['confirmation']['id']}/cancel"
    response = scene.shop.request("POST", path, bearer=page_token(pending))
    assert response.status_code == 200, response.text
    assert scene.shop.until(pending["id"])["status"] == "canceled"
    assert scene.app.pending() == []


def test_SCA_14_a_fourth_request_without_a_success_is_not_sent(strict):
    scene = strict.scene()
    for _ in range(3):
        assert scene.shop.cancel(scene.pending()["id"]).status_code == 200
    declined(scene.created(), "authentication_unavailable", "authentication")
    assert scene.app.pending() == []


def test_SCA_14_a_success_gives_the_budget_back(strict):
    scene = strict.scene()
    for _ in range(2):
        assert scene.shop.cancel(scene.pending()["id"]).status_code == 200
    scene.approved()
    for _ in range(3):
        assert scene.shop.cancel(scene.pending()["id"]).status_code == 200
    declined(scene.created(), "authentication_unavailable", "authentication")


def test_SCA_12_a_customer_with_one_pending_at_one_shop_has_none_at_another(main):
    scene = main.scene()
    scene.pending()
    elsewhere = Scene.__new__(Scene)
    elsewhere.__dict__ = scene.__dict__ | {"shop": main.shop("modehuset")}
    declined(elsewhere.created(), "authentication_unavailable", "authentication")


def test_SCA_26_no_request_member_skips_the_confirmation(scene):
    for member in ("confirmation", "exemption", "off_session", "mit", "three_d_secure"):
        response = scene.shop.authorize(scene.token(), **{member: "low_value"})
        refusal(response, 400, "parameter_unknown", member)
