"""A clock on the wall that jumps while the server runs: REL-15, SCA-16.

The wall is moved by a preloaded library (`wallclock.c`); elapsed time goes on as it does.
"""

import datetime
import time

import pytest

from codeapp import CodeApp
from wallclock import WallClock
from webshop import refusal

HOUR, DAY = 3600, 86_400


@pytest.fixture
def moved(fresh_shops, tmp_path):
    """A gateway whose wall can be moved; questions die after 5 s."""
    wall = WallClock(tmp_path)
    shops = fresh_shops(
        f"clock-{tmp_path.name}", environment=wall.environment, confirmation__ttl_seconds=5,
        push__budget=1000)
    shops.gateway.batch = 1
    return shops, wall


def written_at(authorization: dict, member: str = "created_at") -> datetime.datetime:
    return datetime.datetime.fromisoformat(authorization[member].replace("Z", "+00:00"))


def off(moment: datetime.datetime) -> float:
    """Seconds by which a moment is ahead of the machine's clock."""
    return (moment - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


def ready(shop) -> list[str]:
    response = shop.request("GET", "/readyz", bearer="")
    assert response.status_code == 200
    return response.text.splitlines()


def test_REL_15_the_library_moves_the_wall_of_the_server(fresh_shops, tmp_path):
    wall = WallClock(tmp_path)
    wall.set(2 * DAY)
    shops = fresh_shops("clock-start", environment=wall.environment)
    shops.gateway.batch = 1
    created = shops.scene().pending()
    assert abs(off(written_at(created)) - 2 * DAY) < 30, "the server does not see the moved wall"


def test_SCA_16_an_hour_back_a_question_of_5_s_is_over_after_5_s(moved):
    shops, wall = moved
    scene = shops.scene()
    asked = scene.pending()
    statement = scene.app.statement(asked["confirmation"]["id"])
    wall.set(-HOUR)
    begun = time.monotonic()
    ended = shops.shop().until(asked["id"], seconds=12)
    assert ended["status"] == "declined" and ended["decline"]["reason"] == "confirmation_expired"
    assert 3 < time.monotonic() - begun < 9
    answer = scene.app.answer_for(statement, "approve", match_code=asked["confirmation"]["match_code"])
    refusal(scene.app.deliver(asked["confirmation"]["id"], answer), 409, "confirmation_over")
    lines = ready(shops.shop())
    assert lines[0] == "ready" and "behind the server's time" in lines[1]


def test_REL_15_two_days_ahead_for_2_s_leave_no_trace_in_later_questions(moved):
    shops, wall = moved
    scene = shops.scene()
    wall.set(2 * DAY)
    time.sleep(2)
    wall.set(0)
    time.sleep(1.5)
    asked = scene.pending()
    assert abs(off(written_at(asked))) < 5
    ended = shops.shop().until(asked["id"], seconds=12)
    assert ended["decline"]["reason"] == "confirmation_expired"
    assert ready(shops.shop()) == ["ready"]
    metrics = shops.shop().request("GET", "/metrics", bearer="").text
    assert 'godkend_clock_events{kind="clock_jumped"} 2' in metrics.replace("_total", "")


def test_REL_15_eight_days_ahead_for_2_s_expire_no_approval(moved):
    shops, wall = moved
    scene = shops.scene()
    approved = scene.approved(700)
    wall.set(8 * DAY)
    time.sleep(2)
    wall.set(0)
    time.sleep(3)
    assert shops.shop().get(approved["id"])["status"] == "approved"
    assert shops.shop().capture(approved["id"]).json()["amount_captured"] == 700


def test_REL_15_a_minute_back_a_follower_sees_thirty_payments_in_order(moved):
    shops, wall = moved
    shop, scene = shops.shop(), shops.scene()
    first = scene.created(100)
    wall.set(-60)
    made, seen, last = [], [], first["id"]
    for number in range(30):
        made.append(scene.created(100 + number)["id"])
        if number % 4 == 3:
            page = shop.request(
                "GET", "/v1/authorizations", params={"ending_before": last, "limit": 100}).json()["data"]
            seen += [one["id"] for one in reversed(page)]
            last = seen[-1]
    page = shop.request("GET", "/v1/authorizations", params={"ending_before": last, "limit": 100}).json()["data"]
    seen += [one["id"] for one in reversed(page)]
    assert seen == made == sorted(made)
    newest = shop.request("GET", "/v1/authorizations", params={"limit": 100}).json()["data"]
    assert [one["id"] for one in newest] == [*reversed(made), first["id"]]


@pytest.mark.parametrize("back", [HOUR, DAY], ids=["1 h", "1 d"])
def test_REL_15_a_restart_with_the_clock_back_goes_on_where_it_was(moved, back):
    shops, wall = moved
    gateway, scene = shops.gateway, shops.scene()
    approved, asked = scene.approved(700), scene.pending(800)
    assert gateway.stop() == 0
    wall.set(-back)
    gateway.start(port=gateway.port)
    shop = shops.shop()
    ended = shop.until(asked["id"], seconds=15)
    assert ended["decline"]["reason"] == "confirmation_expired"
    app = CodeApp.of(gateway.base, scene.customer)
    later = scene.pending(900)
    assert later["id"] > asked["id"] > approved["id"]
    assert written_at(later) > written_at(asked)
    app.approve(later)
    assert shop.until(later["id"])["status"] == "approved"
    listed = shop.request("GET", "/v1/authorizations", params={"limit": 3}).json()["data"]
    assert [one["id"] for one in listed] == [later["id"], asked["id"], approved["id"]]
    assert shop.capture(approved["id"]).status_code == 200
    assert "behind the server's time" in ready(shop)[1]


def test_REL_15_a_restart_eight_days_ahead_expires_no_approval_by_itself(moved):
    shops, wall = moved
    gateway, scene = shops.gateway, shops.scene()
    approved = scene.approved(700)
    assert gateway.stop() == 0
    wall.set(8 * DAY)
    gateway.start(port=gateway.port)
    time.sleep(3)
    assert shops.shop().get(approved["id"])["status"] == "approved"
    wall.set(0)
    time.sleep(2)
    assert shops.shop().get(approved["id"])["status"] == "approved"
    assert shops.shop().capture(approved["id"]).json()["amount_captured"] == 700
