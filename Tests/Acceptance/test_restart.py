"""The same state after the process is gone and another one has come: REL-01, REL-02, ACQ-INTENT."""

import signal

import pytest

from codeapp import CodeApp
from scenes import Scene
from webshop import new_key, order, refusal


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_REL_01_everything_acknowledged_is_there_after_a_restart(fresh_shops, how):
    shops = fresh_shops(f"restart-{how.name}", push__budget=1000)
    gateway, shop = shops.gateway, shops.shop()
    done, waiting = shops.scene(), shops.scene()
    captured, approved, pending = done.captured(5000), done.approved(700), waiting.pending(900)
    refunded = shop.refund(captured["id"], amount=50).json()
    key, sent = new_key(), {"amount": 100, "currency": "SEK", "card": done.token(), "order": order(100)}
    first = shop.request("POST", "/v1/authorizations", key=key, json=sent)
    kept = {identifier: shop.get(identifier) for identifier in (captured["id"], approved["id"], pending["id"])}
    receipt = shop.receipt(captured["id"]).status_code
    keys = shop.request("GET", "/.well-known/jwks.json", bearer="").json()
    statement = waiting.app.statement(pending["confirmation"]["id"])

    code = gateway.stop(how)
    assert code == (0 if how == signal.SIGTERM else -signal.SIGKILL)
    gateway.start(port=gateway.port)

    shop = shops.shop()
    assert {identifier: shop.get(identifier) for identifier in kept} == kept
    assert [refund["id"] for refund in shop.refunds(captured["id"]).json()["data"]] == [refunded["id"]]
    replayed = shop.request("POST", "/v1/authorizations", key=key, json=sent)
    assert replayed.content == first.content and replayed.headers["Idempotent-Replayed"] == "true"
    assert shop.request("GET", "/.well-known/jwks.json", bearer="").json() == keys
    assert shop.receipt(captured["id"]).status_code == receipt == 200

    app = CodeApp.of(gateway.base, waiting.customer)
    assert app.statement(pending["confirmation"]["id"]) == statement
    app.approve(pending)
    assert shop.until(pending["id"])["status"] == "approved"
    assert shop.capture(approved["id"]).json()["amount_captured"] == 700
    refusal(shop.refund(captured["id"], amount=4951), 409, "refund_above_captured")
    assert Scene(gateway, shop).approved()["status"] == "approved"


def test_SCA_25_a_nonce_of_the_last_start_is_answered_with_a_fresh_one(fresh_shops):
    shops = fresh_shops("nonces")
    scene = shops.scene()
    scene.app.pending()
    old, path = scene.app.nonce, "/app/v1/confirmations"
    shops.gateway.stop()
    shops.gateway.start(port=shops.gateway.port)
    refusal(scene.app.send("GET", path, scene.app.proof("GET", path, nonce=old)), 401, "use_device_nonce")
    assert scene.app.pending() == []
