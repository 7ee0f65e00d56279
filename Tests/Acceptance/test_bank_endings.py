"""CONTRACT section 11 at a bank of other people's software, in both layouts: PAY-TEST, ACQ-INTENT, ACQ-ONCE, ACQ-LATE.

The bank's books are looked at each time: no money is held for a payment that the shop sees declined or canceled.
"""

import pytest

from bank import subfields
from scenes import declined
from webshop import refusal


@pytest.mark.parametrize("ending", ["4242", "4444", "0005", "3742"])
def test_each_brand_is_held_taken_and_given_back(hosted, ending):
    scene = hosted.scene(ending)
    card = scene.card
    approved = scene.approved(10000)
    account = hosted.account(card)
    assert (account.held, account.currency) == (10000, "208")
    assert scene.shop.capture(approved["id"], amount=4000, final_capture=False).status_code == 200
    assert (account.held, account.captured) == (6000, 4000)
    assert scene.shop.refund(approved["id"], amount=1500).status_code == 201
    assert scene.shop.cancel(approved["id"]).status_code == 200
    hosted.freed(card)
    assert (account.captured, account.refunded) == (4000, 1500)


@pytest.mark.parametrize("ending, reason, by", [
    ("0002", "do_not_honor", "issuer"), ("9995", "insufficient_funds", "issuer"), ("9987", "lost_card", "issuer"),
    ("9979", "stolen_card", "issuer"), ("0069", "expired_card", "issuer"), ("0127", "incorrect_cvc", "issuer"),
    ("0119", "processing_error", "acquirer")])
def test_PAY_DECLINE_a_refusal_holds_nothing_and_is_not_reversed(hosted, ending, reason, by):
    scene = hosted.scene(ending)
    decline = declined(scene.settled(), reason, by)
    account = hosted.account(scene.card)
    assert (account.held, account.reversals, decline["network_code"]) == (0, 0, account.code)


@pytest.mark.parametrize("ending", ["7106", "7205"])
def test_ACQ_LATE_silence_is_declined_and_what_was_held_comes_free(hosted, ending):
    scene = hosted.scene(ending)
    ended = scene.settled()
    declined(ended, "acquirer_unavailable", "acquirer")
    account = hosted.account(scene.card)
    hosted.freed(scene.card)
    assert account.reversals >= 1
    refusal(scene.shop.capture(ended["id"]), 409, "authorization_not_capturable")


def test_an_answer_that_comes_twice_approves_once(hosted):
    scene = hosted.scene("7304")
    approved = scene.approved(3000)
    assert scene.shop.capture(approved["id"]).json()["amount_captured"] == 3000
    account = hosted.account(scene.card)
    assert (account.held, account.captured, account.reversals) == (0, 3000, 0)


def test_ACQ_INTENT_a_reversal_refused_at_first_is_sent_until_it_is_taken(hosted):
    scene = hosted.scene("7403")
    approved = scene.approved(3000)
    assert scene.shop.cancel(approved["id"]).status_code == 200
    hosted.freed(scene.card)
    assert hosted.account(scene.card).reversals == 3


def test_half_of_the_amount_is_declined_and_comes_free(hosted):
    scene = hosted.scene("7502")
    declined(scene.settled(3001), "partial_approval", "acquirer")
    hosted.freed(scene.card)


def test_ACQ_SCA_the_request_says_what_the_code_app_proved(hosted):
    scene = hosted.scene("4242")
    scene.approved(700)
    asked = [one for one in hosted.bank.heard if one.get("2") == scene.card.number]
    assert [one["t"] for one in asked] == ["0100"]
    evidence = subfields(asked[0]["48"])
    assert (asked[0]["4"], evidence["42"], evidence["68"]) == ("000000000700", "05", "Y")
    assert len(bytes.fromhex(evidence["43"])) == 20


def test_ACQ_ONCE_thirty_payments_share_one_line_and_no_number(hosted):
    before, made = hosted.bank.connections, hosted.bank.count("0100")
    for _ in range(3):
        scene = hosted.scene()
        for _ in range(10):
            scene.approved(100)
    assert hosted.bank.connections == before and hosted.bank.count("0100") == made + 30
