"""Other people's fuzzer on the served OpenAPI document, with all of its checks: no 5xx, no undocumented answer.

Schemathesis runs as its own command against a gateway of its own: the examples, coverage, fuzzing and stateful
phases, positive and negative data, every check on. 400, 401, 403, 404, 409, 413, 415, 422 and 429 are good answers
to well-formed data too (a card may be unknown, an order too fast), but only where the document says so: that is
`status_code_conformance`. The seed is printed; `GODKEND_FUZZ_SEED` sets it again, `GODKEND_FUZZ_EXAMPLES` asks for more.
"""

import json
import os
import pathlib
import random
import subprocess
import sys

import pytest

from fuzz_pharmacy import prepared
from gateway import Customer
from pharmacies import Pharmacies

HERE = pathlib.Path(__file__).resolve().parent
TIME_LIMIT_SECONDS = 230
VISITORS = 12

CONFIGURATION = """
hooks = "fuzz_hooks"
seed = {seed}
workers = 1
continue-on-failure = true
request-timeout = 40
suppress-health-check = ["all"]
warnings = false

[generation]
mode = "all"
max-examples = {examples}
no-shrink = true
database = "none"

[output.sanitization]
enabled = true

[checks]
enabled = true

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "413", "415", "422", "429"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "413", "414", "415", "422", "429", "431"]

[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "415", "422"]

[phases.stateful]
max-steps = 6

# The body is, or may be, one opaque JWS: whether it is taken is a matter of its signature, which the hook makes good
# where the fuzzer marks it as a breach of the schema. All other checks stay on for these routes.
[[operations]]
include-name = "POST /app/v1/confirmations/{{id}}/answer"

[operations.checks.negative_data_rejection]
enabled = false

[[operations]]
include-name = "POST /v1/prescriptions"

[operations.checks.negative_data_rejection]
enabled = false

[[operations]]
include-name = "POST /v1/prescriptions/{{id}}/cancel"

[operations.checks.negative_data_rejection]
enabled = false

# Sales are the webshop's and handovers the pharmacy's: to the pharmacy another shop's sale is not there.
[[operations]]
include-name = "POST /v1/authorizations/{{id}}/handovers"

[operations.checks.ensure_resource_availability]
enabled = false

[[operations]]
include-name = "POST /v1/authorizations/{{id}}/handovers/{{handover}}/undo"

[operations.checks.ensure_resource_availability]
enabled = false
"""


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    """A gateway for the fuzzer alone, with what its hooks may use written into a file."""
    shops = Pharmacies(tmp_path_factory.mktemp("fuzzed"), push__budget=1000, acquirer__timeout_seconds=2,
                       confirmation__ttl_seconds=30, enrolment__hold_seconds=0)
    lines = shops.gateway.run(
        "fixtures", "load", "--customers", str(2 + VISITORS), "--state", str(shops.gateway.state)).splitlines()
    for line in lines:
        shops.gateway.secrets += Customer.read(line).secrets()
    keys = shops.keys["bogbixen"]
    context = {"base": shops.gateway.base, "secret": keys.secret, "publishable": keys.publishable,
               "customers": lines, "pharmacy": prepared(shops)}
    file = shops.gateway.folder / "fuzz.json"
    file.write_text(json.dumps(context))
    file.chmod(0o600)
    yield shops
    file.unlink()
    shops.end()


def test_schemathesis_finds_no_5xx_and_no_undocumented_answer(fuzzed, tmp_path):
    seed = int(os.environ.get("GODKEND_FUZZ_SEED") or random.randrange(2**31))
    examples = int(os.environ.get("GODKEND_FUZZ_EXAMPLES") or 20)
    print(f"\nSchemathesis seed: {seed} (GODKEND_FUZZ_SEED={seed} runs it again)", flush=True)
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(CONFIGURATION.format(seed=seed, examples=examples))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment |= {"GODKEND_FUZZ_CONTEXT": str(fuzzed.gateway.folder / "fuzz.json"), "PYTHONPATH": str(HERE),
                    "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "--no-color", "run",
               fuzzed.gateway.base + "/openapi.json"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIME_LIMIT_SECONDS, env=environment, cwd=tmp_path)
    except subprocess.TimeoutExpired as over:
        tail = (over.stdout or b"")[-3000:].decode(errors="replace")
        pytest.fail(f"not done in {TIME_LIMIT_SECONDS} s, seed {seed}:\n{tail}")
    print(done.stdout[-4000:])
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-20000:]}\n{done.stderr[-3000:]}"
    assert fuzzed.gateway.process.poll() is None, "the gateway died"


@pytest.mark.parametrize("reached", [
    "POST /v1/card_tokens 201", "POST /v1/authorizations 201", "GET /v1/authorizations 200",
    "GET /v1/authorizations/{id} 200", "GET /v1/authorizations/{id}/receipt 200",
    "POST /v1/authorizations/{id}/capture 200", "POST /v1/confirmations/{id}/attempts 200",
    "GET /app/v1/confirmations 200", "POST /app/v1/confirmations/{id}/answer 200", "POST /me/v1/sign_ins 201",
    "GET /me/v1/factors 200", "POST /v1/prescriptions 201", "GET /v1/prescriptions/{id} 200",
    "POST /v1/prescriptions/{id}/verify 200", "POST /v1/prescriptions/{id}/cancel 200",
    "POST /v1/prescription_lookups 201", "GET /v1/prescription_lookups/{id} 200",
    "POST /v1/authorizations/{id}/handovers 201", "POST /v1/authorizations/{id}/handovers/{handover}/undo 200"])
def test_the_fuzzer_was_let_in(fuzzed, reached):
    tally = json.loads((fuzzed.gateway.folder / "tally.json").read_text())
    assert tally.get(reached), tally


def test_after_the_fuzzer_the_gateway_still_takes_payments(fuzzed):
    assert fuzzed.scene().approved()["status"] == "approved"
