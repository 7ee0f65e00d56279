"""How holds end: with confirmation, authorization, replacement or refund, and never by a crash: RX-HOLD-TTL."""

import signal

import pytest

from codeapp import CodeApp
from pharmacies import Counter, Pharmacies, handed, medicine, shipping
from prescribers import line
from webshop import refusal


@pytest.fixture
def doomed(tmp_path_factory):
    """Pharmacies of one test, which may end and start them."""
    world = Pharmacies(tmp_path_factory.mktemp("doomed"), push__budget=1000, enrolment__hold_seconds=0)
    yield world
    if world.gateway.process.poll() is None:
        world.end()


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """Confirmations die after 2 s."""
    world = Pharmacies(tmp_path_factory.mktemp("hasty"), push__budget=1000, enrolment__hold_seconds=0,
                       confirmation__ttl_seconds=2)
    yield world
    world.end()


def holds(counter: Counter, authorization: dict) -> list[str]:
    return [hold["status"] for hold in counter.shop.get(authorization["id"])["holds"]]


def left(counter: Counter, record: str) -> tuple[int, int, int]:
    (told,) = counter.clinic.verify(record).json()["lines"]
    return told["handed_over"], told["held"], told["left"]


def test_RX_HOLD_TTL_a_reserved_hold_ends_with_the_confirmation(hasty):
    counter = hasty.counter()
    record = counter.prescribed()
    pending = counter.pending(medicine(record))
    ended = counter.shop.until(pending["id"], seconds=20)
    assert (ended["status"], ended["decline"]["reason"]) == ("declined", "confirmation_expired")
    assert holds(counter, pending)[0] in ("expired", "released")
    assert left(counter, record) == (0, 0, 1)
    other = counter.at("loeven")
    assert other.approved(medicine(record))["holds"][0]["handover"] == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_RX_ATOMIC_holds_and_handovers_are_there_after_a_restart(doomed, how):
    world, counter = doomed, doomed.counter()
    reserved, firm, owed, used = (counter.prescribed(line(handovers=2)) for _ in range(4))
    done = counter.handed_over(used)
    captured, approved = counter.captured(medicine(owed)), counter.approved(medicine(firm))
    pending = counter.pending(medicine(reserved))
    kept = {item["id"]: counter.shop.get(item["id"]) for item in (done, captured, approved, pending)}
    counted = {record: left(counter, record) for record in (reserved, firm, owed, used)}
    assert world.gateway.stop(how) == (0 if how == signal.SIGTERM else -signal.SIGKILL)
    world.gateway.start(port=world.gateway.port)
    assert {identifier: counter.shop.get(identifier) for identifier in kept} == kept
    assert {record: left(counter, record) for record in counted} == counted
    assert counted == {reserved: (0, 1, 1), firm: (0, 1, 1), owed: (0, 1, 1), used: (1, 0, 1)}
    counter.app = CodeApp.of(world.gateway.base, counter.patient)
    counter.app.approve(pending)
    assert counter.shop.until(pending["id"])["status"] == "approved"
    assert counter.shop.capture(approved["id"]).status_code == 200
    for authorization in (captured, approved):
        assert counter.shop.hand_over(authorization["id"], handed(), final=True).status_code == 201
    assert counter.pending(medicine(used))["holds"][0]["handover"] == 2


def test_a_replacement_takes_over_what_the_older_order_held(counter):
    record = counter.prescribed()
    older = counter.approved(medicine(record))
    counter.refused("rx_held_elsewhere", medicine(record), shipping())
    newer = counter.pending(medicine(record), shipping(), replaces=older["id"])
    assert newer["replaces"] == older["id"]
    assert (counter.shop.get(older["id"])["status"], holds(counter, older)) == ("canceled", ["released"])
    counter.app.approve(newer)
    assert counter.shop.until(newer["id"])["status"] == "approved"
    refusal(counter.shop.capture(older["id"]), 409, counter.shop.capture(older["id"]).json()["error"]["code"])
    assert left(counter, record) == (0, 1, 0)


def test_an_order_of_another_pharmacy_cannot_be_replaced(counter):
    record = counter.prescribed()
    older = counter.approved(medicine(record))
    response = counter.at("loeven").asked(medicine(record), replaces=older["id"])
    assert response.status_code in (400, 404, 422), response.text
    assert holds(counter, older) == ["firm"]


def test_RX_HANDOVER_what_was_refunded_whole_is_owed_no_more(counter):
    record = counter.prescribed()
    captured = counter.captured(medicine(record))
    assert counter.shop.refund(captured["id"]).status_code == 201
    assert holds(counter, captured) == ["released"]
    refusal(counter.shop.hand_over(captured["id"], handed()), 409, "handover_not_owed")
    assert left(counter, record) == (0, 0, 1)


def test_RX_HANDOVER_an_order_that_was_handed_over_cannot_be_canceled_into_a_free_one(counter):
    record = counter.prescribed()
    done = counter.handed_over(record)
    assert counter.shop.cancel(done["id"]).status_code == 409
    assert left(counter, record) == (1, 0, 0)


def test_RX_HOLD_TTL_an_owed_hold_stays_after_the_rest_was_released(counter):
    record = counter.prescribed(line(packages=2))
    approved = counter.approved(medicine(record, quantity=2))
    part = counter.shop.capture(approved["id"], amount=5000, final_capture=False)
    assert part.status_code == 200, part.text
    assert counter.shop.cancel(approved["id"]).json()["status"] == "captured"
    assert holds(counter, approved) == ["owed"]
    assert counter.shop.hand_over(approved["id"], handed(quantity=1), final=True).status_code == 201
    assert left(counter, record) == (1, 0, 0)


def test_RX_INTERVAL_a_later_part_of_one_handover_is_not_a_new_one(counter):
    record = counter.prescribed(line(packages=2, handovers=2, interval=(7, "d")))
    captured = counter.captured(medicine(record, quantity=2))
    for _ in range(2):
        assert counter.shop.hand_over(captured["id"], handed()).status_code == 201
    assert left(counter, record) == (1, 0, 1)
    counter.refused("rx_too_early", medicine(record, quantity=2))


def test_RX_PAYFAIL_a_card_blocked_meanwhile_frees_the_prescription(counter):
    record = counter.prescribed()
    pending = counter.pending(medicine(record))
    counter.world.run("card", "block", counter.patient.card().id)
    counter.app.decide(pending, "approve")
    ended = counter.shop.until(pending["id"])
    assert ended["status"] == "declined" and ended["decline"]["by"] == "card", ended["decline"]
    assert [hold["status"] for hold in ended["holds"]] == ["released"]
    assert left(counter, record) == (0, 0, 1)
