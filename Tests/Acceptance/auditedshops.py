"""A gateway with forty declines and some payments that were not declined: what the audit commands are tried on."""

import signal

from decisionlog import DecisionLog, size_of
from pharmacies import Pharmacies, medicine
from prescribers import line
from scenes import ORIGIN
from webshop import made_up_id, order

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)"]


def audited_shops(folder):
    """Yields the gateway's shops, with what happened at them as attributes; ends the gateway afterwards."""
    shops = Pharmacies(folder, push__budget=1000, enrolment__hold_seconds=0, acquirer__timeout_seconds=2)
    shops.gateway.batch = 2
    try:
        shops.log = DecisionLog(shops.gateway)
        shops.keys["nordlys"] = shops.gateway.add_merchant("nordlys", "Nordlys ApS", origin=ORIGIN)
        shops.gateway.process.send_signal(signal.SIGHUP)
        shops.first = shops.log.covering(0)
        _declines(shops)
        shops.size = size_of(shops.log.settled())
        yield shops
    finally:
        shops.end()


def _declines(shops) -> None:
    nordlys, scene = shops.pharmacy("nordlys"), shops.scene()
    shops.approved = [scene.approved()["id"] for _ in range(2)]
    shops.denied = scene.pending(77700)
    scene.app.decide(shops.denied, "deny")
    shops.refused = [scene.settled(1000 + index, ending=ending) for index, ending in enumerate(
        ["0002", "9995", "9987", "9979", "0069"])]
    shops.formulas = [scene.created(100, currency="SEK", order=order(100, text)) for text in FORMULAS]
    for _ in range(16):
        scene.created(300, currency="SEK")
    shops.by_code = []
    for amount in (50000, 50001, 60000):
        pending = nordlys.created(nordlys.token(scene.customer.card()), amount)
        nordlys.attempt(pending["confirmation"]["id"], "key_card", "137946")
        shops.by_code.append(pending["id"])
    for _ in range(10):
        nordlys.created(nordlys.token(scene.customer.card("4444")), 700, currency="SEK")
    counter = shops.counter()
    record = counter.prescribed(line(handovers=1))
    counter.handed_over(record)
    shops.exhausted = counter.created(medicine(record))
    for _ in range(2):
        counter.created(medicine(made_up_id("prx")))
    counter.created(medicine(record), currency="SEK")
