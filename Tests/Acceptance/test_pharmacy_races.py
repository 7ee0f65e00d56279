"""Two pharmacies and one last handover at the same time: RX-LAST."""

import itertools
from collections import Counter as Tally

from pharmacies import handed, medicine
from prescribers import bundle, cancellation, line, new_record, signed
from test_races import at_once
from webshop import new_reference

TRIES = 200
AT_A_TIME = 20


def outcomes(made: list[dict]) -> Tally:
    return Tally(a["decline"]["reason"] if a["decline"] else a["status"] for a in made)


def test_RX_LAST_two_hundred_tries_of_two_pharmacies_are_exactly_one_hold(pharmacies):
    """Each try is by the patient's guardian or one of the holders of a power of attorney, with a card of its own:
    else the one pending confirmation of a customer (SCA-12) would hide what the hold does."""
    first = pharmacies.counter()
    people = [first, *(pharmacies.counter() for _ in range(4))]
    for holder in people[1:]:
        pharmacies.relate("power-of-attorney", first.patient, holder.patient)
    record = first.prescribed(line(handovers=1))
    shops = [pharmacies.pharmacy(name) for name in ("svanen", "loeven")]
    sides = list(itertools.islice(itertools.cycle(itertools.product(people, shops)), TRIES))
    tokens = [shop.token(person.patient.card()) for person, shop in sides]

    def attempt(side: int) -> dict:
        _, shop = sides[side]
        order = {"reference": new_reference(), "lines": [medicine(record)]}
        return shop.created(tokens[side], 5000, order=order)

    made = []
    for start in range(0, TRIES, AT_A_TIME):
        made += at_once(*(lambda side=side: attempt(side) for side in range(start, start + AT_A_TIME)))
    holding = [a for a in made if a["status"] == "requires_confirmation"]
    assert len(made) == TRIES and len(holding) == 1, outcomes(made)
    assert outcomes(made).keys() <= {"requires_confirmation", "rx_held_elsewhere", "authentication_unavailable"}
    assert outcomes(made)["rx_held_elsewhere"] > TRIES / 2, outcomes(made)
    assert [hold["status"] for hold in holding[0]["holds"]] == ["reserved"]
    assert all(a["holds"] == [] for a in made if a["status"] == "declined")
    left = first.clinic.verify(record).json()["lines"][0]
    assert (left["handed_over"], left["held"], left["left"]) == (0, 1, 0)


def test_RX_HANDOVER_twenty_parallel_handovers_of_what_is_owed_give_it_once(counter):
    captured = counter.captured(medicine(counter.prescribed()))
    answers = at_once(*[lambda: counter.shop.hand_over(captured["id"], handed(), final=True)] * 20)
    assert Tally(answer.status_code for answer in answers) == {201: 1, 409: 19}, [a.text for a in answers]
    assert len(counter.shop.get(captured["id"])["handovers"]) == 1


def test_RX_ID_twenty_parallel_filings_of_one_record_are_one_record(clinic, pki, cpr):
    compact = signed(bundle(cpr), pki.doctor)
    answers = at_once(*[lambda: clinic.file(compact)] * 20)
    assert Tally(answer.status_code for answer in answers) == {201: 1, 200: 19}, [a.text for a in answers]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_RX_ID_twenty_parallel_filings_under_one_identity_are_one_record_and_conflicts(clinic, pki, cpr):
    record = new_record()
    texts = [signed(bundle(cpr, line(packages=count), record=record), pki.doctor) for count in range(1, 21)]
    answers = at_once(*(lambda text=text: clinic.file(text) for text in texts))
    assert Tally(answer.status_code for answer in answers) == {201: 1, 409: 19}, [a.text for a in answers]


def test_RX_CANCEL_a_cancellation_and_an_order_race_and_both_are_consistent(counter):
    doctor = counter.world.pki.doctor
    for _ in range(5):
        record = new_record()
        filed = counter.clinic.filed(signed(bundle(counter.patient.cpr, record=record), doctor))["id"]
        taken_back = cancellation(record, doctor)
        ordered, canceled = at_once(
            lambda: counter.created(medicine(filed)), lambda: counter.clinic.withdraw(filed, taken_back))
        assert canceled.status_code in (200, 202), canceled.text
        won = ordered["status"] == "requires_confirmation"
        assert canceled.json()["status"] == ("cancel_pending" if won else "canceled"), (ordered, canceled.text)
        if won:
            assert counter.shop.cancel(ordered["id"]).status_code == 200
        assert counter.clinic.record(filed).json()["status"] == "canceled"
