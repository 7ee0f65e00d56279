"""Life of a card payment over HTTP: PAY-STATE, PAY-AMOUNT, PAY-CAPTURE, PAY-CANCEL, PAY-REFUND."""

import pytest

from scenes import LIMIT_DKK, declined
from webshop import made_up_id, new_reference, order, refusal


def test_PAY_STATE_an_authorization_waits_for_the_code_app_and_shows_what_the_contract_pins(scene):
    reference = new_reference()
    authorization = scene.pending(24900, order=order(24900, reference), metadata={"basket": "7"})
    pinned = {
        "object": "authorization", "livemode": False, "merchant": "bogbixen", "status": "requires_confirmation",
        "amount": 24900, "amount_captured": 0, "amount_refunded": 0, "currency": "DKK", "capture": "manual",
        "capture_before": None, "holds": [], "handovers": [], "decline": None, "metadata": {"basket": "7"}}
    assert {name: authorization[name] for name in pinned} == pinned
    card = scene.customer.card()
    assert authorization["card"] == {
        "brand": "visa", "first6": card.number[:6], "last4": "4242",
        "exp_month": card.exp_month, "exp_year": card.exp_year}
    assert authorization["order"]["reference"] == reference
    assert authorization["order"]["lines"][0]["unit_amount"] == 24900
    confirmation = authorization["confirmation"]
    assert confirmation["status"] == "pending"
    assert len(confirmation["match_code"]) == 2 and confirmation["match_code"].isdigit()
    assert f"/confirm/{confirmation['id']}#" in confirmation["page_url"]
    assert authorization["id"].startswith("auth_") and confirmation["id"].startswith("cnf_")
    assert authorization["created_at"].endswith("Z") and authorization["updated_at"].endswith("Z")


def test_PAY_STATE_approved_in_the_app_then_captured_in_full(scene):
    approved = scene.approved(24900)
    assert approved["amount_captured"] == 0 and approved["capture_before"] and approved["decline"] is None
    assert approved["confirmation"]["status"] == "approved"
    assert approved["decisions"] and approved["decisions"][0]["id"].startswith("dec_")
    captured = scene.shop.capture(approved["id"])
    assert captured.status_code == 200, captured.text
    body = captured.json()
    assert (body["status"], body["amount_captured"], body["amount_refunded"]) == ("captured", 24900, 0)
    assert scene.shop.get(approved["id"]) == body


def test_PAY_STATE_automatic_capture_follows_the_approval_by_itself(scene):
    pending = scene.pending(5000, capture="automatic")
    scene.app.approve(pending)
    captured = scene.shop.until(pending["id"], {"captured", "declined"})
    assert (captured["status"], captured["amount_captured"]) == ("captured", 5000)


@pytest.mark.parametrize("action", ["capture", "cancel", "refunds"])
def test_PAY_STATE_a_declined_authorization_is_left_by_nothing(scene, action):
    pending = scene.pending()
    assert scene.app.decide(pending, "deny").status_code == 200
    denied = scene.shop.until(pending["id"])
    codes = {"capture": "authorization_not_capturable", "cancel": "authorization_not_cancelable",
             "refunds": "authorization_not_refundable"}
    refusal(scene.shop.act(pending["id"], action), 409, codes[action])
    assert scene.shop.get(pending["id"]) == denied


def test_PAY_STATE_capture_before_the_customer_has_confirmed_is_refused(scene):
    pending = scene.pending()
    refusal(scene.shop.capture(pending["id"]), 409, "authorization_not_capturable")
    assert scene.shop.get(pending["id"])["status"] == "requires_confirmation"


def test_PAY_CAPTURE_three_parts_never_come_to_more_than_was_authorized(scene):
    approved = scene.approved(10000)
    first = scene.shop.capture(approved["id"], amount=4000, final_capture=False).json()
    assert (first["status"], first["amount_captured"]) == ("approved", 4000)
    second = scene.shop.capture(approved["id"], amount=3000, final_capture=False).json()
    assert (second["status"], second["amount_captured"]) == ("approved", 7000)
    refusal(scene.shop.capture(approved["id"], amount=3001), 409, "capture_above_authorized")
    last = scene.shop.capture(approved["id"], amount=3000).json()
    assert (last["status"], last["amount_captured"]) == ("captured", 10000)
    refusal(scene.shop.capture(approved["id"], amount=1), 409, "authorization_not_capturable")


def test_PAY_CAPTURE_a_final_part_releases_the_rest(scene):
    approved = scene.approved(10000)
    captured = scene.shop.capture(approved["id"], amount=2500).json()
    assert (captured["status"], captured["amount"], captured["amount_captured"]) == ("captured", 10000, 2500)


def test_PAY_CAPTURE_one_more_than_authorized_is_refused_and_the_exact_sum_is_not(scene):
    approved = scene.approved(500)
    refusal(scene.shop.capture(approved["id"], amount=501), 409, "capture_above_authorized")
    assert scene.shop.capture(approved["id"], amount=500).json()["amount_captured"] == 500


def test_PAY_CANCEL_before_a_capture_cancels_and_nothing_can_be_captured(scene):
    approved = scene.approved()
    canceled = scene.shop.cancel(approved["id"], reason="customer_changed_mind")
    assert canceled.status_code == 200, canceled.text
    assert scene.shop.until(approved["id"])["status"] == "canceled"
    refusal(scene.shop.capture(approved["id"]), 409, "authorization_not_capturable")
    refusal(scene.shop.cancel(approved["id"]), 409, "authorization_not_cancelable")


def test_PAY_CANCEL_after_a_part_capture_keeps_the_part_and_releases_the_rest(scene):
    approved = scene.approved(10000)
    assert scene.shop.capture(approved["id"], amount=4000, final_capture=False).status_code == 200
    assert scene.shop.cancel(approved["id"]).status_code == 200
    ended = scene.shop.until(approved["id"], {"captured", "canceled"})
    assert (ended["status"], ended["amount_captured"]) == ("captured", 4000)
    refusal(scene.shop.refund(approved["id"], amount=4001), 409, "refund_above_captured")


def test_PAY_REFUND_many_parts_never_come_to_more_than_was_captured(scene):
    captured = scene.captured(1000)
    made = []
    for amount in (300, 300, 399):
        response = scene.shop.refund(captured["id"], amount=amount, reason="return")
        assert response.status_code == 201, response.text
        refund = response.json()
        assert refund["object"] == "refund" and refund["authorization"] == captured["id"]
        assert (refund["amount"], refund["currency"]) == (amount, "DKK") and refund["id"].startswith("ref_")
        made.append(refund["id"])
    refusal(scene.shop.refund(captured["id"], amount=2), 409, "refund_above_captured")
    assert scene.shop.refund(captured["id"]).json()["amount"] == 1, "without an amount: all that is left"
    after = scene.shop.get(captured["id"])
    assert (after["status"], after["amount_refunded"]) == ("captured", 1000)
    listed = scene.shop.refunds(captured["id"]).json()
    assert listed["object"] == "list" and listed["has_more"] is False
    assert [refund["id"] for refund in listed["data"]][1:] == made[::-1], "newest first"
    assert {refund["status"] for refund in listed["data"]} == {"succeeded"}


def test_PAY_REFUND_before_a_capture_there_is_nothing_to_refund(scene):
    refusal(scene.shop.refund(scene.approved()["id"], amount=1), 409, "authorization_not_refundable")


@pytest.mark.parametrize("currency, amount", [("DKK", 1), ("JPY", 500), ("BHD", 1234)])
def test_PAY_AMOUNT_minor_units_are_kept_whatever_the_exponent(scene, currency, amount):
    approved = scene.approved(amount, currency=currency)
    captured = scene.shop.capture(approved["id"]).json()
    assert (captured["amount_captured"], captured["currency"]) == (amount, currency)


def test_PAY_DECLINE_a_currency_the_merchant_does_not_take_is_a_decline_by_its_rules(scene):
    declined(scene.created(100, currency="SEK"), "currency_not_allowed", "merchant_rules")


def test_PAY_DECLINE_above_the_merchants_limit_and_not_at_it(main):
    scene = main.scene("modehuset")
    declined(scene.created(LIMIT_DKK + 1), "amount_over_limit", "merchant_rules")
    scene.pending(LIMIT_DKK)


def test_PAY_DECLINE_a_suspended_merchant_sells_nothing(main):
    declined(main.scene("lukket").created(100), "merchant_suspended", "merchant_rules")


def test_PAY_DECLINE_discounts_and_fees_are_lines_and_the_sum_is_what_counts(scene):
    lines = [
        {"kind": "goods", "description": "Bog", "quantity": 3, "unit_amount": 10000},
        {"description": "Bogmærke", "quantity": 1, "unit_amount": 500},
        {"kind": "fee", "description": "Fragt", "quantity": 1, "unit_amount": 3900},
        {"kind": "discount", "description": "Klubrabat", "quantity": 2, "unit_amount": -1000}]
    pending = scene.pending(32400, order={"reference": new_reference(), "lines": lines})
    assert [line["kind"] for line in pending["order"]["lines"]] == ["goods", "goods", "fee", "discount"]


def test_SCA_03_the_same_order_again_supersedes_and_the_old_answer_is_refused(scene):
    reference = new_reference()
    old = scene.pending(10000, order=order(10000, reference))
    statement = scene.app.statement(old["confirmation"]["id"])
    new = scene.pending(12000, order=order(12000, reference))
    gone = scene.shop.get(old["id"])
    assert gone["status"] == "canceled" and gone["confirmation"]["status"] == "superseded"
    late = scene.app.answer_for(statement, "approve", old["confirmation"]["match_code"])
    refusal(scene.app.deliver(old["confirmation"]["id"], late), 409, "confirmation_over")
    assert [item["id"] for item in scene.app.pending()] == [new["confirmation"]["id"]]
    scene.app.approve(new)
    assert scene.shop.until(new["id"])["status"] == "approved"


def test_SCA_12_another_order_while_one_is_pending_is_declined(scene):
    first = scene.pending()
    declined(scene.created(), "authentication_unavailable", "authentication")
    assert [item["id"] for item in scene.app.pending()] == [first["confirmation"]["id"]]


def test_SCA_22_the_merchant_cancels_a_pending_one_and_the_app_sees_it_gone(scene):
    pending = scene.pending()
    confirmation = pending["confirmation"]
    statement = scene.app.statement(confirmation["id"])
    assert scene.shop.cancel(pending["id"]).status_code == 200
    canceled = scene.shop.get(pending["id"])
    assert canceled["status"] == "canceled" and canceled["confirmation"]["status"] == "canceled"
    assert scene.app.pending() == []
    late = scene.app.answer_for(statement, "approve", confirmation["match_code"])
    refusal(scene.app.deliver(confirmation["id"], late), 409, "confirmation_over")


def test_automatic_capture_of_a_prescription_line_is_refused_a_pharmacist_looks_first(main):
    scene = main.scene("apoteket")
    line = {"kind": "medicine", "description": "Panodil", "quantity": 1, "unit_amount": 100,
            "product_number": "123456",
            "prescription": {"record": made_up_id("prx"), "line": "1"}}
    response = scene.shop.authorize(
        scene.token(), 100, capture="automatic", order={"reference": new_reference(), "lines": [line]})
    refusal(response, 422, "capture_mode_not_allowed", "capture")
