"""The life of the line: keep-alives, echo and sign-on, length headers, what cannot be read, a host that is away."""

import pytest

from bank import Bank
from bankline import Framing
from scenes import declined

ECHO_TEST = {"t": "0800", "7": "1130120000", "11": "000777", "70": "301"}


def test_a_frame_of_length_0_is_a_keep_alive_and_the_line_stays(spoken):
    scene = spoken.scene()
    card = scene.card
    header = spoken.bank.framing.header(0)
    spoken.bank.plans.make(card, raw={kind: header * 3 for kind in ("authorize", "capture")})
    before = spoken.bank.connections
    approved = scene.approved(500)
    assert scene.shop.capture(approved["id"]).status_code == 200
    assert spoken.bank.connections == max(before, 1)
    assert spoken.bank.count("0101", "0221") == 0


@pytest.mark.parametrize("code", ["301", "001", "002"])
def test_the_banks_own_0800_is_answered_with_0810(spoken, code):
    spoken.scene().approved(100)
    before = spoken.bank.count("0810")
    spoken.bank.say(ECHO_TEST | {"70": code})
    spoken.bank.until(lambda: spoken.bank.count("0810") > before)
    answer = [one for one in spoken.bank.heard if one["t"] == "0810"][-1]
    assert {name: answer[name] for name in ("7", "11", "70", "39")} == {
        "7": "1130120000", "11": "000777", "70": code, "39": "00"}


GARBAGE = {
    "no ISO 8583": b"HTTP/1.1 400 Bad Request", "bits of nothing": b"0110" + b"F" * 32, "half a message": b"01107",
    "another type": b"9999" + b"0" * 16, "not text": bytes(range(128, 160))}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_frame_that_is_no_message_is_dropped_counted_and_logged(spoken, garbage):
    scene = spoken.scene()
    spoken.bank.plans.make(scene.card, raw={"authorize": spoken.bank.framing.frame(garbage)})
    before = spoken.meter("godkend_acquirer_incidents", kind="unreadable")
    scene.approved(300)
    assert spoken.meter("godkend_acquirer_incidents", kind="unreadable") == before + 1
    assert "unreadable" in spoken.log()
    assert scene.card.number not in spoken.log()


def test_an_answer_cut_off_in_the_middle_is_asked_for_again_and_nothing_is_held_twice(spoken):
    scene = spoken.scene()
    card = scene.card
    spoken.bank.plans.make(card, raw={"authorize": spoken.bank.framing.frame(b"0110" + b"0" * 90)[:40]},
                           closes=frozenset({"authorize"}))
    scene.approved(300)
    assert (spoken.account(card).held, spoken.bank.count("0100", card=card)) == (300, 1)


HEADERS = {
    "2 bytes with itself": (Framing(inclusive=True), {"acquirer__length_includes_itself": "yes"}),
    "4 bytes": (Framing(size=4), {"acquirer__length_header": "binary4"}),
    "4 digits": (Framing(size=4, digits=True), {"acquirer__length_header": "ascii4"}),
    "4 digits with itself": (Framing(size=4, digits=True, inclusive=True), {
        "acquirer__length_header": "ascii4", "acquirer__length_includes_itself": "yes"}),
    "TPDU": (Framing(tpdu=True), {"acquirer__tpdu": "6000010002"})}


@pytest.mark.parametrize("framing, settings", HEADERS.values(), ids=HEADERS.keys())
def test_every_length_header_is_spoken(new_hosted, framing, settings):
    hosted = new_hosted(Bank(framing=framing), **settings)
    scene = hosted.scene()
    approved = scene.approved(900)
    assert scene.shop.capture(approved["id"]).status_code == 200
    hosted.bank.say_raw(framing.header(0))
    hosted.bank.say(ECHO_TEST)
    hosted.bank.until(lambda: hosted.bank.count("0810") == 1)
    assert hosted.bank.connections == 1


def test_a_bank_that_was_away_gets_what_waited_and_nothing_is_lost(new_hosted):
    hosted = new_hosted(Bank())
    scene = hosted.scene()
    taken, canceled = scene.approved(400), scene.approved(500)
    hosted.bank.stop()
    declined(scene.settled(600), "acquirer_unavailable", "acquirer")
    assert scene.shop.request("POST", f"/v1/authorizations/{taken['id']}/capture", key="c1", json={}).status_code == 503
    scene.shop.request("POST", f"/v1/authorizations/{canceled['id']}/cancel", key="c2", json={})
    hosted.bank.start()
    hosted.bank.until(lambda: {(one.held, one.captured) for one in hosted.bank.books.of(scene.card)
                               } == {(0, 400), (0, 0)}, seconds=30)
    assert scene.shop.until(taken["id"], {"captured"})["amount_captured"] == 400
    assert scene.shop.until(canceled["id"], {"canceled"})["status"] == "canceled"
    assert len(hosted.bank.books.of(scene.card)) == 2, "the third was never sent"


def test_a_slow_bank_is_waited_for_and_does_not_hold_up_others(spoken):
    slow, quick = spoken.scene(), spoken.scene()
    spoken.bank.plans.make(slow.card, seconds=1.2)
    pending = slow.pending(100)
    slow.app.approve(pending)
    quick.approved(200)
    assert slow.shop.get(pending["id"])["status"] == "processing"
    assert slow.shop.until(pending["id"])["status"] == "approved"


def test_the_gateway_signs_on_and_keeps_the_line_alive_when_it_is_told_to(new_hosted):
    hosted = new_hosted(Bank(), acquirer__sign_on="yes", acquirer__echo_seconds=1)
    hosted.scene().approved(100)
    hosted.bank.until(lambda: hosted.bank.count("0800") >= 3)
    codes = [one["70"] for one in hosted.bank.heard if one["t"] == "0800"]
    assert codes[0] == "001" and set(codes[1:]) == {"301"}
    assert [one["t"] for one in hosted.bank.heard][0] == "0800", "nothing goes before the sign-on"


def test_the_gateway_sends_keep_alives_when_it_is_told_to(new_hosted):
    hosted = new_hosted(Bank(), acquirer__keepalive_seconds=1)
    scene = hosted.scene()
    scene.approved(100)
    hosted.bank.until(lambda: hosted.bank.keep_alives >= 2)
    scene.approved(200)
    assert hosted.bank.connections == 1


PLACE = f"{'Bogbixen ApS':25}{'Aarhus':13}DK"


def test_the_merchants_particulars_are_those_of_the_settings(new_hosted):
    hosted = new_hosted(Bank(), acquirer__merchant_type="5942", acquirer__entry_mode="812",
                        acquirer__condition_code="59", acquirer__currency_form="letters",
                        acquirer__acceptor_location=PLACE)
    hosted.scene().approved(100)
    asked = [one for one in hosted.bank.heard if one["t"] == "0100"][0]
    assert (asked["18"], asked["22"], asked["25"], asked["49"]) == ("5942", "812", "59", "DKK")
    assert asked["43"].ljust(40) == PLACE
