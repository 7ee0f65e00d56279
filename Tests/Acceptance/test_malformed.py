"""What is malformed gets a problem document that says what is wrong and where, and nothing is stored: PAY-ERROR."""

import http.client
import json

import pytest

from webshop import check_answer, made_up_id, new_key, new_reference, order, refusal

BODY = "body"


def good(token: str, **changes) -> dict:
    body = {"amount": 500, "currency": "DKK", "card": token, "order": order(500)} | changes
    return {name: value for name, value in body.items() if value is not ...}


def lines(**changes) -> dict:
    line = {"kind": "goods", "description": "Bog", "quantity": 1, "unit_amount": 500} | changes
    return {"order": {"reference": new_reference(), "lines": [{k: v for k, v in line.items() if v is not ...}]}}


INVALID, MISSING, UNKNOWN = "parameter_invalid", "parameter_missing", "parameter_unknown"
MEMBERS = [
    ("amount left out", {"amount": ...}, MISSING, "amount"),
    ("amount negative", {"amount": -500}, INVALID, "amount"),
    ("amount text", {"amount": "500"}, INVALID, "amount"),
    ("amount a fraction", {"amount": 499.5}, INVALID, "amount"),
    ("amount null", {"amount": None}, INVALID, "amount"),
    ("amount one above twelve digits", {"amount": 1_000_000_000_000}, INVALID, "amount"),
    ("currency left out", {"currency": ...}, MISSING, "currency"),
    ("currency lower case", {"currency": "dkk"}, INVALID, "currency"),
    ("currency unknown", {"currency": "DKX"}, INVALID, "currency"),
    ("card left out", {"card": ...}, MISSING, "card"),
    ("card no token", {"card": "4242"}, INVALID, "card"),
    ("card a list", {"card": []}, INVALID, "card"),
    ("capture unknown", {"capture": "later"}, INVALID, "capture"),
    ("order left out", {"order": ...}, MISSING, "order"),
    ("order text", {"order": "1001"}, INVALID, "order"),
    ("order without reference", {"order": {"lines": order(500)["lines"]}}, MISSING, "order.reference"),
    ("order reference empty", {"order": {"reference": "", "lines": order(500)["lines"]}}, INVALID, "order.reference"),
    ("order reference of 65", {"order": {"reference": "x" * 65, "lines": order(500)["lines"]}}, INVALID,
     "order.reference"),
    ("order without lines", {"order": {"reference": "1"}}, MISSING, "order.lines"),
    ("order with no line", {"order": {"reference": "1", "lines": []}}, INVALID, "order.lines"),
    ("order with an unknown member", {"order": order(500) | {"note": "x"}}, UNKNOWN, "order.note"),
    ("line kind unknown", lines(kind="weapon"), INVALID, "order.lines[0].kind"),
    ("line without description", lines(description=...), MISSING, "order.lines[0].description"),
    ("line with a line break", lines(description="a\nb"), INVALID, "order.lines[0].description"),
    ("line with a null character", lines(description="a\u0000b"), INVALID, "order.lines[0].description"),
    ("line with bidi override", lines(description="a\u202eb"), INVALID, "order.lines[0].description"),
    ("line with a zero-width space", lines(description="a\u200bb"), INVALID, "order.lines[0].description"),
    ("quantity zero", lines(quantity=0), INVALID, "order.lines[0].quantity"),
    ("quantity 10000", lines(quantity=10000), INVALID, "order.lines[0].quantity"),
    ("line unknown member", lines(colour="red"), UNKNOWN, "order.lines[0].colour"),
    ("goods with negative amount", lines(unit_amount=-500), INVALID, "order.lines[0].unit_amount"),
    ("discount with positive amount", lines(kind="discount"), INVALID, "order.lines[0].unit_amount"),
    ("metadata a list", {"metadata": []}, INVALID, "metadata"),
    ("return_url no address", {"return_url": "not an address"}, INVALID, "return_url"),
    ("unknown member", {"colour": "red"}, UNKNOWN, "colour"),
]


@pytest.mark.parametrize("name, changes, code, param", MEMBERS, ids=[row[0] for row in MEMBERS])
def test_PAY_ERROR_PAY_AMOUNT_a_bad_member_is_named_and_nothing_is_stored(scene, name, changes, code, param):
    token = scene.token()
    sent, key = good(token, **changes), new_key()
    refusal(scene.shop.request("POST", "/v1/authorizations", key=key, json=sent), 400, code, param)
    assert scene.app.pending() == []
    created = scene.shop.request("POST", "/v1/authorizations", key=key, json=good(token))
    assert created.status_code == 201, f"key and token are unused: {created.text}"


def test_PAY_AMOUNT_an_order_of_nothing_is_not_offered_yet_and_stores_nothing(scene):
    token, key = scene.token(), new_key()
    free = good(token, amount=0, **lines(unit_amount=0))
    response = scene.shop.request("POST", "/v1/authorizations", key=key, json=free)
    refusal(response, 422, "feature_not_available", "amount")
    assert scene.app.pending() == []
    created = scene.shop.request("POST", "/v1/authorizations", key=key, json=good(token))
    assert created.status_code == 201, f"key and token are unused: {created.text}"


def test_PAY_AMOUNT_lines_that_do_not_come_to_the_amount_are_refused(scene):
    response = scene.shop.authorize(scene.token(), 501, order=order(500))
    refusal(response, 400, "order_sum_mismatch", "order.lines")


RAW = [
    ("nothing", b"", "body_malformed", None),
    ("half an object", b'{"amount": 5', "body_malformed", None),
    ("a trailing comma", b'{"amount": 5,}', "body_malformed", None),
    ("two values", b"{} {}", "body_malformed", None),
    ("a byte order mark", b"\xef\xbb\xbf{}", "body_malformed", None),
    ("bytes that are no UTF-8", b'{"currency": "\xff\xfe"}', "body_malformed", None),
    ("a lone surrogate", b'{"currency": "\\ud800"}', "body_malformed", None),
    ("NaN", b'{"amount": NaN}', "body_malformed", None),
    ("nesting without end", b'{"order":' + b"[" * 5000 + b"]" * 5000 + b"}", "body_malformed", None),
    ("an array", b"[]", None, None),
    ("text", b'"amount"', None, None),
    ("null", b"null", None, None),
    ("a repeated member", b'{"amount": 1, "amount": 2}', "parameter_repeated", "amount"),
    ("a repeated inner member", b'{"order": {"reference": "1", "reference": "2"}}', "parameter_repeated",
     "order.reference"),
    ("a number beyond 64 bits", b'{"amount": 99999999999999999999}', None, "amount"),
    ("a number with a huge exponent", b'{"amount": 1e999}', None, "amount"),
]


@pytest.mark.parametrize("name, body, code, param", RAW, ids=[row[0] for row in RAW])
def test_PAY_ERROR_a_body_that_is_no_request_is_refused(shop, name, body, code, param):
    response = shop.request("POST", "/v1/authorizations", key=new_key(), data=body,
                            headers={"Content-Type": "application/json"})
    assert response.status_code == 400, response.text
    error = response.json()["error"]
    if code:
        assert error["code"] == code, error
    if param:
        assert error["param"] == param, error


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jose", None])
def test_PAY_ERROR_another_content_type_is_415(shop, kind):
    headers = {"Content-Type": kind} if kind else {}
    response = shop.request("POST", "/v1/authorizations", key=new_key(), data=b"{}", headers=headers)
    refusal(response, 415, "content_type_unsupported")


def test_PAY_ERROR_json_with_a_charset_is_json(scene):
    response = scene.shop.request(
        "POST", "/v1/authorizations", key=new_key(), data=json.dumps(good(scene.token())).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"})
    assert response.status_code == 201, response.text


def test_PAY_ERROR_a_body_over_256_KiB_is_413(shop):
    body = json.dumps({"metadata": {"x": "y" * (256 * 1024)}}).encode()
    response = shop.request("POST", "/v1/authorizations", key=new_key(), data=body,
                            headers={"Content-Type": "application/json"})
    assert response.status_code == 413, response.text


def test_PAY_ERROR_headers_over_16_KiB_are_431(shop):
    connection = http.client.HTTPConnection("127.0.0.1", int(shop.base.rsplit(":", 1)[1]), timeout=10)
    connection.request("GET", "/v1/authorizations", headers={"X-Large": "y" * (20 * 1024)})
    assert connection.getresponse().status == 431
    connection.close()


@pytest.mark.parametrize("method, path, allowed", [
    ("DELETE", "/v1/authorizations", {"GET", "POST"}), ("PUT", "/v1/card_tokens", {"POST"}),
    ("GET", "/v1/card_tokens", {"POST"}), ("POST", "/healthz", {"GET"})])
def test_PAY_ERROR_a_wrong_method_is_405_and_says_which_are_right(shop, method, path, allowed):
    response = shop.request(method, path)
    assert response.status_code == 405, response.text
    named = {name.strip() for name in response.headers["Allow"].split(",")}
    assert allowed <= named and method not in named


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/nothing", "/v2/authorizations", "/v1/authorizations/x/y/z"])
def test_PAY_ERROR_an_unknown_path_is_404(shop, path):
    refusal(shop.request("GET", path), 404, "route_unknown")


@pytest.mark.parametrize("identifier", [
    "x", "auth_", made_up_id("auth"), made_up_id("cnf"), "a" * 500], ids=["short", "prefix", "unknown", "other kind", "long"])
def test_PAY_ERROR_an_id_of_nothing_is_404_however_it_looks(shop, identifier):
    refusal(shop.request("GET", f"/v1/authorizations/{identifier}"), 404, "not_found")


@pytest.mark.parametrize("identifier", ["%00", "..%2f..", "%ff%fe", "%", "a%0d%0aX-Injected:%201"])
def test_PAY_ERROR_an_id_that_is_no_text_is_refused(shop, identifier):
    response = shop.request("GET", f"/v1/authorizations/{identifier}")
    assert response.status_code in (400, 404) and "X-Injected" not in response.headers


def test_PAY_ERROR_an_unknown_token_is_422(shop):
    refusal(shop.authorize(made_up_id("tok")), 422, "card_token_unknown", "card")


CARDS = [
    ("wrong check digit", {"number": "4242424242424241"}, "card_number_invalid", "number"),
    ("letters", {"number": "4242abcd42424242"}, None, "number"),
    ("too short", {"number": "42424242"}, None, "number"),
    ("number as a number", {"number": 4242424242424242}, None, "number"),
    ("month 0", {"exp_month": 0}, INVALID, "exp_month"),
    ("month 13", {"exp_month": 13}, INVALID, "exp_month"),
    ("year of two digits", {"exp_year": 30}, INVALID, "exp_year"),
    ("cvc of two", {"cvc": "12"}, INVALID, "cvc"),
    ("cvc of four on a visa", {"cvc": "1234"}, INVALID, "cvc"),
    ("unknown member", {"holder": "NN"}, UNKNOWN, "holder"),
]


@pytest.mark.parametrize("name, changes, code, param", CARDS, ids=[row[0] for row in CARDS])
def test_PAN_4_a_card_that_cannot_be_is_refused_and_never_repeated(scene, name, changes, code, param):
    card = scene.customer.card()
    response = scene.shop.tokenize(card, **changes)
    assert response.status_code == 400, response.text
    error = response.json()["error"]
    assert error["param"] == param and (code is None or error["code"] == code), error
    assert card.number not in response.text and "4242424242424241" not in response.text


ACTIONS = [
    ("capture", {"amount": 0}, INVALID, "amount"), ("capture", {"amount": "1"}, INVALID, "amount"),
    ("capture", {"final_capture": "no"}, INVALID, "final_capture"), ("capture", {"final": True}, UNKNOWN, "final"),
    ("cancel", {"amount": 5}, UNKNOWN, "amount"), ("cancel", {"reason": 5}, INVALID, "reason"),
    ("refunds", {"amount": -1}, INVALID, "amount"), ("refunds", {"currency": "DKK"}, UNKNOWN, "currency"),
]


@pytest.mark.parametrize("action, body, code, param", ACTIONS)
def test_PAY_ERROR_a_bad_capture_cancel_or_refund_is_named(scene, action, body, code, param):
    pending = scene.pending()
    path = f"/v1/authorizations/{pending['id']}/{action}"
    refusal(scene.shop.request("POST", path, key=new_key(), json=body), 400, code, param)


@pytest.mark.parametrize("body, code, param", [
    ({}, MISSING, "factor"), ({"factor": "app"}, INVALID, "factor"), ({"factor": 1}, INVALID, "factor"),
    ({"factor": "key_card", "pin": "1"}, UNKNOWN, "pin")])
def test_PAY_ERROR_a_bad_attempt_is_named_and_declines_nothing(scene, body, code, param):
    pending = scene.pending()
    path = f"/v1/confirmations/{pending['confirmation']['id']}/attempts"
    refusal(scene.shop.request("POST", path, json=body), 400, code, param)
    assert scene.shop.get(pending["id"])["status"] == "requires_confirmation"


def test_PAY_ERROR_garbage_on_the_socket_harms_nobody(shop):
    import socket
    port = int(shop.base.rsplit(":", 1)[1])
    for garbage in (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n", b"POST /v1 HTTP/1.1\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(garbage)
    assert check_answer(shop.request("GET", "/healthz", bearer="")).status_code == 200
