"""The customer's own routes: SCA-07 to SCA-10, SCA-32."""

import pytest

from codeapp import enrol
from customers import get, key_number, post, second_element, session, sign_in
from scenes import declined
from webshop import refusal


def without_instance(response) -> dict:
    """A refusal without what names the single request."""
    return {name: value for name, value in response.json().items() if name not in ("instance", "request_id")}


def test_SCA_07_password_and_key_card_open_a_session(main, scene):
    bearer = main.gateway.remember("session", session(main.gateway.base, scene.customer))
    factors = get(main.gateway.base, "/me/v1/factors", bearer)
    assert factors.status_code == 200, factors.text
    assert get(main.gateway.base, "/me/v1/factors").status_code == 401
    assert get(main.gateway.base, "/me/v1/factors", "not-a-session").status_code == 401


def test_SCA_07_a_code_is_used_once(main, scene):
    base = main.gateway.base
    first = sign_in(base, scene.customer).json()
    code = scene.customer.code(key_number(first))
    assert second_element(base, first["id"], "key_card", code).status_code in (200, 201)
    again = sign_in(base, scene.customer).json()
    assert key_number(again) != key_number(first)
    assert second_element(base, again["id"], "key_card", code).status_code == 401


def test_SCA_09_an_unknown_user_looks_like_a_known_one_and_no_failure_names_the_element(main):
    base, known = main.gateway.base, main.gateway.customer()
    right = sign_in(base, known)
    unknown = sign_in(base, known, user_id="findes-ikke-1")
    wrong = sign_in(base, known, password="forkert-kode-1")
    assert {right.status_code, unknown.status_code, wrong.status_code} == {201}
    for other in (unknown, wrong):
        assert other.json().keys() == right.json().keys()
        assert [item.keys() for item in other.json()["challenges"]] == [
            item.keys() for item in right.json()["challenges"]]
    refusals = [
        second_element(base, unknown.json()["id"], "key_card", "000000"),
        second_element(base, wrong.json()["id"], "key_card", known.code(key_number(wrong.json()))),
        second_element(base, right.json()["id"], "key_card", "000000")]
    assert {response.status_code for response in refusals} == {401}
    assert without_instance(refusals[0]) == without_instance(refusals[1]) == without_instance(refusals[2])


def test_SCA_10_five_wrong_passwords_block_the_password_and_never_the_app(main, scene):
    base = main.gateway.base
    for _ in range(5):
        told = sign_in(base, scene.customer, password="forkert-kode-1").json()
        second_element(base, told["id"], "key_card", "000000")
    told = sign_in(base, scene.customer).json()
    right = second_element(base, told["id"], "key_card", scene.customer.code(key_number(told)))
    assert right.status_code == 401, "the sixth is refused though correct"
    scene.approved()


def test_SCA_08_app_blocked_customer_blocked_or_certificate_blocked_look_the_same_to_the_shop(main):
    by_app, by_issuer, by_certificate = main.scene(), main.scene(), main.scene()
    bearer = session(main.gateway.base, by_app.customer)
    blocked = post(main.gateway.base, "/me/v1/blocks", {"factor": "app"}, bearer)
    assert blocked.status_code in (200, 201), blocked.text
    state = ["--state", str(main.gateway.state)]
    main.gateway.run("customer", "block", "--customer", by_issuer.customer.id, *state)
    main.gateway.run("customer", "block", "--customer", by_certificate.customer.id, "--certificate", *state)
    first, *others = [declined(scene.created(), "authentication_unavailable", "authentication")
                      for scene in (by_app, by_issuer, by_certificate)]
    assert others == [first, first]


def test_SCA_08_a_blocked_app_is_refused_though_it_signs_rightly(main, scene):
    pending = scene.pending()
    answer = scene.app.answer_for(
        scene.app.statement(pending["confirmation"]["id"]), "approve", pending["confirmation"]["match_code"])
    bearer = session(main.gateway.base, scene.customer)
    assert post(main.gateway.base, "/me/v1/blocks", {"factor": "app"}, bearer).status_code in (200, 201)
    response = scene.app.deliver(pending["confirmation"]["id"], answer)
    assert response.status_code in (403, 409), response.text
    assert scene.shop.get(pending["id"])["status"] != "approved"


@pytest.mark.parametrize("factor", ["", "everything", 7, None])
def test_blocks_name_a_factor_of_the_closed_list(main, scene, factor):
    bearer = session(main.gateway.base, scene.customer)
    response = post(main.gateway.base, "/me/v1/blocks", {"factor": factor}, bearer)
    refusal(response, 400, "parameter_invalid", "factor")


def test_SCA_32_an_activation_code_takes_password_and_a_second_element(main, scene):
    base = main.gateway.base
    password = scene.customer.password
    challenge = sign_in(base, scene.customer).json()
    body = {"password": password, "factor": "key_card", "code": scene.customer.code(key_number(challenge))}
    assert post(base, "/me/v1/activation_codes", body).status_code == 401, "without a session"
    assert post(base, "/me/v1/activation_codes", body, challenge["id"]).status_code == 401, "half a sign-in"
    bearer = session(base, scene.customer)
    for half in ({"password": password, "factor": "password"}, {"password": password, "factor": "app"},
                 {"password": "forkert-kode-1", "factor": "key_card"},
                 {"password": password, "factor": "key_card", "code": "000000"}):
        refused = post(base, "/me/v1/activation_codes", half, bearer)
        assert 400 <= refused.status_code < 500, refused.text
    challenge = sign_in(base, scene.customer).json()
    body["code"] = scene.customer.code(key_number(challenge))
    ordered = post(base, "/me/v1/activation_codes", body, bearer)
    assert ordered.status_code == 201, ordered.text
    code = main.gateway.remember("activation code", ordered.json()["activation_code"])
    response, app = enrol(base, scene.customer.user_id, code)
    assert response.status_code == 201, response.text
    pending = scene.pending()
    app.approve(pending)
    assert scene.shop.until(pending["id"])["status"] == "approved"


def test_SCA_07_a_new_key_card_can_be_ordered_and_the_session_is_needed(main, scene):
    base = main.gateway.base
    assert post(base, "/me/v1/key_cards", {}).status_code == 401
    ordered = post(base, "/me/v1/key_cards", {}, session(base, scene.customer))
    assert ordered.status_code in (201, 202), ordered.text
