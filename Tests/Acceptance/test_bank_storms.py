"""No storm towards a bank, and an end to everything: pauses grow, a circuit opens, each answer code ends the asking."""

import time

import pytest

from bank import Bank
from scenes import declined

# Of one payment, in a timeout of some seconds; far below what a loop without a pause makes.
FEW = 25


def test_a_bank_that_closes_on_each_0100_and_knows_nothing_is_not_stormed(new_hosted):
    hosted = new_hosted(Bank(), acquirer__timeout_seconds=3)
    scene = hosted.scene()
    card = scene.card
    hosted.bank.plans.make(card, closes=frozenset({"authorize"}), loses=frozenset({"authorize"}))
    ended = scene.settled(100)
    declined(ended, "acquirer_unavailable", "acquirer")
    assert hosted.bank.count("0100", "0101", card=card) <= FEW
    assert hosted.bank.connections <= FEW


@pytest.mark.parametrize("kind, action", [("capture", "capture"), ("refund", "refunds"), ("reversal", "cancel")])
def test_a_bank_that_closes_on_a_follow_up_is_not_stormed(new_hosted, kind, action):
    hosted = new_hosted(Bank())
    scene = hosted.scene()
    hosted.bank.plans.make(scene.card, closes=frozenset({kind}), loses=frozenset({kind}))
    approved = scene.approved(100)
    if kind == "refund":
        assert scene.shop.capture(approved["id"]).status_code == 200
    scene.shop.request("POST", f"/v1/authorizations/{approved['id']}/{action}", key="k1", json={})
    time.sleep(2)
    assert 1 < hosted.bank.connections <= FEW
    assert sum(one["t"][:3] in ("022", "020", "042") for one in hosted.bank.heard) <= FEW


def test_a_bank_that_closes_every_connection_is_not_stormed(new_hosted):
    bank = Bank(slams=True)
    hosted = new_hosted(bank, acquirer__timeout_seconds=3)
    scene = hosted.scene()
    declined(scene.settled(100), "acquirer_unavailable", "acquirer")
    assert bank.heard == [] and bank.connections <= FEW


def test_a_dozen_payments_at_a_bank_that_closes_are_not_a_storm_together(new_hosted):
    hosted = new_hosted(Bank())
    scene = hosted.scene()
    hosted.bank.plans.make(scene.card, closes=frozenset({"authorize"}), loses=frozenset({"authorize"}))
    made = []
    for _ in range(12):
        made.append(scene.pending(100))
        scene.app.approve(made[-1])
    for one in made:
        declined(scene.shop.until(one["id"]), "acquirer_unavailable", "acquirer")
    assert hosted.bank.count("0100", "0101") <= 12 * FEW // 3
    assert hosted.bank.connections <= 12 * FEW // 3


def given_back(hosted, *codes: str):
    """The account of a payment that was approved and canceled, at a bank that answers its reversal so."""
    scene = hosted.scene()
    card = scene.card
    hosted.bank.plans.make(card, codes={"reversal": list(codes)})
    approved = scene.approved(100)
    assert scene.shop.cancel(approved["id"]).status_code == 200
    assert scene.shop.until(approved["id"], {"canceled"})["status"] == "canceled"
    account = hosted.account(card)
    hosted.bank.until(lambda: account.reversals >= 1)
    return account


def test_a_reversal_that_the_bank_has_nothing_for_is_sent_once(spoken):
    accounts = {code: given_back(spoken, code) for code in ("25", "21", "12", "76")}
    time.sleep(2)
    assert {code: account.reversals for code, account in accounts.items()} == dict.fromkeys(accounts, 1)


@pytest.mark.parametrize("code", ["96", "91", "68", "06"])
def test_a_reversal_that_the_bank_cannot_take_now_is_sent_again_until_it_can(spoken, code):
    account = given_back(spoken, code, code, "00")
    spoken.bank.until(lambda: account.held == 0)
    assert account.reversals == 3


def test_what_ended_without_effect_and_what_has_no_end_are_told(new_hosted):
    hosted = new_hosted(Bank())
    given_back(hosted, "25")
    given_back(hosted, "96")
    hosted.bank.until(lambda: hosted.meter("godkend_open_intents", kind="reversal") == 1)
    hosted.bank.until(lambda: hosted.meter("godkend_intents_for_operator", kind="reversal") == 1)
    told = hosted.gateway.run("doctor", "--state", str(hosted.gateway.state))
    assert "1 open: reversal" in told and "1 to be settled by hand: reversal" in told
    assert "needs an operator" in hosted.log()
