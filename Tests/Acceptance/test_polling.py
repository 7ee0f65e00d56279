"""Waiting for a result: ETag and `wait`, and what hurrying gets: SCA-19, SCA-20."""

import threading
import time

import pytest

from webshop import page_token, refusal


def get(shop, identifier, **arguments):
    return shop.request("GET", f"/v1/authorizations/{identifier}", **arguments)


def test_SCA_20_asking_twice_in_a_second_is_told_to_slow_down_and_nothing_else_happens(scene):
    pending = scene.pending()
    assert get(scene.shop, pending["id"]).status_code == 200
    hurried = get(scene.shop, pending["id"])
    refusal(hurried, 429, "slow_down")
    assert float(hurried.headers["Retry-After"]) >= 1
    assert [item["id"] for item in scene.app.pending()] == [pending["confirmation"]["id"]]
    time.sleep(float(hurried.headers["Retry-After"]) + 0.1)
    assert get(scene.shop, pending["id"]).json()["status"] == "requires_confirmation"


def test_SCA_20_another_object_may_be_asked_for_in_the_same_second(main):
    first, second = main.scene(), main.scene()
    one, two = first.pending(), second.pending()
    assert get(first.shop, one["id"]).status_code == get(second.shop, two["id"]).status_code == 200


def test_wait_answers_as_soon_as_the_object_differs(scene):
    pending = scene.pending()
    etag = scene.shop.look(pending["id"]).headers["ETag"]
    timer = threading.Timer(1.0, lambda: scene.app.decide(pending, "deny"))
    began = time.monotonic()
    timer.start()
    changed = scene.shop.look(pending["id"], wait=25, etag=etag)
    took = time.monotonic() - began
    timer.join()
    assert changed.status_code == 200 and changed.json()["status"] == "declined"
    assert 0.8 < took < 10 and changed.headers["ETag"] != etag


def test_wait_that_sees_no_change_ends_with_304_in_its_time(scene):
    pending = scene.pending()
    etag = scene.shop.look(pending["id"]).headers["ETag"]
    began = time.monotonic()
    unchanged = scene.shop.look(pending["id"], wait=2, etag=etag)
    assert unchanged.status_code == 304 and unchanged.content == b""
    assert 1.8 < time.monotonic() - began < 8
    assert unchanged.headers["ETag"] == etag


def test_wait_with_an_old_etag_answers_at_once_so_that_no_change_is_missed(scene):
    pending = scene.pending()
    etag = scene.shop.look(pending["id"]).headers["ETag"]
    scene.app.decide(pending, "deny")
    scene.shop.until(pending["id"])
    began = time.monotonic()
    assert scene.shop.look(pending["id"], wait=20, etag=etag).json()["status"] == "declined"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("wait", ["0", "31", "-1", "soon", "1.5"])
def test_wait_is_a_whole_number_of_seconds_from_1_to_30(scene, wait):
    pending = scene.pending()
    refusal(get(scene.shop, pending["id"], params={"wait": wait}), 400, "parameter_invalid", "wait")


def test_SCA_19_the_result_can_be_read_again_and_again(scene):
    pending = scene.pending()
    scene.app.decide(pending, "deny")
    first = scene.shop.until(pending["id"])
    assert scene.shop.get(pending["id"]) == first == scene.shop.get(pending["id"])


def test_the_confirmation_page_waits_the_same_way(scene):
    pending = scene.pending()
    path, bearer = f"/v1/confirmations/{pending['confirmation']['id']}", page_token(pending)
    first = scene.shop.request("GET", path, bearer=bearer, params={"wait": 1})
    timer = threading.Timer(0.5, lambda: scene.app.decide(pending, "deny"))
    timer.start()
    changed = scene.shop.request(
        "GET", path, bearer=bearer, params={"wait": 20}, headers={"If-None-Match": first.headers["ETag"]})
    timer.join()
    assert changed.status_code == 200 and changed.json()["status"] == "denied"
