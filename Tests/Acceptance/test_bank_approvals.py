"""Approvals that are none, and refusals that are approvals: the bank never holds money of a declined payment."""

import pytest

# DE 39 of ISO 8583:1987 and of networks, each with DE 38 and DE 4: the bank holds the money.
HOLDING = ["08", "10", "11", "16", "85", "01", "02", "05", "51", "91", "96", "Z3"]


@pytest.mark.parametrize("code", HOLDING)
def test_what_is_held_under_another_code_than_00_comes_free(spoken, code):
    scene = spoken.scene()
    card = scene.card
    spoken.bank.plans.make(card, code=code)
    ended = scene.settled(5000)
    account = spoken.account(card)
    assert (ended["status"], ended["decline"]["network_code"]) == ("declined", code)
    spoken.freed(card)
    assert account.reversals >= 1


@pytest.mark.parametrize("code", ["00", "08", "10", "11", "16"])
def test_a_part_of_the_amount_is_never_an_approval_whatever_the_code(spoken, code):
    scene = spoken.scene()
    card = scene.card
    spoken.bank.plans.make(card, code=code, part=2)
    ended = scene.settled(5000)
    assert ended["status"] == "declined", "half the money is not the money"
    spoken.freed(card)
    assert spoken.account(card).reversals >= 1


@pytest.mark.parametrize("code", ["1A", "65"])
def test_an_issuer_that_wants_strong_authentication_has_a_reason_of_its_own(spoken, code):
    scene = spoken.scene()
    spoken.bank.plans.make(scene.card, code=code, approves=False)
    decline = scene.settled()["decline"]
    assert (decline["reason"], decline["network_code"]) == ("authentication_required", code)
    assert spoken.account(scene.card).held == 0


@pytest.mark.parametrize("kind", ["capture", "refund"])
def test_a_refused_capture_or_refund_moves_nothing(spoken, kind):
    scene = spoken.scene()
    card = scene.card
    spoken.bank.plans.make(card, codes={kind: ["57"]})
    approved = scene.approved(5000)
    if kind == "capture":
        assert scene.shop.capture(approved["id"]).status_code >= 400
        assert scene.shop.get(approved["id"])["amount_captured"] == 0
    else:
        assert scene.shop.capture(approved["id"]).status_code == 200
        scene.shop.refund(approved["id"])
        assert scene.shop.get(approved["id"])["amount_refunded"] == 0
        assert spoken.account(card).refunded == 0
