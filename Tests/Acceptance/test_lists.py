"""Lists: PAY-LIST. A merchant of its own, so that every count is exact."""

import pytest

from webshop import new_reference, order, refusal

COUNT = 23


@pytest.fixture(scope="module")
def filled(main):
    """23 authorizations, oldest first: three declined by key card, one approved, the rest over a range of amounts."""
    shop, scene, made = main.shop("listehuset"), main.scene("listehuset"), []
    for number in range(COUNT):
        does = "key_card" if number in (3, 9, 15) else "app_approves" if number == 20 else "app_denies"
        amount = 1000 + number
        created = scene.created(
            amount, order=order(amount, reference=f"liste-{number}"), metadata={"godkend_test": does})
        made.append(shop.until(created["id"]))
    return shop, made


def ids(page) -> list[str]:
    assert page.status_code == 200, page.text
    assert page.json()["object"] == "list"
    return [authorization["id"] for authorization in page.json()["data"]]


def test_PAY_LIST_ten_a_page_newest_first_without_gap_or_overlap(filled):
    shop, made = filled
    newest_first = [authorization["id"] for authorization in reversed(made)]
    first = shop.page()
    assert ids(first) == newest_first[:10] and first.json()["has_more"] is True
    second = shop.page(starting_after=newest_first[9])
    assert ids(second) == newest_first[10:20] and second.json()["has_more"] is True
    third = shop.page(starting_after=newest_first[19])
    assert ids(third) == newest_first[20:] and third.json()["has_more"] is False
    back = shop.page(ending_before=newest_first[10])
    assert ids(back) == newest_first[:10] and back.json()["has_more"] is False
    assert ids(shop.page(ending_before=newest_first[10], limit=3)) == newest_first[7:10]


@pytest.mark.parametrize("limit, count", [(1, 1), (COUNT, COUNT), (100, COUNT)])
def test_PAY_LIST_limits_from_1_to_100(filled, limit, count):
    page = filled[0].page(limit=limit)
    assert len(ids(page)) == count and page.json()["has_more"] is (count < COUNT)


def test_PAY_LIST_items_are_the_authorizations_themselves(filled):
    shop, made = filled
    assert shop.page(limit=100).json()["data"] == made[::-1]


def test_PAY_LIST_filters(filled):
    shop, made = filled
    by_id = {authorization["id"]: authorization for authorization in made}

    def chosen(**filters) -> set[int]:
        return {by_id[identifier]["amount"] - 1000 for identifier in ids(shop.page(limit=100, **filters))}

    every = set(range(COUNT))
    assert chosen(status="declined") == every - {20}
    assert chosen(status="approved") == {20}
    assert chosen(reason="code_app_required") == {3, 9, 15}
    assert chosen(order="liste-7") == {7}
    assert chosen(order="liste-none") == set()
    assert chosen(**{"amount[gte]": 1010, "amount[lt]": 1013}) == {10, 11, 12}
    assert chosen(**{"amount[gt]": 1010, "amount[lte]": 1013}) == {11, 12, 13}
    moment = made[12]["created_at"]
    at_or_before = {a["amount"] - 1000 for a in made if a["created_at"] <= moment}
    assert chosen(**{"created[lte]": moment}) == at_or_before
    assert chosen(**{"created[gt]": moment}) == every - at_or_before
    before = {a["amount"] - 1000 for a in made if a["created_at"] < moment}
    assert chosen(**{"created[lt]": moment}) == before
    assert chosen(**{"created[gte]": moment}) == every - before
    assert chosen(status="declined", reason="confirmation_denied", **{"amount[lt]": 1005}) == {0, 1, 2, 4}


@pytest.mark.parametrize("filters, code, param", [
    ({"limit": 0}, "parameter_invalid", "limit"),
    ({"limit": 101}, "parameter_invalid", "limit"),
    ({"limit": "ten"}, "parameter_invalid", "limit"),
    ({"status": "unknown"}, "parameter_invalid", "status"),
    ({"reason": "because"}, "parameter_invalid", "reason"),
    ({"created[gte]": "yesterday"}, "parameter_invalid", "created[gte]"),
    ({"amount[lt]": "x"}, "parameter_invalid", "amount[lt]"),
    ({"starting_after": "auth_x"}, "parameter_invalid", "starting_after"),
    ({"page": 2}, "parameter_unknown", "page"),
    ({"limit": [1, 2]}, "parameter_repeated", "limit"),
])
def test_PAY_LIST_a_bad_filter_is_refused_by_name(shop, filters, code, param):
    refusal(shop.page(**filters), 400, code, param)


def test_PAY_LIST_shows_one_merchants_own_only(main, filled, scene):
    scene.created(100, order=order(100, new_reference()), metadata={"godkend_test": "key_card"})
    assert {item["merchant"] for item in filled[0].page(limit=100).json()["data"]} == {"listehuset"}
    assert {item["merchant"] for item in scene.shop.page(limit=100).json()["data"]} == {"bogbixen"}
