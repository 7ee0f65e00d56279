"""What happens at the same time: SCA-12, SCA-18, PAY-CAPTURE, PAY-REFUND, REL-03."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from codeapp import CodeApp


def at_once(*calls):
    """Runs the calls on threads that start together."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_SCA_12_fifty_parallel_authorizations_of_one_customer_are_one_pending(scene):
    tokens = [scene.token() for _ in range(50)]
    made = at_once(*(lambda token=token: scene.shop.created(token) for token in tokens))
    counted = Counter(authorization["status"] for authorization in made)
    assert counted == {"requires_confirmation": 1, "declined": 49}, counted
    assert len(scene.app.pending()) == 1
    assert {a["decline"]["reason"] for a in made if a["decline"]} == {"authentication_unavailable"}


def test_SCA_18_approve_and_deny_race_a_hundred_times_and_one_wins_each_time(scene):
    other = CodeApp.of(scene.gateway.base, scene.customer)
    scene.app.pending(), other.pending()
    winners = Counter()
    for _ in range(100):
        pending = scene.pending(100)
        identifier, match_code = pending["confirmation"]["id"], pending["confirmation"]["match_code"]
        statement = scene.app.statement(identifier)
        yes = scene.app.answer_for(statement, "approve", match_code)
        no = scene.app.answer_for(statement, "deny")
        answers = at_once(lambda: scene.app.deliver(identifier, yes), lambda: other.deliver(identifier, no))
        assert sorted(answer.status_code for answer in answers) == [200, 409], [a.text for a in answers]
        won = next(answer.json()["status"] for answer in answers if answer.status_code == 200)
        winners[won] += 1
        ended = scene.shop.until(pending["id"])
        assert (ended["confirmation"]["status"], ended["status"]) == (
            won, "approved" if won == "approved" else "declined")
    assert sum(winners.values()) == 100 and winners.keys() <= {"approved", "denied"}


def test_PAY_CAPTURE_two_captures_race_and_never_take_more_than_was_authorized(scene):
    for _ in range(10):
        approved = scene.approved(1000)
        answers = at_once(*[
            lambda: scene.shop.capture(approved["id"], amount=600, final_capture=False)] * 2)
        assert sorted(answer.status_code for answer in answers) == [200, 409], [a.text for a in answers]
        assert scene.shop.get(approved["id"])["amount_captured"] == 600


def test_PAY_REFUND_a_thousand_concurrent_refunds_come_to_exactly_what_was_captured(scene):
    captured = scene.captured(1500)

    def refund(_):
        return scene.shop.refund(captured["id"], amount=2)

    with ThreadPoolExecutor(64) as pool:
        counted = Counter(response.status_code for response in pool.map(refund, range(1000)))
    assert counted == {201: 750, 409: 250}, counted
    assert scene.shop.get(captured["id"])["amount_refunded"] == 1500
    listed = scene.shop.every(f"/v1/authorizations/{captured['id']}/refunds")
    assert len({refund["id"] for refund in listed}) == 750
    assert sum(refund["amount"] for refund in listed) == 1500
