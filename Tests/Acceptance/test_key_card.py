"""A printed code is not a confirmation of a card payment: SCA-06."""

import pytest

from customers import session_of, sign_in
from scenes import declined
from webshop import page_token


@pytest.mark.parametrize("by", ["page", "shop"])
def test_SCA_06_a_key_card_code_declines_the_payment_and_is_not_consumed(main, scene, by):
    signing_in = sign_in(main.gateway.base, scene.customer).json()
    key_number, = [item["key_number"] for item in signing_in["challenges"] if item["factor"] == "key_card"]
    code = scene.customer.code(key_number)
    pending = scene.pending()
    confirmation = pending["confirmation"]["id"]
    bearer = page_token(pending) if by == "page" else None
    response = scene.shop.attempt(confirmation, "key_card", code, bearer=bearer)
    assert response.status_code == 200, response.text
    assert response.json() == {"id": confirmation, "status": "denied", "reason": "code_app_required"}
    ended = scene.shop.until(pending["id"])
    declined(ended, "code_app_required", "authentication")
    assert ended["confirmation"]["status"] == "denied" and scene.app.pending() == []
    bearer = session_of(main.gateway.base, signing_in["id"], "key_card", code)
    assert bearer, "the code is still good where it may be used"


@pytest.mark.parametrize("factor, code", [
    ("key_card", "000000"), ("key_card", None), ("code_token", "123456"), ("password", "hemmeligt1")])
def test_SCA_06_right_wrong_or_missing_the_code_is_never_looked_at(scene, factor, code):
    pending = scene.pending()
    response = scene.shop.attempt(pending["confirmation"]["id"], factor, code)
    assert response.json()["reason"] == "code_app_required", response.text
    declined(scene.shop.until(pending["id"]), "code_app_required", "authentication")
    scene.approved()


def test_SCA_06_the_same_offer_again_changes_nothing(scene):
    pending = scene.pending()
    scene.shop.attempt(pending["confirmation"]["id"], "key_card", "123456")
    ended = scene.shop.until(pending["id"])
    scene.shop.attempt(pending["confirmation"]["id"], "key_card", "654321")
    assert scene.shop.get(pending["id"]) == ended
