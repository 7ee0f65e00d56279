"""What an operator and a client's author find: health, readiness, metrics, OpenAPI, docs."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

ROUTES = {
    "/v1/card_tokens": {"post"}, "/v1/authorizations": {"get", "post"}, "/v1/authorizations/{id}": {"get"},
    "/v1/authorizations/{id}/capture": {"post"}, "/v1/authorizations/{id}/cancel": {"post"},
    "/v1/authorizations/{id}/refunds": {"get", "post"}, "/v1/authorizations/{id}/receipt": {"get"},
    "/v1/confirmations/{id}": {"get"}, "/v1/confirmations/{id}/attempts": {"post"},
    "/v1/confirmations/{id}/cancel": {"post"}, "/app/v1/devices": {"post"}, "/app/v1/confirmations": {"get"},
    "/app/v1/confirmations/{id}/answer": {"post"}, "/me/v1/sign_ins": {"post"}, "/me/v1/sign_ins/{id}": {"post"},
    "/me/v1/factors": {"get"}, "/me/v1/blocks": {"post"}, "/me/v1/activation_codes": {"post"},
    "/me/v1/key_cards": {"post"}, "/.well-known/jwks.json": {"get"},
}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_and_readiness_answer_without_a_key(shop, path):
    assert shop.request("GET", path, bearer="").status_code == 200


def test_metrics_are_prometheus_text_and_count_requests(shop):
    shop.request("GET", "/healthz", bearer="")
    response = shop.request("GET", "/metrics", bearer="")
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/plain")
    samples = [line for line in response.text.splitlines() if line and not line.startswith("#")]
    assert samples and all(" " in line for line in samples)
    assert any("request" in line for line in samples)


def test_the_openapi_document_is_valid_3_1_and_names_every_route(shop):
    response = shop.request("GET", "/openapi.json", bearer="")
    assert response.status_code == 200
    document = response.json()
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()
    named = {path.replace("{authorization}", "{id}"): set(methods) for path, methods in document["paths"].items()}
    for path, methods in ROUTES.items():
        assert methods <= named.get(path, set()), f"{path} is not documented with {methods}"


def test_the_docs_page_is_html_and_stands_alone(shop):
    response = shop.request("GET", "/docs", bearer="")
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
    assert "/v1/authorizations" in response.text


def test_the_log_is_a_JSON_object_a_line_with_request_ids(main, shop):
    identifier = shop.request("GET", "/v1/authorizations").headers["Request-Id"]
    lines = main.gateway.log.read_text().splitlines()
    parsed = [json.loads(line) for line in lines]
    assert parsed and all(isinstance(line, dict) for line in parsed)
    assert any(identifier in line for line in lines)
