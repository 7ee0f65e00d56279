"""A new code app with a key made on the device: SCA-23, SCA-25, SCA-34."""

import pytest
import requests

from codeapp import ANSWER_TYPE, enrol, enrolment, new_device_key
from webshop import check_answer, refusal


def offer(base: str, body: dict) -> requests.Response:
    return check_answer(requests.post(f"{base}/app/v1/devices", json=body, timeout=30))


def test_SCA_23_a_new_app_with_its_own_key_confirms_a_payment_once_its_hold_is_over(main, scene):
    response, app = enrol(main.gateway.base, scene.customer.user_id, main.gateway.activation(scene.customer))
    assert response.status_code == 201, response.text
    assert response.json()["id"].startswith("dev_") and response.json()["may_confirm_from"]
    pending = scene.pending()
    app.approve(pending)
    assert scene.shop.until(pending["id"])["status"] == "approved"


def test_SCA_23_within_the_hold_a_new_app_is_refused_and_the_old_one_is_not(strict):
    scene = strict.scene()
    response, app = enrol(strict.gateway.base, scene.customer.user_id, strict.gateway.activation(scene.customer))
    assert response.status_code == 201, response.text
    pending = scene.pending()
    shown = app.request("GET", "/app/v1/confirmations")
    if shown.status_code == 200 and shown.json()["data"]:
        refusal(app.decide(pending, "approve"), 409, "device_on_hold")
    else:
        assert shown.status_code in (200, 409), shown.text
    scene.app.approve(pending)
    assert scene.shop.until(pending["id"])["status"] == "approved"


def test_SCA_32_the_old_app_is_told_of_a_newcomer_and_refuses_it_during_the_hold(strict):
    scene = strict.scene()
    response, newcomer = enrol(strict.gateway.base, scene.customer.user_id, strict.gateway.activation(scene.customer))
    assert response.status_code == 201, response.text
    told = scene.app.request("GET", "/app/v1/devices").json()["data"]
    assert {device["id"] for device in told} == {scene.app.device, newcomer.device}
    refused = scene.app.request("POST", f"/app/v1/devices/{newcomer.device}/refuse")
    assert refused.status_code == 200, refused.text
    assert newcomer.request("GET", "/app/v1/confirmations").status_code in (401, 403)
    scene.approved()


def test_SCA_23_an_activation_code_is_used_once(main, scene):
    code = main.gateway.activation(scene.customer)
    first, _ = enrol(main.gateway.base, scene.customer.user_id, code)
    again, _ = enrol(main.gateway.base, scene.customer.user_id, code)
    assert first.status_code == 201, first.text
    assert 400 <= again.status_code < 500, again.text


def test_SCA_23_five_wrong_codes_kill_the_right_one(main, scene):
    code = main.gateway.activation(scene.customer)
    wrong = ("B" if code[0] == "A" else "A") + code[1:]
    refused = [enrol(main.gateway.base, scene.customer.user_id, wrong)[0] for _ in range(5)]
    assert all(400 <= response.status_code < 500 for response in refused)
    last, _ = enrol(main.gateway.base, scene.customer.user_id, code)
    assert 400 <= last.status_code < 500, "killed though it is right now"


@pytest.mark.parametrize(
    "kind", ["another key", "another name", "another code", "another typ", "no jwk", "private key"])
def test_SCA_34_an_enrolment_without_a_good_proof_of_possession_is_refused(main, scene, kind):
    code, user = main.gateway.activation(scene.customer), scene.customer.user_id
    key = new_device_key()
    changes = {
        "another key": {"signer": new_device_key()},
        "another name": {},
        "another code": {},
        "another typ": {"header": {"typ": ANSWER_TYPE}},
        "no jwk": {"header": {"jwk": None}},
        "private key": {"header": {"jwk": key.export_private(as_dict=True)}}}[kind]
    body = enrolment(user, code, "Telefon", key, **changes)
    if kind == "another name":
        body["name"] = "Tyvens telefon"
    if kind == "another code":
        body["proof"] = enrolment(user, "AAAAAAAAAAAAAAAA", "Telefon", key)["proof"]
    response = offer(main.gateway.base, body)
    assert 400 <= response.status_code < 500, response.text
    assert offer(main.gateway.base, enrolment(user, code, "Telefon", key)).status_code == 201, "the code is unspent"
