"""Who may do what with which key; what another party's object looks like; CORS."""

import time

import pytest
import requests

from scenes import ORIGIN
from webshop import Webshop, made_up_id, new_key, order, refusal


def test_a_missing_or_unknown_key_is_401(shop):
    path = "/v1/authorizations"
    refusal(shop.request("GET", path, bearer=""), 401, "api_key_missing")
    refusal(shop.request("GET", path, bearer="sk_test_" + "A" * 43), 401, "api_key_invalid")
    assert shop.request("GET", path, headers={"Authorization": "Basic c2s6"}).status_code == 401
    assert "WWW-Authenticate" in shop.request("GET", path, bearer="").headers


def test_a_publishable_key_makes_card_tokens_and_nothing_else(scene):
    shop, card = scene.shop, scene.customer.card()
    assert shop.tokenize(card, bearer=shop.publishable).status_code == 201
    refusal(shop.tokenize(card, bearer=shop.publishable, reusable=True), 403, "secret_key_required")
    pending = scene.pending()
    one = f"/v1/authorizations/{pending['id']}"
    for method, path in [("GET", "/v1/authorizations"), ("POST", "/v1/authorizations"), ("GET", one),
                         ("POST", one + "/capture"), ("POST", one + "/cancel"), ("POST", one + "/refunds"),
                         ("GET", one + "/refunds"), ("GET", one + "/receipt")]:
        body = {} if method == "POST" else None
        response = shop.request(method, path, bearer=shop.publishable, key=new_key(), json=body)
        refusal(response, 403, "secret_key_required")
    assert shop.get(pending["id"])["status"] == "requires_confirmation"


def test_another_merchants_objects_are_404_never_403(main, scene):
    captured = scene.captured(500)
    pending = main.scene().pending()
    stranger = main.shop("modehuset")
    one = f"/v1/authorizations/{captured['id']}"
    for method, path, body in [
        ("GET", one, None), ("POST", one + "/capture", {}), ("POST", one + "/cancel", {}), ("POST", one + "/refunds", {}),
        ("GET", one + "/refunds", None), ("GET", one + "/receipt", None),
        ("POST", f"/v1/confirmations/{pending['confirmation']['id']}/attempts", {"factor": "key_card"}),
    ]:
        response = stranger.request(method, path, key=new_key() if body is not None else None, json=body)
        refusal(response, 404, "not_found")
    assert scene.shop.get(captured["id"])["amount_refunded"] == 0
    assert scene.shop.get(pending["id"])["status"] == "requires_confirmation"


def test_another_merchants_card_token_is_unknown(main, scene):
    stranger = main.shop("modehuset")
    refusal(stranger.authorize(scene.token()), 422, "card_token_unknown", "card")


def test_PAN_1_a_token_is_for_one_use_and_a_saved_card_for_many(scene):
    token = scene.token()
    scene.shop.created(token, metadata={"godkend_test": "key_card"})
    refusal(scene.shop.authorize(token), 422, "card_token_used", "card")
    made = scene.shop.tokenize(scene.customer.card(), reusable=True)
    assert made.status_code == 201, made.text
    for _ in range(2):
        scene.shop.created(made.json()["id"], metadata={"godkend_test": "key_card"})


def test_PAN_1_a_token_shows_brand_first_six_and_last_four_only(scene):
    card = scene.customer.card("4444")
    made = scene.shop.tokenize(card, bearer=scene.shop.publishable)
    body = made.json()
    assert body["card"] == {"brand": "mastercard", "first6": card.number[:6], "last4": "4444",
                            "exp_month": card.exp_month, "exp_year": card.exp_year}
    assert body["id"].startswith("tok_") and body["expires_at"]
    assert card.number not in made.text and '"cvc"' not in made.text


# CORS

def preflight(shop, origin: str) -> requests.Response:
    return shop.request("OPTIONS", "/v1/card_tokens", bearer="", headers={
        "Origin": origin, "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type"})


def test_a_browser_on_the_merchants_origin_may_make_card_tokens(scene):
    allowed = preflight(scene.shop, ORIGIN)
    assert allowed.status_code in (200, 204)
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type"} <= {
        name.strip().lower() for name in allowed.headers["Access-Control-Allow-Headers"].split(",")}
    made = scene.shop.request(
        "POST", "/v1/card_tokens", bearer=scene.shop.publishable, json=scene.customer.card().fields(),
        headers={"Origin": ORIGIN})
    assert made.status_code == 201 and made.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_browser_anywhere_else_may_not(main, scene):
    elsewhere = "https://elsewhere.example"
    assert "Access-Control-Allow-Origin" not in preflight(scene.shop, elsewhere).headers
    for shop in (scene.shop, main.shop("modehuset")):
        origin = elsewhere if shop is scene.shop else ORIGIN
        made = shop.request("POST", "/v1/card_tokens", bearer=shop.publishable,
                            json=scene.customer.card().fields(), headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in made.headers


def test_routes_of_the_secret_key_answer_no_browser(scene):
    response = scene.shop.request("OPTIONS", "/v1/authorizations", bearer="", headers={
        "Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Origin" not in response.headers


# Rotation

@pytest.mark.parametrize("grace, old_works", [(3600, True), (0, False)])
def test_a_rotated_key_works_after_SIGHUP_and_the_old_one_to_the_end_of_its_grace(fresh_shops, grace, old_works):
    shops = fresh_shops(f"rotation-{grace}")
    old = shops.shop()
    keys = shops.gateway.rotate_key("bogbixen", grace)
    new = Webshop(shops.gateway.base, keys.secret, keys.publishable)
    for _ in range(50):
        if new.page().status_code == 200:
            break
        time.sleep(0.1)
    assert new.page().status_code == 200
    if old_works:
        assert old.page().status_code == 200
    else:
        refusal(old.page(), 401, "api_key_expired")
        body = {"amount": 1, "currency": "DKK", "card": made_up_id("tok"), "order": order(1)}
        refusal(old.request("POST", "/v1/authorizations", key=new_key(), json=body), 401, "api_key_expired")
