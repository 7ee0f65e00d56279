"""What banks write into their answers: every element of the 1987 directory is read or stepped over."""

import pytest

from bankplans import ECHO

EMV = "9F2608C2C12B098F3DA6E39F270180"
BESIDES = {
    "2": ECHO, "12": ECHO, "13": ECHO, "14": ECHO, "15": "1130", "16": "1130", "18": "5942", "25": "59",
    "28": "D00000000", "42": ECHO, "43": f"{'Bogbixen':25}{'Aarhus':13}DK", "44": "C0     M",
    "54": "0002208C000000012345", "55": EMV, "60": "0108", "62": "012345678901234", "63": "PS2000000000000001",
    "95": "0" * 42, "100": "4711", "102": "DK5000400440116243", "123": "verified", "126": "M"}


def lived(hosted, card_plan: dict) -> None:
    """A whole life of one payment: held, taken in part, given back, the rest let go."""
    scene = hosted.scene()
    card = scene.card
    hosted.bank.plans.make(card, **card_plan)
    approved = scene.approved(1000)
    assert scene.shop.capture(approved["id"], amount=600, final_capture=False).status_code == 200
    assert scene.shop.refund(approved["id"], amount=100).status_code == 201
    assert scene.shop.cancel(approved["id"]).status_code == 200
    hosted.freed(card)
    account = hosted.account(card)
    assert (account.captured, account.refunded, account.asked_for) == (
        600, 100, {"capture": 1, "refund": 1, "reversal": 1}), "each was answered the first time"


@pytest.mark.parametrize("element", BESIDES)
def test_an_element_besides_is_stepped_over(spoken, element):
    lived(spoken, {"extra": {element: BESIDES[element]}})


def test_all_of_them_at_once_are_stepped_over(hosted):
    lived(hosted, {"extra": {name: text for name, text in BESIDES.items() if name != "28"}})


HABITS = {
    "its own transmission time": {"7": "0101000000"}, "no transmission time": {"7": None},
    "no terminal": {"41": None}, "another terminal": {"41": "HOST0001"}, "no reference": {"37": None},
    "no trace number": {"11": None}, "no processing code": {"3": None}, "no institution": {"32": None},
    "no currency": {"49": None}, "a longer element than the directory has": {"54": "0002208C000000012345" * 12}}


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_a_banks_habits_lose_no_answer(spoken, habit):
    lived(spoken, {"extra": habit})


@pytest.mark.parametrize("currency", ["208", "DKK"])
def test_the_currency_is_read_as_a_number_and_as_letters(spoken, currency):
    lived(spoken, {"extra": {"49": currency}})


@pytest.mark.parametrize("currency", ["978", "EUR"])
def test_an_approval_in_another_currency_is_not_taken_and_comes_free(spoken, currency):
    scene = spoken.scene()
    card = scene.card
    spoken.bank.plans.make(card, extra={"49": currency})
    assert scene.settled(1000)["status"] == "declined"
    spoken.freed(card)


def test_the_request_says_the_currency_as_a_number(spoken):
    spoken.scene().approved(100)
    assert {one["49"] for one in spoken.bank.heard if "49" in one} == {"208"}


@pytest.mark.parametrize("currency, number, amount", [("BHD", "048", 1234), ("JPY", "392", 500)])
def test_the_number_of_a_currency_has_three_digits_and_the_amount_its_minor_units(hosted, currency, number, amount):
    scene = hosted.scene()
    approved = scene.approved(amount, currency=currency)
    account = hosted.account(scene.card)
    assert (account.currency, account.held) == (number, amount)
    assert scene.shop.capture(approved["id"]).json()["amount_captured"] == amount


def test_the_largest_amount_fills_element_4(hosted):
    scene = hosted.scene()
    scene.approved(999_999_999_999)
    assert hosted.account(scene.card).held == 999_999_999_999
