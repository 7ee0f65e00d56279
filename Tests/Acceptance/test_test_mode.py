"""Deterministic triggers of test mode: PAY-TEST, PAY-DECLINE, ACQ-INTENT, ACQ-LATE."""

import time

import pytest

from scenes import declined
from webshop import refusal


@pytest.mark.parametrize("ending, brand", [
    ("4242", "visa"), ("4444", "mastercard"), ("0005", "amex"), ("3742", "dankort")])
def test_PAN_4_PAY_TEST_each_brand_is_approved_and_captured(scene, ending, brand):
    approved = scene.approved(ending=ending)
    assert (approved["card"]["brand"], approved["card"]["last4"]) == (brand, ending)
    assert scene.shop.capture(approved["id"]).json()["status"] == "captured"


@pytest.mark.parametrize("ending, reason, by", [
    ("0002", "do_not_honor", "issuer"),
    ("9995", "insufficient_funds", "issuer"),
    ("9987", "lost_card", "issuer"),
    ("9979", "stolen_card", "issuer"),
    ("0069", "expired_card", "issuer"),
    ("0127", "incorrect_cvc", "issuer"),
    ("0119", "processing_error", "acquirer"),
    ("7502", "partial_approval", "acquirer"),
])
def test_PAY_DECLINE_the_acquirer_declines_with_code_reason_and_advice(scene, ending, reason, by):
    decline = declined(scene.settled(ending=ending), reason, by)
    assert len(decline["network_code"]) == 2 and decline["message"]
    assert decline["advice"] in ("retry_later", "use_another_card", "contact_issuer", "do_not_retry")


@pytest.mark.parametrize("ending", ["7106", "7205"])
def test_ACQ_LATE_silence_is_declined_after_the_timeout_and_a_late_yes_revives_nothing(scene, ending):
    pending = scene.pending(ending=ending)
    scene.app.approve(pending)
    began = time.monotonic()
    ended = scene.shop.until(pending["id"])
    assert time.monotonic() - began > 1, "the acquirer was given its 2 s"
    declined(ended, "acquirer_unavailable", "acquirer")
    time.sleep(4)
    later = scene.shop.get(pending["id"])
    assert (later["status"], later["decline"]) == ("declined", ended["decline"])
    refusal(scene.shop.capture(pending["id"]), 409, "authorization_not_capturable")


def test_PAY_TEST_an_acquirer_that_answers_twice_approves_once(scene):
    approved = scene.approved(3000, ending="7304")
    assert scene.shop.capture(approved["id"]).json()["amount_captured"] == 3000


def test_PAY_TEST_a_reversal_refused_at_first_is_sent_until_it_is_taken(scene):
    approved = scene.approved(3000, ending="7403")
    assert scene.shop.cancel(approved["id"]).status_code == 200
    assert scene.shop.until(approved["id"])["status"] == "canceled"


@pytest.mark.parametrize("does, reason", [
    ("app_denies", "confirmation_denied"),
    ("app_reports", "confirmation_reported"),
    ("app_wrong_match", "match_code_wrong"),
    ("key_card", "code_app_required"),
])
def test_PAY_TEST_a_test_customer_refuses_by_itself(scene, does, reason):
    created = scene.created(metadata={"godkend_test": does})
    declined(scene.shop.until(created["id"]), reason, "authentication")


def test_PAY_TEST_a_test_customer_approves_by_itself(scene):
    created = scene.created(metadata={"godkend_test": "app_approves"})
    assert scene.shop.until(created["id"])["status"] == "approved"


def test_PAY_TEST_a_test_customer_approves_and_the_capture_is_automatic(scene):
    created = scene.created(capture="automatic", metadata={"godkend_test": "app_approves"})
    assert scene.shop.until(created["id"], {"captured", "declined"})["status"] == "captured"


def test_PAY_EXPIRE_a_test_customer_that_stays_silent_lets_it_expire(brief):
    scene = brief.scene()
    created = scene.created(metadata={"godkend_test": "app_silent"})
    assert created["status"] == "requires_confirmation"
    declined(scene.shop.until(created["id"], seconds=20), "confirmation_expired", "authentication")


def test_PAY_TEST_an_unknown_trigger_is_refused_by_name(scene):
    response = scene.shop.authorize(scene.token(), metadata={"godkend_test": "app_sleeps"})
    refusal(response, 400, "parameter_invalid", "metadata.godkend_test")


def test_PAY_DECLINE_a_card_that_nobody_enrolled_is_declined(shop, main):
    number = "4012888888881881"
    body = {"number": number, "exp_month": 12, "exp_year": 2031, "cvc": "123"}
    main.gateway.remember("card number", number)
    token = shop.request("POST", "/v1/card_tokens", json=body).json()["id"]
    declined(shop.created(token), "card_not_enrolled", "card")
