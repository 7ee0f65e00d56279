"""Retries are safe: PAY-IDEM, ACQ-ONCE."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from webshop import new_key, new_reference, order, refusal

REPLAYED = "Idempotent-Replayed"


def twice(shop, **request):
    """The same request two times."""
    return shop.request(**request), shop.request(**request)


def same(first, again) -> None:
    assert REPLAYED not in first.headers
    assert again.headers.get(REPLAYED) == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert again.headers["Request-Id"] != first.headers["Request-Id"]


def body(token: str, amount: int = 500, **members) -> dict:
    return {"amount": amount, "currency": "DKK", "card": token, "order": order(amount)} | members


def test_PAY_IDEM_the_first_answer_again_byte_for_byte_though_the_state_has_moved_on(scene):
    request = {"method": "POST", "path": "/v1/authorizations", "key": new_key(), "json": body(scene.token())}
    first = scene.shop.request(**request)
    scene.app.approve(first.json())
    assert scene.shop.until(first.json()["id"])["status"] == "approved"
    same(first, scene.shop.request(**request))


def test_PAY_IDEM_a_decline_is_replayed_too(scene):
    first, again = twice(
        scene.shop, method="POST", path="/v1/authorizations", key=new_key(), json=body(scene.token(), currency="SEK"))
    assert first.json()["status"] == "declined"
    same(first, again)


def test_PAY_IDEM_members_in_another_order_are_the_same_request(scene):
    key, sent = new_key(), body(scene.token())
    first = scene.shop.request("POST", "/v1/authorizations", key=key, json=sent)
    again = scene.shop.request("POST", "/v1/authorizations", key=key, json=dict(reversed(sent.items())))
    same(first, again)


def test_PAY_IDEM_bare_and_quoted_keys_are_the_same(scene):
    key, sent = new_key(), body(scene.token())
    first = scene.shop.request("POST", "/v1/authorizations", key=key, json=sent)
    same(first, scene.shop.request("POST", "/v1/authorizations", key=f'"{key}"', json=sent))


def test_PAY_IDEM_another_request_under_the_key_is_refused_naming_parameters_and_not_values(scene):
    key, sent = new_key(), body(scene.token(), 500)
    first = scene.shop.request("POST", "/v1/authorizations", key=key, json=sent)
    other = sent | {"amount": 777123, "order": order(777123)}
    response = scene.shop.request("POST", "/v1/authorizations", key=key, json=other)
    refusal(response, 422, "idempotency_key_reused")
    assert "amount" in response.text and "order" in response.text
    assert "777123" not in response.text and "currency" not in response.json()["detail"]
    same(first, scene.shop.request("POST", "/v1/authorizations", key=key, json=sent))


@pytest.mark.parametrize("action", ["capture", "cancel", "refunds"])
def test_PAY_IDEM_a_key_is_required_on_every_change(scene, action):
    approved = scene.captured(500) if action == "refunds" else scene.approved(500)
    path = f"/v1/authorizations/{approved['id']}/{action}"
    refusal(scene.shop.request("POST", path, json={}), 400, "idempotency_key_missing")
    assert scene.shop.get(approved["id"])["status"] == approved["status"]


def test_PAY_IDEM_a_create_without_a_key_stores_nothing(scene):
    sent = body(scene.token())
    refusal(scene.shop.request("POST", "/v1/authorizations", json=sent), 400, "idempotency_key_missing")
    assert scene.shop.page(order=sent["order"]["reference"]).json()["data"] == []
    assert scene.shop.request("POST", "/v1/authorizations", key=new_key(), json=sent).status_code == 201


@pytest.mark.parametrize("key", ["x" * 256, "ø", "a\tb", '"unclosed'])
def test_PAY_IDEM_a_key_that_is_none_is_refused(scene, key):
    response = scene.shop.request(
        "POST", "/v1/authorizations", json=body(scene.token()),
        headers={"Idempotency-Key": key.encode()})
    assert response.status_code == 400, response.text


def test_PAY_IDEM_a_refused_request_does_not_use_up_its_key(scene):
    key, token = new_key(), scene.token()
    bad = scene.shop.request("POST", "/v1/authorizations", key=key, json=body(token, amount=-1))
    assert bad.status_code == 400
    good = scene.shop.request("POST", "/v1/authorizations", key=key, json=body(token))
    assert good.status_code == 201 and REPLAYED not in good.headers


def test_PAY_IDEM_a_key_belongs_to_one_merchant_and_one_route(main, scene):
    key = new_key()
    first = scene.created(500, key=key)
    other = main.scene("modehuset").created(500, key=key)
    assert other["id"] != first["id"] and other["merchant"] == "modehuset"
    scene.app.approve(first)
    scene.shop.until(first["id"])
    captured = scene.shop.capture(first["id"], key=key)
    assert captured.status_code == 200 and REPLAYED not in captured.headers


def test_ACQ_ONCE_a_capture_or_refund_sent_again_moves_no_money_again(scene):
    approved = scene.approved(1000)
    key = new_key()
    first = scene.shop.capture(approved["id"], key=key, amount=600, final_capture=False)
    same(first, scene.shop.capture(approved["id"], key=key, amount=600, final_capture=False))
    assert scene.shop.get(approved["id"])["amount_captured"] == 600
    key = new_key()
    first = scene.shop.refund(approved["id"], key=key, amount=100)
    if first.status_code == 409:  # refunds wait for the final capture
        assert scene.shop.capture(approved["id"]).status_code == 200
        first = scene.shop.refund(approved["id"], key=key, amount=100)
    same(first, scene.shop.refund(approved["id"], key=key, amount=100))
    assert scene.shop.get(approved["id"])["amount_refunded"] == 100


def test_PAY_IDEM_thirty_concurrent_creates_on_one_key_are_one_authorization(scene):
    key, sent = new_key(), body(scene.token(), order=order(500, reference := new_reference()))

    def create(_):
        for _ in range(50):  # 409 after 1 s in flight says: ask again
            response = scene.shop.request("POST", "/v1/authorizations", key=key, json=sent)
            if response.status_code != 409:
                return response
            refusal(response, 409, "idempotency_key_in_flight")
        return response

    with ThreadPoolExecutor(30) as pool:
        responses = list(pool.map(create, range(30)))
    assert {response.status_code for response in responses} == {201}
    assert len({response.content for response in responses}) == 1
    assert sum(REPLAYED not in response.headers for response in responses) == 1
    assert len(scene.shop.page(order=reference).json()["data"]) == 1


def test_PAY_IDEM_a_card_token_may_be_asked_for_again_under_a_key(scene):
    card, key = scene.customer.card(), new_key()
    first, again = twice(scene.shop, method="POST", path="/v1/card_tokens", key=key, json=card.fields())
    same(first, again)
    other = scene.customer.card("4444")
    refusal(scene.shop.request("POST", "/v1/card_tokens", key=key, json=other.fields()), 422, "idempotency_key_reused")
