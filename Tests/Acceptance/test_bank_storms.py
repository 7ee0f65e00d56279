"""No storm towards a bank, and an end to everything: pauses grow, a circuit opens, each answer code ends the asking."""

import pytest

from bank import Bank
from scenes import declined

# Of one payment, in a timeout of some seconds; far below what a loop without a pause makes.
FEW = 25


def test_a_bank_that_closes_on_each_0100_and_knows_nothing_is_not_stormed(new_hosted):
    hosted = new_hosted(Bank(), acquirer__timeout_seconds=5)
    scene = hosted.scene()
    card = scene.customer.card()
    hosted.bank.plans.make(card, closes=frozenset({"authorize"}), loses=frozenset({"authorize"}))
    ended = scene.settled(100)
    declined(ended, "acquirer_unavailable", "acquirer")
    assert hosted.bank.count("0100", "0101", card=card) <= FEW
    assert hosted.bank.connections <= FEW


@pytest.mark.parametrize("kind, action", [("capture", "capture"), ("refund", "refunds"), ("reversal", "cancel")])
def test_a_bank_that_closes_on_a_follow_up_is_not_stormed(new_hosted, kind, action):
    hosted = new_hosted(Bank())
    scene = hosted.scene()
    hosted.bank.plans.make(scene.customer.card(), closes=frozenset({kind}), loses=frozenset({kind}))
    approved = scene.approved(100)
    if kind == "refund":
        assert scene.shop.capture(approved["id"]).status_code == 200
    scene.shop.request("POST", f"/v1/authorizations/{approved['id']}/{action}", key="k1", json={})
    before = hosted.bank.connections
    hosted.bank.until(lambda: hosted.bank.connections > before)
    assert hosted.bank.connections <= FEW


def test_a_bank_that_closes_every_connection_is_not_stormed(new_hosted):
    bank = Bank(slams=True)
    hosted = new_hosted(bank, acquirer__timeout_seconds=5)
    scene = hosted.scene()
    declined(scene.settled(100), "acquirer_unavailable", "acquirer")
    assert bank.heard == [] and bank.connections <= FEW


@pytest.mark.parametrize("code", ["25", "21", "12"])
def test_a_reversal_that_the_bank_cannot_find_ends_and_somebody_is_told(spoken, code):
    scene = spoken.scene()
    card = scene.customer.card()
    spoken.bank.plans.make(card, codes={"reversal": [code]})
    approved = scene.approved(100)
    assert scene.shop.cancel(approved["id"]).status_code == 200
    account = spoken.account(card)
    spoken.bank.until(lambda: account.reversals >= 1)
    assert scene.shop.until(approved["id"], {"canceled"})["status"] == "canceled"


def test_open_intents_by_age_are_told_by_metric_and_doctor(new_hosted):
    hosted = new_hosted(Bank())
    scene = hosted.scene()
    hosted.bank.plans.make(scene.customer.card(), codes={"reversal": ["96"]})
    approved = scene.approved(100)
    assert scene.shop.cancel(approved["id"]).status_code == 200
    hosted.bank.until(lambda: hosted.account(scene.customer.card()).reversals >= 2)
    assert hosted.meter("godkend_acquirer_open_intents", kind="reversal") >= 1
    assert "reversal" in hosted.gateway.run("doctor", "--state", str(hosted.gateway.state), expect=None)
