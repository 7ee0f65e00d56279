"""A customer in a browser: the `/me` routes, written from the contract with `requests`."""

import requests

from webshop import TIMEOUT_SECONDS, check_answer


def post(base: str, path: str, body: dict | None = None, session: str | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {session}"} if session else {}
    return check_answer(requests.post(base + path, json=body, headers=headers, timeout=TIMEOUT_SECONDS))


def get(base: str, path: str, session: str | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {session}"} if session else {}
    return check_answer(requests.get(base + path, headers=headers, timeout=TIMEOUT_SECONDS))


def sign_in(base: str, customer, password: str | None = None, user_id: str | None = None) -> requests.Response:
    """The first element: user ID and password. The answer has the same shape for anybody."""
    return post(base, "/me/v1/sign_ins", {
        "user_id": user_id or customer.user_id, "password": password or customer.password})


def second_element(base: str, signing_in: str, factor: str, code: str) -> requests.Response:
    return post(base, f"/me/v1/sign_ins/{signing_in}", {"factor": factor, "code": code})


def session_of(base: str, signing_in: str, factor: str, code: str) -> str:
    """The bearer of a session after a second element that was right."""
    response = second_element(base, signing_in, factor, code)
    assert response.status_code in (200, 201), response.text
    return response.json()["token"]


def key_number(signing_in: dict) -> str:
    return next(item["key_number"] for item in signing_in["challenges"] if item["factor"] == "key_card")


def session(base: str, customer) -> str:
    """Signs in with password and key card."""
    response = sign_in(base, customer)
    assert response.status_code == 201, response.text
    told = response.json()
    return session_of(base, told["id"], "key_card", customer.code(key_number(told)))
